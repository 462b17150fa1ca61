import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { hasGdal, memorySource } from '../../test/helpers/raster.ts';
import { computeZonal } from '../zonal/compute-zonal.ts';
import { openGeoTiff } from './open-geotiff.ts';
import type { RasterFile } from './raster-file.ts';
import { encodeTiffDirectory, encodeTiffHeader } from './tiff/encode.ts';
import type { TiffEntry } from './tiff/encode.ts';
import { FIELD, TAG } from './tiff/tags.ts';
import { writeGeoTiff } from './write-geotiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-validity-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WIDTH = 83;
const HEIGHT = 61;
const grid = {
  width: WIDTH,
  height: HEIGHT,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const isValid = (row: number, col: number): boolean => (row * 7 + col * 3) % 11 > 2 && col !== 40;
const valueAt = (row: number, col: number): number => 200 + row * 90 + col;
const cells = Array.from({ length: WIDTH * HEIGHT }, (_, i) => [Math.floor(i / WIDTH), i % WIDTH] as const);

/** Two images side by side in one file: samples in strips, and a mask of bits or bytes in strips of another height. */
function fileWithMask(
  bits: 1 | 8,
  more: { photometric?: number; fillOrder?: number; subfile?: number } = {},
): Uint8Array {
  const pieces: Uint8Array[] = [encodeTiffHeader(false, 0)];
  let position = 8;
  const append = (bytes: Uint8Array): number => {
    const padded = new Uint8Array(bytes.length + (bytes.length & 1));
    padded.set(bytes);
    pieces.push(padded);
    position += padded.length;
    return position - padded.length;
  };
  const image = (
    bytesOfRow: (row: number) => Uint8Array,
    bitsPerSample: number,
    rowsPerStrip: number,
    own: TiffEntry[],
  ): TiffEntry[] => {
    const strips = Array.from({ length: Math.ceil(HEIGHT / rowsPerStrip) }, (_, strip) => {
      const rows = Array.from({ length: Math.min(rowsPerStrip, HEIGHT - strip * rowsPerStrip) }, (__, r) => [
        ...bytesOfRow(strip * rowsPerStrip + r),
      ]);
      const packed = nodeDeflate(Uint8Array.from(rows.flat())) as Uint8Array;
      return { offset: append(packed), length: packed.length };
    });
    const short = (tag: number, value: number): TiffEntry => ({ tag, type: FIELD.short, values: [value] });
    return [
      short(TAG.imageWidth, WIDTH),
      short(TAG.imageLength, HEIGHT),
      short(TAG.bitsPerSample, bitsPerSample),
      short(TAG.compression, 8),
      short(TAG.samplesPerPixel, 1),
      short(TAG.rowsPerStrip, rowsPerStrip),
      { tag: TAG.stripOffsets, type: FIELD.long, values: strips.map(({ offset }) => offset) },
      { tag: TAG.stripByteCounts, type: FIELD.long, values: strips.map(({ length }) => length) },
      ...own,
    ];
  };
  const entry = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: FIELD.short, values });
  const main = image(
    row => new Uint8Array(Uint16Array.from({ length: WIDTH }, (_, col) => valueAt(row, col)).buffer),
    16,
    7,
    [
      entry(TAG.photometric, 1),
      { tag: TAG.modelPixelScale, type: FIELD.double, values: [10, 10, 0] },
      { tag: TAG.modelTiepoint, type: FIELD.double, values: [0, 0, 0, grid.originX, grid.originY, 0] },
      entry(TAG.geoKeyDirectory, 1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32647),
    ],
  );
  const maskRow = (row: number): Uint8Array => {
    const bytes = new Uint8Array(bits === 8 ? WIDTH : Math.ceil(WIDTH / 8));
    for (let col = 0; col < WIDTH; col += 1) {
      if (!isValid(row, col)) continue;
      if (bits === 8) bytes[col] = 255;
      else bytes[col >> 3] = (bytes[col >> 3] as number) | (1 << (more.fillOrder === 2 ? col & 7 : 7 - (col & 7)));
    }
    return bytes;
  };
  const mask = image(maskRow, bits, 20, [
    entry(TAG.newSubfileType, more.subfile ?? 4),
    entry(TAG.photometric, more.photometric ?? 4),
    ...(more.fillOrder === undefined ? [] : [entry(TAG.fillOrder, more.fillOrder)]),
  ]);
  const first = append(encodeTiffDirectory(main, position, false, false));
  append(encodeTiffDirectory(mask, position, false, true));
  const file = new Uint8Array(position);
  let offset = 0;
  for (const piece of pieces) {
    file.set(piece, offset);
    offset += piece.length;
  }
  file.set(encodeTiffHeader(false, first));
  return file;
}

const open = (bytes: Uint8Array): Promise<RasterFile> => openGeoTiff(memorySource(bytes), nodeCodecs);

async function readBand({ image }: RasterFile, band: number): Promise<(row: number, col: number) => number> {
  const values = new Float64Array(WIDTH * HEIGHT);
  for (let blockRow = 0; blockRow < image.blocksDown; blockRow += 1) {
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol += 1) {
      const block = await image.readBlock(blockCol, blockRow, band, { isPending: true });
      for (let row = 0; row < block.height; row += 1) {
        block.pending?.prepare(row, block.width);
        for (let col = 0; col < block.width; col += 1) {
          const to = (blockRow * image.blockHeight + row) * WIDTH + blockCol * image.blockWidth + col;
          values[to] = block.values[block.start + row * block.rowStride + col * block.stride] as number;
        }
      }
    }
  }
  return (row, col) => values[row * WIDTH + col] as number;
}

const whole = {
  id: 1,
  crs: grid.crs,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [500_000, 4_000_000],
        [500_000 + WIDTH * 10, 4_000_000],
        [500_000 + WIDTH * 10, 4_000_000 - HEIGHT * 10],
        [500_000, 4_000_000 - HEIGHT * 10],
        [500_000, 4_000_000],
      ],
    ],
  },
} as const;

describe('what a file says about which of its cells are valid', () => {
  it.each([
    ['bits', fileWithMask(1)],
    ['bits, lowest first', fileWithMask(1, { fillOrder: 2 })],
    ['bytes', fileWithMask(8)],
    ['bits that do not call themselves transparency', fileWithMask(1, { photometric: 1 })],
    ['bits of a page that does not call itself a mask', fileWithMask(1, { subfile: 0 })],
  ])('a mask of %s', async (_, bytes) => {
    const file = await open(bytes);
    const read = await readBand(file, 1);
    for (const [row, col] of cells) expect(read(row, col)).toBe(isValid(row, col) ? valueAt(row, col) : NaN);
    const [result] = await computeZonal({
      bands: { value: { file, band: 1 } },
      zones: [whole],
      stats: ['count', 'mean', 'valid_fraction'],
    });
    const valid = cells.filter(([row, col]) => isValid(row, col));
    const mean = valid.reduce((sum, [row, col]) => sum + valueAt(row, col), 0) / valid.length;
    expect(result).toMatchObject({
      status: 'ok',
      values: { count: valid.length, valid_fraction: valid.length / cells.length },
    });
    expect(result?.status === 'ok' && result.values['mean']).toBeCloseTo(mean, 9);
  });

  it('blocks wholly valid are left as they are; a mask that cannot be read is a fault, not a raster without one', async () => {
    const { image } = await open(fileWithMask(8));
    expect((await image.readBlock(0, 0, 1)).values).toBeInstanceOf(Float32Array);
    const broken = fileWithMask(8);
    const view = new DataView(broken.buffer);
    const at = view.getUint32(4, true);
    const next = view.getUint32(at + 2 + 12 * view.getUint16(at, true), true);
    for (let i = 0; i < view.getUint16(next, true); i += 1) {
      if (view.getUint16(next + 2 + 12 * i, true) === TAG.bitsPerSample) view.setUint16(next + 10 + 12 * i, 4, true);
    }
    await expect(open(broken)).rejects.toMatchObject({ code: 'raster-unreadable', params: { reason: 'mask' } });
  });

  it.skipIf(!hasGdal)('masks and alpha bands as GDAL writes and reads them', { timeout: 60_000 }, async () => {
    const values = Uint16Array.from(cells, ([row, col]) => valueAt(row, col));
    const alpha = Uint16Array.from(cells, ([row, col]) => (isValid(row, col) ? 65535 : 0));
    const pixels = { width: WIDTH, height: HEIGHT, bands: [values, values, alpha] };
    writeFileSync(
      at('plain.tif'),
      await writeGeoTiff(pixels, { grid, sampleType: 'uint16', tileSize: 32 }, nodeDeflate),
    );
    const translate = (to: string, ...argv: string[]): void =>
      void execFileSync('gdal_translate', [
        '-q',
        '--config',
        'GDAL_TIFF_INTERNAL_MASK',
        'YES',
        ...argv,
        at('plain.tif'),
        at(to),
      ]);
    translate(
      'mask-tiles.tif',
      '-b',
      '1',
      '-mask',
      '3',
      '-co',
      'TILED=YES',
      '-co',
      'BLOCKXSIZE=32',
      '-co',
      'BLOCKYSIZE=16',
      '-co',
      'COMPRESS=DEFLATE',
    );
    translate(
      'mask-strips.tif',
      '-b',
      '1',
      '-mask',
      '3',
      '-co',
      'BLOCKYSIZE=5',
      '-co',
      'COMPRESS=LZW',
      '-co',
      'PREDICTOR=2',
    );
    translate('mask-plain.tif', '-b', '1', '-b', '2', '-mask', '3', '-co', 'INTERLEAVE=BAND', '-co', 'BIGTIFF=YES');
    translate(
      'alpha.tif',
      '-b',
      '1',
      '-b',
      '3',
      '-colorinterp',
      'gray,alpha',
      '-co',
      'COMPRESS=ZSTD',
      '-co',
      'TILED=YES',
      '-co',
      'BLOCKXSIZE=16',
      '-co',
      'BLOCKYSIZE=16',
    );
    for (const name of ['mask-tiles.tif', 'mask-strips.tif', 'mask-plain.tif', 'alpha.tif']) {
      const file = await open(new Uint8Array(readFileSync(at(name))));
      const read = await readBand(file, 1);
      for (const [row, col] of cells) expect(read(row, col), name).toBe(isValid(row, col) ? valueAt(row, col) : NaN);
      // GDAL's own opinion, cell by cell; its statistics of version 3.6 do not look at masks.
      execFileSync('gdal_translate', ['-q', '-b', 'mask,1', '-of', 'ENVI', at(name), at('mask.raw')]);
      const theirs = readFileSync(at('mask.raw'));
      expect(theirs).toHaveLength(cells.length);
      for (const [i, [row, col]] of cells.entries()) expect(theirs[i] !== 0, name).toBe(!Number.isNaN(read(row, col)));
    }
    const whatItIs = await readBand(await open(new Uint8Array(readFileSync(at('alpha.tif')))), 2);
    for (const [row, col] of cells) expect(whatItIs(row, col)).toBe(isValid(row, col) ? 65535 : 0);
  });
});
