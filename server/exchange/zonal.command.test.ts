import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RasterGrid } from '../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../gis/raster/write-geotiff.ts';
import { hasGdal } from '../../test/helpers/raster.ts';
import { findSharedData } from '../../test/helpers/shared-data.ts';
import { nodeDeflate } from '../platform/raster/node-codecs.ts';
import { runZonalCommand } from './zonal.command.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-zonal-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  let [stderr, stdout] = ['', ''];
  const code = await runZonalCommand(argv, {
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
  });
  return { code, stderr, stdout };
}
/** Of the zones below one lies off the raster and one has no geometry, which some formats leave out. */
const oneAway = expect.stringMatching(
  /^regreen zonal: \S+: rows left empty: of [34] zones 1 off the raster(, 1 without a polygon)?\n$/,
) as string;
const readOut = (name: string): string[][] =>
  readFileSync(at(name), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(','));

const grid: RasterGrid = {
  width: 300,
  height: 200,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const square = (x: number, y: number, size: number) => [
  [
    [500_000 + x, 4_000_000 - y],
    [500_000 + x + size, 4_000_000 - y],
    [500_000 + x + size, 4_000_000 - y - size],
    [500_000 + x, 4_000_000 - y - size],
    [500_000 + x, 4_000_000 - y],
  ],
];
const feature = (code: string | number | null, coordinates: unknown) => ({
  type: 'Feature',
  properties: { code },
  geometry: coordinates === null ? null : { type: 'Polygon', coordinates },
});

beforeAll(async () => {
  const red = new Uint16Array(300 * 200).fill(1000);
  const nir = red.map((_, i) => (i % 300 < 150 ? 3000 : 0));
  for (let row = 0; row < 200; row += 1) red.fill(0, row * 300 + 150, row * 300 + 300);
  const layout = { grid, sampleType: 'uint16' as const, tileSize: 64 };
  writeFileSync(
    at('scene.tif'),
    await writeGeoTiff({ width: 300, height: 200, bands: [red, nir] }, layout, nodeDeflate),
  );
  const scl = new Uint8Array(150 * 100).map((_, i) => (i % 150 < 10 ? 9 : 4));
  const coarse = { ...grid, width: 150, height: 100, cellWidth: 20, cellHeight: 20 };
  writeFileSync(
    at('scl.tif'),
    await writeGeoTiff({ width: 150, height: 100, bands: [scl] }, { grid: coarse, sampleType: 'uint8' }, nodeDeflate),
  );
  const collection = {
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32647' } },
    features: [
      feature('north, "old"', square(95, 100, 300)),
      feature('dark', square(2000, 100, 300)),
      feature('away', square(90_000, 100, 300)),
      feature('nothing', null),
    ],
  };
  writeFileSync(at('zones.geojson'), JSON.stringify(collection));
});

const base = (): string[] => [
  '--zones',
  at('zones.geojson'),
  '--raster',
  at('scene.tif'),
  '--red',
  '1',
  '--nir',
  '2',
  '--index',
  'ndvi',
];

describe('regreen zonal', () => {
  it('writes a row a zone in the order of the statistics; what has no valid pixel has empty cells', async () => {
    const result = await run(
      ...base(),
      '--id',
      'code',
      '--stats',
      'mean,count,valid_fraction,area_ge:0.4',
      '--out',
      at('out.csv'),
    );
    expect(result).toEqual({ code: 0, stderr: oneAway, stdout: '' });
    const text = readFileSync(at('out.csv'), 'utf8').split('\n');
    expect(text[0]).toBe('id,mean,count,valid_fraction,area_ge:0.4');
    expect(text[1]).toMatch(/^"north, ""old""",0\.5,900(\.0\d+|)?,1,90\d{3}\.\d+$/);
    expect(text.slice(2)).toEqual(['dark,,,,', 'away,,,,', 'nothing,,,,', '']);
  });

  it('writes JSON with null for no value', async () => {
    await run(...base(), '--id', 'code', '--stats', 'min,max', '--out', at('out.json'));
    const rows = JSON.parse(readFileSync(at('out.json'), 'utf8'));
    expect(rows[0]).toEqual({ id: 'north, "old"', min: 0.5, max: 0.5 });
    expect(rows[1]).toEqual({ id: 'dark', min: null, max: null });
    expect(Object.keys(rows[0])).toEqual(['id', 'min', 'max']);
  });

  it('drops the classes of a mask by coordinates', async () => {
    await run(
      ...base(),
      '--mask',
      at('scl.tif'),
      '--mask-classes',
      '3,8,9,10',
      '--stats',
      'count',
      '--out',
      at('mask.csv'),
    );
    // The mask blanks the first 200 m; the zone begins at 95 m and is 300 m wide.
    expect(Number(readOut('mask.csv')[1]?.[1])).toBeCloseTo(19.5 * 30, 9);
  });

  it('scale and offset, also a negative one', async () => {
    await run(
      '--zones',
      at('zones.geojson'),
      '--raster',
      at('scene.tif'),
      '--band',
      '1',
      '--scale',
      '0.001',
      '--offset',
      '-0.5',
      '--stats',
      'mean',
      '--out',
      at('scaled.csv'),
    );
    expect(Number(readOut('scaled.csv')[1]?.[1])).toBeCloseTo(0.5, 12);
  });

  it.skipIf(!hasGdal).each([
    ['GPKG', 'zones.gpkg', []],
    ['FlatGeobuf', 'zones.fgb', ['-lco', 'SPATIAL_INDEX=NO']],
    ['ESRI Shapefile', 'zones.shp', []],
    ['GeoJSONSeq', 'zones.geojsonl', ['-t_srs', 'EPSG:4326']],
    ['GPKG', 'degrees.gpkg', ['-t_srs', 'EPSG:4326']],
    ['ESRI Shapefile', 'gauss.shp', ['-t_srs', 'EPSG:4527']],
  ] as const)('reads %s written by GDAL (%s)', async (driver, name, options) => {
    execFileSync('ogr2ogr', ['-q', '-f', driver, ...options, at(name), at('zones.geojson')]);
    const argv = base().map(arg => (arg === at('zones.geojson') ? at(name) : arg));
    expect(await run(...argv, '--id', 'code', '--stats', 'mean,count', '--out', at(`${name}.csv`))).toMatchObject({
      code: 0,
      stderr: oneAway,
    });
    const rows = readFileSync(at(`${name}.csv`), 'utf8').split('\n');
    expect(rows[1]).toMatch(/^"north, ""old""",0\.5,/);
    expect(Math.abs(Number(rows[1]?.split(',').at(-1)) - 900)).toBeLessThan(0.05);
    expect(rows.some(row => row === 'dark,,')).toBe(true);
  });

  it('zones on an old datum are shifted by parameters that were given, and refused without', async () => {
    const crs = { type: 'name', properties: { name: 'EPSG:2342' } };
    // Where GDAL's gdaltransform puts a point of the scene's west edge: half of a square round it lies on the scene.
    const [x, y] = [499976.666, 4001101.456];
    const around = [
      [-50, -50],
      [50, -50],
      [50, 50],
      [-50, 50],
      [-50, -50],
    ] as const;
    const ring = around.map(([dx, dy]) => [x + dx, y + dy]);
    const features = [feature('old', [ring])];
    writeFileSync(at('xian.geojson'), JSON.stringify({ type: 'FeatureCollection', crs, features }));
    const argv = [
      '--zones',
      at('xian.geojson'),
      '--raster',
      at('scene.tif'),
      '--stats',
      'count',
      '--out',
      at('old.csv'),
    ];
    const refused = await run(...argv);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/xian\.geojson: is on a datum that needs shift parameters/);
    expect(await run(...argv, '--zones-towgs84', '-24.1,3,6')).toMatchObject({ code: 0, stderr: '' });
    // 50 by 100 metres of cells of 10 by 10; UTM makes lengths smaller by 1 - 0.9996.
    expect(Math.abs(Number(readOut('old.csv')[1]?.[1]) - 50 * 0.9996 ** 2)).toBeLessThan(0.005);
    expect((await run(...argv, '--zones-towgs84', '1,2')).stderr).toMatch(/neither three nor seven numbers/);
    const needless = await run(...base(), '--zones-towgs84', '1,2,3', '--out', at('old.csv'));
    expect(needless.stderr).toMatch(/zones\.geojson: is in a system that takes no shift parameters/);
  });

  it('refuses more threads than a machine has memory for', async () => {
    expect(await run(...base(), '--threads', '999999', '--out', at('many.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--threads 999999 is more than 256') as string,
    });
  });

  it('shows how far it is on a terminal', async () => {
    let shown = '';
    const terminal = { write: (text: string) => (shown += text), isTTY: true, columns: 40 };
    const argv = [...base(), '--stats', 'mean', '--out', at('bar.csv')];
    expect(await runZonalCommand(argv, { stdout: { write: () => true }, stderr: terminal })).toBe(0);
    expect(shown).toContain('100 %');
    const [told, bar] = [shown.slice(shown.lastIndexOf('\r') + 1), shown.slice(0, shown.lastIndexOf('\r') + 1)];
    expect(told).toEqual(oneAway);
    expect(bar.endsWith(`\r${' '.repeat(40)}\r`)).toBe(true);
  });

  it('gives the same with threads', { timeout: 60_000 }, async () => {
    const stats = 'mean,stdev,min,max,median,p10,count,sum,valid_fraction,area_ge:0.4';
    await run(...base(), '--stats', stats, '--out', at('one.csv'));
    expect(await run(...base(), '--stats', stats, '--threads', '3', '--out', at('three.csv'))).toMatchObject({
      code: 0,
      stderr: oneAway,
    });
    expect(readOut('three.csv')).toEqual(readOut('one.csv'));
  });

  it('reads a raster over http by range, and no more of it than it needs', async () => {
    const bytes = readFileSync(at('scene.tif'));
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
      asked.push(request.headers.range ?? '');
      if (request.url !== '/scene.tif') response.writeHead(404).end();
      else if (range === null) response.writeHead(200).end(bytes);
      else {
        const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
        response
          .writeHead(206, { 'content-range': `bytes ${from}-${to}/${bytes.length}`, etag: '"1"' })
          .end(bytes.subarray(from, to + 1));
      }
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const argv = base().map(arg => (arg === at('scene.tif') ? `${url}/scene.tif` : arg));
      expect(await run(...argv, '--stats', 'mean,count', '--out', at('http.csv'))).toMatchObject({
        code: 0,
        stderr: oneAway,
      });
      await run(...base(), '--stats', 'mean,count', '--out', at('file.csv'));
      expect(readOut('http.csv')).toEqual(readOut('file.csv'));
      expect(asked.every(range => range.startsWith('bytes='))).toBe(true);
      const missing = base().map(arg => (arg === at('scene.tif') ? `${url}/other.tif` : arg));
      expect(await run(...missing, '--out', at('x.csv'))).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/other\.tif: cannot be fetched: there is no such file: status 404$/m),
      });
    } finally {
      server.close();
    }
  });
});

describe('what cannot be used ends with 2 and one line that names the file and the fault', () => {
  const faults: readonly (readonly [string, () => string[], RegExp])[] = [
    ['no zones', () => ['--raster', 'a.tif', '--out', 'a.csv'], /--zones is missing/],
    ['an unknown option', () => [...base(), '--colour', 'red', '--out', at('a.csv')], /--colour/],
    ['an unknown statistic', () => [...base(), '--stats', 'mean,average', '--out', at('a.csv')], /average/],
    [
      'an index without bands',
      () => ['--zones', at('zones.geojson'), '--raster', at('scene.tif'), '--index', 'ndvi', '--out', at('a.csv')],
      /needs --red and --nir/,
    ],
    ['an odd ending', () => [...base(), '--out', at('a.txt')], /a\.txt/],
    [
      'a missing file of zones',
      () => ['--zones', at('none.geojson'), '--raster', at('scene.tif'), '--out', at('a.csv')],
      /none\.geojson: does not exist/,
    ],
    [
      'a missing raster',
      () => ['--zones', at('zones.geojson'), '--raster', at('none.tif'), '--out', at('a.csv')],
      /none\.tif: does not exist/,
    ],
    [
      'a raster that is none',
      () => ['--zones', at('zones.geojson'), '--raster', at('zones.geojson'), '--out', at('a.csv')],
      /zones\.geojson: is not a GeoTIFF/,
    ],
    [
      'zones that are none',
      () => ['--zones', at('scene.tif'), '--raster', at('scene.tif'), '--out', at('a.csv')],
      /scene\.tif: is neither GeoJSON/,
    ],
    [
      'a band that is not there',
      () => ['--zones', at('zones.geojson'), '--raster', at('scene.tif'), '--band', '7', '--out', at('a.csv')],
      /scene\.tif: does not have the band/,
    ],
    [
      'an id that is not there',
      () => [...base(), '--id', 'name', '--out', at('a.csv')],
      /zones\.geojson: has no field name/,
    ],
    [
      'a target that cannot be written',
      () => [...base(), '--out', at('no/such/folder/a.csv')],
      /a\.csv: does not exist/,
    ],
    [
      'points',
      () => ['--zones', at('points.geojson'), '--raster', at('scene.tif'), '--out', at('a.csv')],
      /points\.geojson: feature 1 is a Point/,
    ],
    [
      'an unknown system',
      () => ['--zones', at('moon.geojson'), '--raster', at('scene.tif'), '--out', at('a.csv')],
      /moon\.geojson: is in a coordinate system/,
    ],
  ];
  beforeAll(() => {
    writeFileSync(at('points.geojson'), JSON.stringify({ type: 'Point', coordinates: [1, 2] }));
    const crs = { type: 'name', properties: { name: 'EPSG:99999' } };
    writeFileSync(
      at('moon.geojson'),
      JSON.stringify({ type: 'FeatureCollection', crs, features: [feature(1, square(0, 0, 10))] }),
    );
  });
  it.each(faults)('%s', async (_, argv, expected) => {
    const { code, stderr } = await run(...argv());
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

const data = findSharedData('.');
describe.skipIf(data === undefined)('the answers of others, from the command line', () => {
  it('Luxembourg: cantons from a Shapefile', async () => {
    const lux = join(data ?? '', 'imagery/terra_luxembourg_s2');
    const argv = [
      '--zones',
      join(lux, 'lux.shp'),
      '--raster',
      join(lux, 'sent2_L2A_2024-08-24.tif'),
      '--red',
      '3',
      '--nir',
      '4',
      '--id',
      'NAME_2',
      '--stats',
      'mean',
    ];
    expect(await run(...argv, '--out', at('lux.csv'))).toMatchObject({ code: 0, stderr: '' });
    const means = Object.fromEntries(readOut('lux.csv'));
    const expected = { Clervaux: 0.512227, Redange: 0.528048, Remich: 0.466486, 'Esch-sur-Alzette': 0.473479 };
    for (const [name, mean] of Object.entries(expected))
      expect(Math.abs(Number(means[name]) - mean)).toBeLessThan(1e-5);
  });

  it('rasterstats: slope over two polygons', async () => {
    const folder = join(data ?? '', 'peer_tests/rasterstats/tests/data');
    const argv = [
      '--zones',
      join(folder, 'polygons.shp'),
      '--raster',
      join(folder, 'slope.tif'),
      '--stats',
      'mean,count',
    ];
    expect(await run(...argv, '--out', at('slope.csv'))).toMatchObject({ code: 0, stderr: '' });
    const [, first, second] = readOut('slope.csv');
    expect(Number(first?.[1])).toBeCloseTo(15.021269, 5);
    expect(Number(second?.[1])).toBeCloseTo(55.61367, 5);
  });
});
