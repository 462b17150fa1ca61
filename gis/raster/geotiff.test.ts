import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { hasGdal, memorySource } from '../../test/helpers/raster.ts';
import { openGeoTiff } from './open-geotiff.ts';
import type { RasterFile, RasterGrid, RasterImage, SampleType } from './raster-file.ts';
import { createSamples } from './raster-file.ts';
import { createGeoTiffWriter, writeGeoTiff } from './write-geotiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-raster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WIDTH = 83;
const HEIGHT = 61;
const grid: RasterGrid = {
  width: WIDTH,
  height: HEIGHT,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 20,
  crs: 'EPSG:32647',
};
/** A value that differs in every cell and band, and uses the upper half of unsigned types. */
const sampleAt = (type: SampleType, band: number, row: number, col: number): number => {
  const plain = (row * 97 + col * 31 + band * 53) % 251;
  if (type === 'uint16') return plain * 261;
  if (type === 'uint32') return plain * 17_000_001;
  if (type.startsWith('int')) return plain - 125;
  return type.startsWith('float') ? plain / 8 - 7 : plain;
};
const bandsOf = (type: SampleType, count: number) =>
  Array.from({ length: count }, (_, band) => {
    const samples = createSamples(type, WIDTH * HEIGHT);
    for (let i = 0; i < samples.length; i += 1) samples[i] = sampleAt(type, band, Math.floor(i / WIDTH), i % WIDTH);
    return samples;
  });

async function readAll(image: RasterImage, band: number): Promise<number[]> {
  const cells = Array.from<number>({ length: image.grid.width * image.grid.height }).fill(NaN);
  for (let blockRow = 0; blockRow < image.blocksDown; blockRow += 1) {
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol += 1) {
      const block = await image.readBlock(blockCol, blockRow, band);
      for (let row = 0; row < block.height; row += 1) {
        for (let col = 0; col < block.width; col += 1) {
          const at = (blockRow * image.blockHeight + row) * image.grid.width + blockCol * image.blockWidth + col;
          cells[at] = block.values[block.start + row * block.rowStride + col * block.stride] as number;
        }
      }
    }
  }
  return cells;
}

async function expectSamples(file: RasterFile, type: SampleType, bandCount: number): Promise<void> {
  for (let band = 0; band < bandCount; band += 1) {
    const expected = Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
      sampleAt(type, band, Math.floor(i / WIDTH), i % WIDTH),
    );
    expect(await readAll(file.image, band + 1)).toEqual(expected);
  }
}

describe('what is written is read again', () => {
  const types = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;
  it.each(types)('%s, two bands, by the injected inflate and by the library', async type => {
    const bytes = await writeGeoTiff(
      { width: WIDTH, height: HEIGHT, bands: bandsOf(type, 2) },
      { grid, sampleType: type, tileSize: 32 },
      nodeDeflate,
    );
    await expectSamples(await openGeoTiff(memorySource(bytes), nodeCodecs), type, 2);
    await expectSamples(await openGeoTiff(memorySource(bytes)), type, 2);
  });

  it('grid, no data, scale, offset, description and overviews', async () => {
    const half = { width: 42, height: 31, bands: [new Uint16Array(42 * 31).fill(9)] };
    const bytes = await writeGeoTiff(
      { width: WIDTH, height: HEIGHT, bands: bandsOf('uint16', 1) },
      {
        grid,
        sampleType: 'uint16',
        tileSize: 16,
        noData: 65535,
        bands: [{ scale: 0.0001, offset: -0.1, description: 'B4 & <red>' }],
      },
      nodeDeflate,
      [half],
    );
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs);
    expect(file.image.grid).toEqual(grid);
    expect(file.noData).toBe(65535);
    expect(file.bands[0]).toMatchObject({ number: 1, scale: 0.0001, offset: -0.1 });
    expect(file.overviews).toHaveLength(1);
    expect(file.overviews[0]?.grid).toMatchObject({ width: 42, height: 31, cellWidth: 830 / 42 });
    expect(await readAll(file.overviews[0] as RasterImage, 1)).toEqual(Array.from<number>({ length: 42 * 31 }).fill(9));
  });

  it('a BigTIFF with tiles left out: they are no data', async () => {
    const chunks: { offset: number; bytes: Uint8Array }[] = [];
    const writer = createGeoTiffWriter(
      { write: (offset, bytes) => void chunks.push({ offset, bytes }) },
      { grid, sampleType: 'int16', bandCount: 1, tileSize: 32, noData: -7, bigTiff: true },
      nodeDeflate,
    );
    await writer.writeTile(0, 1, 1, new Int16Array(32 * 32).fill(300));
    const bytes = new Uint8Array(await writer.finish());
    for (const chunk of chunks) bytes.set(chunk.bytes, chunk.offset);
    const cells = await readAll((await openGeoTiff(memorySource(bytes), nodeCodecs)).image, 1);
    expect(cells.filter(value => value === 300)).toHaveLength(32 * (HEIGHT - 32));
    expect(cells.filter(value => value === -7)).toHaveLength(WIDTH * HEIGHT - 32 * (HEIGHT - 32));
  });

  it('the first rows of a block cost the first bytes of it', async () => {
    const size = 256;
    const samples = new Uint16Array(size * size).map((_, i) => Math.floor(Math.sin(i) * 30_000 + 30_000));
    const bytes = await writeGeoTiff(
      { width: size, height: size, bands: [samples] },
      { grid: { ...grid, width: size, height: size }, sampleType: 'uint16', tileSize: 256 },
      nodeDeflate,
    );
    const source = memorySource(bytes);
    const file = await openGeoTiff(source, nodeCodecs);
    const before = source.reads.length;
    const block = await file.image.readBlock(0, 0, 1, { rows: 20 });
    expect(Array.from(block.values.subarray(0, 20 * size))).toEqual(Array.from(samples.subarray(0, 20 * size)));
    expect(source.reads[before]?.length).toBeLessThan(bytes.length / 5);
    const whole = await file.image.readBlock(0, 0, 1);
    expect(Array.from(whole.values)).toEqual(Array.from(samples));
  });
});

describe.skipIf(!hasGdal)('GDAL agrees (skipped where GDAL is not installed)', () => {
  const write = async (name: string, type: 'uint8' | 'uint16' | 'float32', count: number): Promise<string> => {
    const path = join(folder, name);
    const pixels = { width: WIDTH, height: HEIGHT, bands: bandsOf(type, count) };
    const layout = {
      grid,
      sampleType: type,
      tileSize: 32,
      noData: 0,
      bands: [{ scale: 0.0001, offset: -0.1, description: 'red' }],
    };
    const half = { width: 42, height: 31, bands: bandsOf(type, count).map(band => band.slice(0, 42 * 31)) };
    writeFileSync(path, await writeGeoTiff(pixels, layout, nodeDeflate, [half]));
    return path;
  };

  it('reads our file: place, bands, no data, overviews, every sample', async () => {
    const path = await write('ours.tif', 'uint16', 2);
    const info = JSON.parse(execFileSync('gdalinfo', ['-json', path], { encoding: 'utf8' }));
    expect(info.geoTransform).toEqual([500_000, 10, 0, 4_000_000, 0, -20]);
    expect(info.coordinateSystem.wkt).toContain('32647');
    expect(info.bands[0]).toMatchObject({
      type: 'UInt16',
      noDataValue: 0,
      scale: 0.0001,
      offset: -0.1,
      description: 'red',
    });
    expect(info.bands[0].overviews).toHaveLength(1);
    const raw = join(folder, 'ours.raw');
    execFileSync('gdal_translate', ['-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', path, raw]);
    const samples = new Uint16Array(readFileSync(raw).buffer.slice(0));
    expect(Array.from(samples)).toEqual(bandsOf('uint16', 2).flatMap(band => Array.from(band)));
  });

  const variants: readonly (readonly [string, 'uint8' | 'uint16' | 'float32', readonly string[]])[] = [
    ['strips, uncompressed', 'uint16', ['COMPRESS=NONE']],
    [
      'planar strips, deflate, predictor 2',
      'uint16',
      ['COMPRESS=DEFLATE', 'PREDICTOR=2', 'INTERLEAVE=BAND', 'BLOCKYSIZE=7'],
    ],
    [
      'tiles, LZW, predictor 2',
      'uint16',
      ['COMPRESS=LZW', 'PREDICTOR=2', 'TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'],
    ],
    ['tiles, LZW, 8 bits', 'uint8', ['COMPRESS=LZW', 'TILED=YES']],
    ['strips, PackBits', 'uint8', ['COMPRESS=PACKBITS']],
    [
      'tiles, deflate, predictor 3',
      'float32',
      ['COMPRESS=DEFLATE', 'PREDICTOR=3', 'TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16'],
    ],
    ['planar tiles, LZW, predictor 3', 'float32', ['COMPRESS=LZW', 'PREDICTOR=3', 'TILED=YES', 'INTERLEAVE=BAND']],
    ['float strips, predictor 2', 'float32', ['COMPRESS=DEFLATE', 'PREDICTOR=2']],
    ['zstd', 'uint16', ['COMPRESS=ZSTD', 'PREDICTOR=2', 'TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=32']],
    ['LERC', 'float32', ['COMPRESS=LERC', 'TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=32', 'INTERLEAVE=BAND']],
    [
      'big-endian, deflate, predictor 2',
      'uint16',
      ['ENDIANNESS=BIG', 'COMPRESS=DEFLATE', 'PREDICTOR=2', 'BLOCKYSIZE=1'],
    ],
    ['BigTIFF, sparse', 'uint16', ['BIGTIFF=YES', 'SPARSE_OK=TRUE', 'TILED=YES']],
  ];
  // No big-endian file with predictor 3: GDAL 3.6 writes one that it cannot read itself.
  it.each(variants)('we read its file: %s', async (name, type, options) => {
    const ours = await write(`source-${type}.tif`, type, 2);
    const path = join(folder, `${name.replace(/\W/g, '-')}.tif`);
    execFileSync('gdal_translate', ['-q', ...options.flatMap(option => ['-co', option]), ours, path]);
    const file = await openGeoTiff(memorySource(readFileSync(path)), nodeCodecs);
    expect(file.image.grid).toEqual(grid);
    expect(file.bands[0]).toMatchObject({ scale: 0.0001, offset: -0.1, description: 'red' });
    await expectSamples(file, type, 2);
  });
});
