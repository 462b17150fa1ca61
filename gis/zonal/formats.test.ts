// Every way in which a GeoTIFF may lie in its file gives the same statistics as the plain one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { hasGdal, losslessVariants, memorySource, VARIANT_GRID, writeVariant } from '../../test/helpers/raster.ts';
import type { RasterVariant } from '../../test/helpers/raster.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import type { RasterCodecs } from '../raster/raster-file.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import { computeZonal } from './compute-zonal.ts';
import type { ZonalResult } from './compute-zonal.ts';
import type { Zone } from './zone-shape.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ring = (...cells: readonly (readonly [number, number])[]) =>
  [...cells, cells[0] as readonly [number, number]].map(([col, row]): [number, number] => [
    500_000 + col * 10,
    4_000_000 - row * 10,
  ]);
const zones: Zone[] = [
  {
    id: 'inside',
    crs: 'EPSG:32647',
    geometry: { type: 'Polygon', coordinates: [ring([3.3, 4.1], [40.7, 9.2], [20.5, 44.6])] },
  },
  {
    id: 'over the edge',
    crs: 'EPSG:32647',
    geometry: { type: 'Polygon', coordinates: [ring([70, 50], [95, 50], [95, 70], [70, 70])] },
  },
  {
    id: 'within a cell',
    crs: 'EPSG:32647',
    geometry: { type: 'Polygon', coordinates: [ring([60.1, 30.1], [60.7, 30.1], [60.4, 30.8])] },
  },
];
const stats = ['count', 'sum', 'mean', 'stdev', 'min', 'max', 'median', 'p90', 'valid_fraction', 'majority', 'area'];

async function measure(bytes: Uint8Array, band: number, codecs: RasterCodecs = nodeCodecs): Promise<ZonalResult[]> {
  const file = await openGeoTiff(memorySource(bytes), codecs);
  expect(file.image.grid).toEqual(VARIANT_GRID);
  return computeZonal({ bands: { value: { file, band } }, zones, stats });
}

/** Blocks of another size are summed in another order: the last digits may differ, and nothing else. */
function expectSame(results: readonly ZonalResult[], expected: readonly ZonalResult[]): void {
  expect(results.map(({ id, status }) => [id, status])).toEqual(expected.map(({ id }) => [id, 'ok']));
  results.forEach((result, i) => {
    const other = expected[i];
    if (result.status !== 'ok' || other?.status !== 'ok') throw new Error('no figures');
    for (const stat of stats) {
      const [value = NaN, wanted = NaN] = [result.values[stat], other.values[stat]];
      const apart = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
      expect([result.id, stat, apart < 1e-11 ? 'same' : [value, wanted]]).toEqual([result.id, stat, 'same']);
    }
  });
}

describe.skipIf(!hasGdal)('files of GDAL (skipped where GDAL is not installed)', { timeout: 60_000 }, () => {
  const plain = (sampleType: RasterVariant['sampleType']): RasterVariant => ({
    name: `plain ${sampleType}`,
    sampleType,
    options: sampleType === 'int8' ? ['PIXELTYPE=SIGNEDBYTE'] : [],
  });
  const expected = new Map<string, Promise<ZonalResult[]>>();
  const expectedOf = (sampleType: RasterVariant['sampleType']): Promise<ZonalResult[]> => {
    const known = expected.get(sampleType) ?? writeVariant(folder, plain(sampleType)).then(bytes => measure(bytes, 2));
    expected.set(sampleType, known);
    return known;
  };

  it.each(losslessVariants())('$name', async variant => {
    const bytes = await writeVariant(folder, variant);
    expectSame(await measure(bytes, 2), await expectedOf(variant.sampleType));
  });

  it('without codecs of the host, as in a browser', async () => {
    for (const options of [['COMPRESS=DEFLATE', 'TILED=YES'], ['COMPRESS=ZSTD'], ['COMPRESS=LERC_DEFLATE']]) {
      const variant: RasterVariant = { name: `browser ${options.join(' ')}`, sampleType: 'uint16', options };
      expectSame(await measure(await writeVariant(folder, variant), 2, {}), await expectedOf('uint16'));
    }
  });

  it('double floats with predictor 2: differences of their 64 bits', async () => {
    for (const options of [
      ['COMPRESS=LZW', 'PREDICTOR=2', 'TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'],
      ['COMPRESS=DEFLATE', 'PREDICTOR=2', 'ENDIANNESS=BIG', 'BLOCKYSIZE=7'],
      ['COMPRESS=DEFLATE', 'PREDICTOR=2', 'INTERLEAVE=BAND'],
    ]) {
      const variant: RasterVariant = { name: `double ${options.join(' ')}`, sampleType: 'float64', options };
      expectSame(await measure(await writeVariant(folder, variant), 2), await expectedOf('float64'));
    }
  });

  it('half floats, in plain and with predictor 3', async () => {
    const results: ZonalResult[][] = [];
    for (const options of [
      ['NBITS=16'],
      ['NBITS=16', 'COMPRESS=DEFLATE', 'PREDICTOR=3'],
      ['NBITS=16', 'COMPRESS=LZW', 'TILED=YES'],
    ]) {
      const variant: RasterVariant = { name: `half ${options.join(' ')}`, sampleType: 'float32', options };
      results.push(await measure(await writeVariant(folder, variant), 2));
    }
    // Eighths up to 24 are exact in eleven bits.
    for (const result of results) expectSame(result, await expectedOf('float32'));
  });

  it.each([
    ['JPEG of twelve bits', ['COMPRESS=JPEG', 'NBITS=12'], 1, 'uint16'],
    ['WebP', ['COMPRESS=WEBP'], 3, 'uint8'],
    ['CCITT', ['COMPRESS=CCITTFAX4', 'NBITS=1'], 1, 'uint8'],
    ['four bits', ['NBITS=4'], 1, 'uint8'],
  ] as const)('%s is refused by name', async (name, options, bandCount, sampleType) => {
    let bytes: Uint8Array;
    try {
      bytes = await writeVariant(folder, { name, sampleType, options }, bandCount);
    } catch {
      // A GDAL without this compression writes no such file.
      return;
    }
    await expect(openGeoTiff(memorySource(bytes), nodeCodecs)).rejects.toMatchObject({ code: 'raster-unreadable' });
  });
});

describe('overviews', () => {
  it('are for drawing: nonsense in them changes no statistic', async () => {
    const { width, height } = VARIANT_GRID;
    const bands = [new Uint16Array(width * height).map((_, i) => i)];
    const layout = { grid: VARIANT_GRID, sampleType: 'uint16' as const, tileSize: 16 };
    const alone = await writeGeoTiff({ width, height, bands }, layout, nodeDeflate);
    const nonsense = [2, 4].map(by => ({
      width: Math.ceil(width / by),
      height: Math.ceil(height / by),
      bands: [new Uint16Array(Math.ceil(width / by) * Math.ceil(height / by)).fill(65_000)],
    }));
    const withOverviews = await writeGeoTiff({ width, height, bands }, layout, nodeDeflate, nonsense);
    expect((await openGeoTiff(memorySource(withOverviews), nodeCodecs)).overviews).toHaveLength(2);
    expectSame(await measure(withOverviews, 1), await measure(alone, 1));
  });
});
