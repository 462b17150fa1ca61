// The means of the command beside those of exactextract and terra on the same Float32 raster, made at the time of the test by whichever is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RasterGrid } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { runZonalCommand } from '../zonal.command.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-zonal-peers-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grid: RasterGrid = {
  width: 300,
  height: 220,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const ZONES = 60;
const noData = -9999;
const exactextract = process.env['EXACTEXTRACT'] ?? 'exactextract';
const hasExactExtract =
  spawnSync(exactextract, ['--help']).status === 0 && spawnSync('ogr2ogr', ['--version']).status === 0;
const hasTerra = spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("terra"))']).status === 0;
if (!hasExactExtract) process.stdout.write('exactextract is not installed: means are not compared with its own\n');
if (!hasTerra) process.stdout.write('R with terra is not installed: means are not compared with its own\n');

/** A jagged ring round a place, by a rule and not by chance. */
function ring(i: number, share: number): [number, number][] {
  const x = grid.originX + 200 + ((i * 613) % 2600);
  const y = grid.originY - 200 - ((i * 397) % 1800);
  const radius = (35 + ((i * 71) % 400)) * share;
  const vertices = 7 + (i % 23);
  const positions = Array.from({ length: vertices }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / vertices;
    const distance = radius * (0.75 + 0.25 * Math.sin(i + 5 * k));
    return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
  });
  return [...positions, positions[0] as [number, number]];
}

const ours = new Map<number, number>();

beforeAll(async () => {
  const ndvi = Float32Array.from({ length: grid.width * grid.height }, (_, i) =>
    i % 97 === 0 ? noData : 0.4 + 0.3 * Math.sin(i / 7) * Math.cos(i / 1300) + ((i * 31) % 100) / 1000,
  );
  const layout = { grid, sampleType: 'float32' as const, noData, tileSize: 64 };
  writeFileSync(at('ndvi.tif'), await writeGeoTiff({ width: 300, height: 220, bands: [ndvi] }, layout, nodeDeflate));
  const features = Array.from({ length: ZONES }, (_, i) => ({
    type: 'Feature',
    properties: { id: i },
    geometry: { type: 'Polygon', coordinates: i % 3 === 0 ? [ring(i, 1), ring(i, 0.4).reverse()] : [ring(i, 1)] },
  }));
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32647' } };
  writeFileSync(at('zones.geojson'), JSON.stringify({ type: 'FeatureCollection', crs, features }));
  const argv = ['--zones', at('zones.geojson'), '--raster', at('ndvi.tif'), '--id', 'id', '--stats', 'mean'];
  const silent = { write: () => true };
  expect(await runZonalCommand([...argv, '--out', at('ours.csv')], { stdout: silent, stderr: silent })).toBe(0);
  for (const [id, mean] of readTable('ours.csv')) ours.set(id, mean);
  expect(ours.size).toBe(ZONES);
});

const readTable = (name: string): [number, number][] =>
  readFileSync(at(name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.replaceAll('"', '').split(',').map(Number) as [number, number]);

function expectWithin(theirs: readonly [number, number][], most: number): void {
  expect(theirs).toHaveLength(ZONES);
  const apart = theirs.map(([id, mean]) => Math.abs(mean - (ours.get(id) as number)));
  expect(Math.max(...apart)).toBeLessThan(most);
}

// Both keep a covered fraction in 32 bits, terra a rounded one: ours are doubles, and what is left between us is theirs.
const byExactExtract = (): void => {
  execFileSync('ogr2ogr', ['-q', '-nln', 'zones', '-lco', 'FID=row', at('zones.gpkg'), at('zones.geojson')]);
  const files = ['-r', `ndvi:${at('ndvi.tif')}`, '-p', at('zones.gpkg'), '-o', at('exactextract.csv')];
  execFileSync(exactextract, [...files, '-f', 'id', '-s', 'mean(ndvi)']);
};
const byTerra = (): void => {
  const script = `suppressMessages(library(terra)); v <- vect("${at('zones.geojson')}");
    e <- extract(rast("${at('ndvi.tif')}"), v, fun = mean, exact = TRUE, na.rm = TRUE);
    write.csv(data.frame(id = v$id, mean = sprintf("%.17g", e[, 2])), "${at('terra.csv')}", row.names = FALSE, quote = FALSE)`;
  execFileSync('Rscript', ['-e', script]);
};

describe('means on the same Float32 raster', () => {
  it('are there for every zone, and are means of the raster', () => {
    expect([...ours.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: ZONES }, (_, i) => i));
    expect([...ours.values()].every(mean => mean > 0.1 && mean < 0.8)).toBe(true);
  });

  const peers = [
    { name: 'exactextract', isHere: hasExactExtract, measure: byExactExtract, most: 1e-9 },
    { name: 'terra', isHere: hasTerra, measure: byTerra, most: 1e-7 },
  ].filter(({ isHere }) => isHere);
  for (const { name, measure, most } of peers) {
    it(`are those of ${name}`, { timeout: 120_000 }, () => {
      measure();
      expectWithin(readTable(`${name}.csv`), most);
    });
  }
});
