// Coordinates that are no numbers can only come in binary files: they spoil their own zone, and no other.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { hasGdal } from '../../../test/helpers/raster.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { runZonalCommand } from '../zonal.command.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-odd-zones-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grid = {
  width: 60,
  height: 60,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const ring = [
  [500_095, 3_999_900],
  [500_395, 3_999_900],
  [500_395, 3_999_600],
  [500_095, 3_999_600],
  [500_095, 3_999_900],
] as const;
/** A number that is easily found again, in a corner of the second zone. */
const MARK = 500_123.456789;

beforeAll(async () => {
  const pixels = { width: 60, height: 60, bands: [new Float32Array(3600).fill(0.5)] };
  writeFileSync(
    at('scene.tif'),
    await writeGeoTiff(pixels, { grid, sampleType: 'float32', tileSize: 32 }, nodeDeflate),
  );
  const feature = (code: string, coordinates: unknown) => ({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'Polygon', coordinates },
  });
  const marked = ring.map(([x, y], i) => (i === 1 ? [MARK, y] : [x, y]));
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32647' } };
  const features = [feature('sound', [ring]), feature('odd', [marked])];
  writeFileSync(at('marked.geojson'), JSON.stringify({ type: 'FeatureCollection', crs, features }));
});

describe.skipIf(!hasGdal)('zones of GDAL (skipped where GDAL is not installed)', () => {
  it.each(['zones.gpkg', 'zones.shp', 'zones.fgb'])('%s', async name => {
    execFileSync('ogr2ogr', ['-q', at(name), at('marked.geojson')]);
    const whole = readFileSync(at(name));
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(MARK);
    for (const odd of [NaN, Infinity, -Infinity]) {
      const broken = Buffer.from(whole);
      let found = 0;
      for (let i = broken.indexOf(bytes); i >= 0; i = broken.indexOf(bytes, i + 8)) {
        broken.writeDoubleLE(odd, i);
        found += 1;
      }
      expect(found).toBeGreaterThan(0);
      writeFileSync(at(name), broken);
      let told = '';
      const io = { stdout: { write: () => true }, stderr: { write: (text: string) => (told += text) } };
      const argv = ['--zones', at(name), '--raster', at('scene.tif'), '--id', 'code', '--out', at('odd.json')];
      expect(await runZonalCommand([...argv, '--stats', 'mean,count'], io)).toBe(0);
      expect(told).toMatch(/: rows left empty: of 2 zones 1 with coordinates that are no numbers\n$/);
      const rows = JSON.parse(readFileSync(at('odd.json'), 'utf8')) as { id: string }[];
      expect(rows).toHaveLength(2);
      expect(rows.find(({ id }) => id === 'odd')).toEqual({ id: 'odd', mean: null, count: null });
      expect(rows.find(({ id }) => id === 'sound')).toEqual({
        id: 'sound',
        mean: 0.5,
        count: expect.closeTo(900, 6) as number,
      });
    }
  });
});

it('says in words that a raster lies where its system ends', async () => {
  const far = { ...grid, width: 2, height: 2, originX: 1e12, cellWidth: 1000, cellHeight: 1000 };
  const pixels = { width: 2, height: 2, bands: [new Uint8Array(4).fill(1)] };
  writeFileSync(at('nowhere.tif'), await writeGeoTiff(pixels, { grid: far, sampleType: 'uint8' }, nodeDeflate));
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32647' } };
  const coordinates = [ring.map(([x, y]) => [x - 500_000 + 1e12, y])];
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } };
  writeFileSync(at('there.geojson'), JSON.stringify({ type: 'FeatureCollection', crs, features: [feature] }));
  let told = '';
  const io = { stdout: { write: () => true }, stderr: { write: (text: string) => (told += text) } };
  const argv = ['--zones', at('there.geojson'), '--raster', at('nowhere.tif'), '--stats', 'mean,area_ge:0'];
  expect(await runZonalCommand([...argv, '--out', at('nowhere.csv')], io)).toBe(2);
  expect(told).toMatch(/^regreen zonal: .*nowhere\.tif: reaches beyond what its coordinate system can hold.*\n$/);
});

it('says how many zones have no place on the raster, and leaves their rows empty', async () => {
  const feature = (code: string, west: number, south: number) => ({
    type: 'Feature',
    properties: { code },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [west + 0.002, south],
          [west + 0.002, south + 0.002],
          [west, south],
        ],
      ],
    },
  });
  const features = [feature('on', 99.002, 36.1388), feature('beside', 98, 35), feature('nowhere', 189, 0)];
  writeFileSync(at('spread.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
  let told = '';
  const io = { stdout: { write: () => true }, stderr: { write: (text: string) => (told += text) } };
  const argv = ['--zones', at('spread.geojson'), '--raster', at('scene.tif'), '--id', 'code', '--stats', 'mean'];
  expect(await runZonalCommand([...argv, '--out', at('spread.csv')], io)).toBe(0);
  expect(told).toBe(
    `regreen zonal: ${at('spread.geojson')}: rows left empty: of 3 zones 1 off the raster, 1 that cannot be brought to its coordinate system\n`,
  );
  expect(readFileSync(at('spread.csv'), 'utf8')).toBe('id,mean\non,0.5\nbeside,\nnowhere,\n');
});
