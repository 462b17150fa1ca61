import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { accumulateZonal, gridOf, planWithShapes, resultsOf } from '../../../gis/zonal/compute-zonal.ts';
import type { ZoneShape } from '../../../gis/zonal/zone-shape.ts';
import { HeldZones } from '../../../gis/zonal/summing/difference/held-zones.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { openJob } from './zonal-job.ts';
import { openShapes } from './zones/shape-store.ts';
import { shapeZones } from './zones/shape-zones.ts';

const TILE = 64;
const SIZE = 4 * TILE + 21;
const place = { originX: 500_000, originY: 4_000_000, cellWidth: 10, cellHeight: 10, crs: 'EPSG:32647' };

/** Every third block is left out of the file, as writers of sparse files do. */
async function sparseScene(): Promise<Uint8Array> {
  const bands = [7919, 104_729].map(step =>
    Uint16Array.from({ length: SIZE * SIZE }, (_, i) => 1 + ((i * step) % 5003)),
  );
  const grid = { ...place, width: SIZE, height: SIZE };
  const layout = { grid, sampleType: 'uint16' as const, tileSize: TILE, noData: 0 };
  const file = await writeGeoTiff({ width: SIZE, height: SIZE, bands }, layout, nodeDeflate);
  const view = new DataView(file.buffer, file.byteOffset);
  const directory = view.getUint32(4, true);
  let leftOut = 0;
  for (let entry = 0; entry < view.getUint16(directory, true); entry += 1) {
    const at = directory + 2 + 12 * entry;
    // TileOffsets and TileByteCounts.
    if (![324, 325].includes(view.getUint16(at, true))) continue;
    const [count, values] = [view.getUint32(at + 4, true), view.getUint32(at + 8, true)];
    for (let tile = 0; tile < count; tile += 3, leftOut += 1) view.setUint32(values + 4 * tile, 0, true);
  }
  expect(leftOut).toBeGreaterThan(10);
  return file;
}

const star = (u: number, v: number, radius: number): number[][] =>
  Array.from({ length: 13 }, (_, i) => {
    const [angle, far] = [(2 * Math.PI * (i % 12)) / 12, i % 2 === 0 ? radius : radius * 0.7];
    return [place.originX + 10 * (u + far * Math.cos(angle)), place.originY - 10 * (v + far * Math.sin(angle))];
  });

it('zones some of whose blocks are not in the file are settled when their last block was summed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regreen-sparse-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [raster, zones] = [join(folder, 'scene.tif'), join(folder, 'zones.json')];
  writeFileSync(raster, await sparseScene());
  const features = Array.from({ length: 130 }, (_, i) => {
    const coordinates = [star((i * 53) % SIZE, (i * 97) % SIZE, 3 + (i % 40))];
    return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } };
  });
  const crs = { type: 'name', properties: { name: 'EPSG:32647' } };
  writeFileSync(zones, JSON.stringify({ type: 'FeatureCollection', crs, features }));
  const stats = ['mean', 'stdev', 'min', 'max', 'median', 'p10', 'p90'];
  const { request, close } = await openJob({
    raster,
    bands: { red: 1, nir: 2 },
    index: 'ndvi',
    scale: undefined,
    offset: undefined,
    mask: undefined,
    stats,
    rasterTowgs84: undefined,
  });
  onTestFinished(close);
  const shaped = await shapeZones({ zones, id: undefined, zonesTowgs84: undefined }, gridOf(request));
  const shapes = openShapes(shaped.shapes);
  const [keep, pass] = [vi.spyOn(HeldZones.prototype, 'keep'), vi.spyOn(HeldZones.prototype, 'pass')];

  const plan = planWithShapes(request, shaped.ids, shapes);
  const sums = await accumulateZonal(plan);
  expect(keep).toHaveBeenCalled();
  expect(pass).toHaveBeenCalled();
  expect(sums.stores.size).toBe(0);

  // Without columns no zone is held.
  const oneByOne = planWithShapes(
    request,
    shaped.ids,
    Array.from({ length: shapes.length }, (_, zone) => shapes.at(zone) as ZoneShape),
  );
  keep.mockClear();
  const wanted = resultsOf(oneByOne, [await accumulateZonal(oneByOne)]);
  expect(keep).not.toHaveBeenCalled();
  const found = resultsOf(plan, [sums]);
  const [own, other]: (number | null)[][] = [[], []];
  for (let zone = 0; zone < shapes.length; zone += 1) {
    expect(found.fill(zone, own as number[])).toBe(wanted.fill(zone, other as number[]));
    for (const [k, figure] of (other as number[]).entries()) {
      if (figure === null) expect(own?.[k]).toBeNull();
      else expect(own?.[k]).toBeCloseTo(figure, 12);
    }
  }
});
