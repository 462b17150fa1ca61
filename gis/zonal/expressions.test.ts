import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { memorySource, VARIANT_GRID } from '../../test/helpers/raster.ts';
import { createBlockCache } from '../raster/block-cache.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import { computeZonal } from './compute-zonal.ts';
import { computeExpressions } from './summing/compute-expressions.ts';
import type { Expression } from './expression.ts';

const grid = { ...VARIANT_GRID, width: 300, height: 600 };
const cells = grid.width * grid.height;
const red = new Uint16Array(cells).map((_, i) => 1500 + ((i * 37) % 911));
const nir = new Uint16Array(cells).map((_, i) => 2000 + ((i * 53) % 2797));
for (let i = 0; i < cells; i += 31) red[i] = 0;
const bytes = await writeGeoTiff(
  { width: grid.width, height: grid.height, bands: [red, nir] },
  {
    grid,
    sampleType: 'uint16',
    tileSize: 64,
    noData: 0,
    // Sentinel-2 from processing baseline 04.00 on: reflectance = sample / 10,000 - 0.1.
    bands: [
      { scale: 0.0001, offset: -0.1 },
      { scale: 0.0001, offset: -0.1 },
    ],
  },
  nodeDeflate,
);
const open = async () => {
  const source = memorySource(bytes);
  return { source, file: await openGeoTiff(source, nodeCodecs, { cache: createBlockCache(16 << 20) }) };
};
const box = (left: number, top: number, right: number, bottom: number) => {
  const [x, y] = [grid.originX, grid.originY];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [x + left, y - top],
        [x + right, y - top],
        [x + right, y - bottom],
        [x + left, y - bottom],
        [x + left, y - top],
      ],
    ],
  } as const;
};
const zones = [
  { id: 'all over', crs: grid.crs, geometry: box(105, 203, 2893, 5911) },
  { id: 'small', crs: grid.crs, geometry: box(1003, 3003, 1107, 3155) },
  { id: 'elsewhere', crs: grid.crs, geometry: box(50_000, 0, 50_100, 100) },
];
const stats = ['mean', 'stdev', 'median', 'count', 'valid_fraction', 'area'];

describe('computeExpressions', () => {
  it('gives each expression what it gets alone, and reads every block once for all', async () => {
    const asked: Expression[] = ['ndvi', 'evi2', 'ipvi', 'rvi', 'msavi2'];
    const together = await open();
    const bands = { red: { file: together.file, band: 1 }, nir: { file: together.file, band: 2 } };
    const { results } = await computeExpressions({ bands, zones, stats }, asked);
    expect(Object.keys(results)).toEqual(asked);
    const readsTogether = together.source.reads.length;
    let readsAlone = 0;
    for (const expression of asked) {
      const alone = await open();
      const same = { red: { file: alone.file, band: 1 }, nir: { file: alone.file, band: 2 } };
      expect(results[expression]).toEqual(await computeZonal({ bands: same, zones, stats, expression }));
      readsAlone = alone.source.reads.length;
    }
    // A block of which one pass needs the first rows alone may be read again for the rest of it.
    expect(readsTogether).toBeLessThan(1.3 * readsAlone);
  });

  it("takes the file's own scale and offset where the caller gives none, and says so", async () => {
    const { file } = await open();
    const asked: Expression[] = ['evi2', 'ndvi'];
    const adopted = await computeExpressions(
      { bands: { red: { file, band: 1 }, nir: { file, band: 2 } }, zones, stats },
      asked,
    );
    expect(adopted.bands).toEqual([
      { role: 'red', band: 1, scale: 0.0001, offset: -0.1, noData: 0, scaleFrom: 'file' },
      { role: 'nir', band: 2, scale: 0.0001, offset: -0.1, noData: 0, scaleFrom: 'file' },
    ]);
    const told = (scale: number, offset: number) => ({
      red: { file, band: 1, scale, offset },
      nir: { file, band: 2, scale, offset },
    });
    const same = await computeExpressions({ bands: told(0.0001, -0.1), zones, stats }, asked);
    expect(same.results).toEqual(adopted.results);
    expect(same.bands.every(({ scaleFrom }) => scaleFrom === 'caller')).toBe(true);
    // The baseline before has no offset: another scene, another NDVI.
    const older = await computeExpressions({ bands: told(0.0001, 0), zones, stats }, asked);
    const meanOf = (result: typeof older, expression: Expression): number => {
      const first = result.results[expression]?.[0];
      return first?.status === 'ok' ? (first.values['mean'] ?? NaN) : NaN;
    };
    expect(meanOf(adopted, 'ndvi') - meanOf(older, 'ndvi')).toBeGreaterThan(0.05);
    // By hand, over the whole raster: EVI2 of one cell after the other.
    const all = [{ id: 1, crs: grid.crs, geometry: box(0, 0, 3000, 6000) }];
    const { results } = await computeExpressions(
      { bands: { red: { file, band: 1 }, nir: { file, band: 2 } }, zones: all, stats },
      ['evi2'],
    );
    let [sum, count] = [0, 0];
    for (let i = 0; i < cells; i += 1) {
      if (red[i] === 0 || nir[i] === 0) continue;
      const [r, n] = [(red[i] as number) * 0.0001 - 0.1, (nir[i] as number) * 0.0001 - 0.1];
      sum += (2.5 * (n - r)) / (n + 2.4 * r + 1);
      count += 1;
    }
    const [whole] = results.evi2 ?? [];
    expect(whole?.status === 'ok' && whole.values['mean']).toBeCloseTo(sum / count, 10);
    expect(whole?.status === 'ok' && whole.values['count']).toBeCloseTo(count, 6);
  });

  it('refuses a role that has no band, by name', async () => {
    const { file } = await open();
    const bands = { red: { file, band: 1 } };
    await expect(computeExpressions({ bands, zones, stats }, ['ndvi'])).rejects.toMatchObject({
      code: 'band-role-missing',
    });
  });
});
