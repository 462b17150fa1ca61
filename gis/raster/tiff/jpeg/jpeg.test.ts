// JPEG in TIFF, cell by cell beside GDAL's: grey, colours as they are, and colours as luma and chroma of half the resolution.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../../../server/platform/raster/node-codecs.ts';
import { hasGdal, memorySource, VARIANT_GRID, writeVariant } from '../../../../test/helpers/raster.ts';
import { GisError } from '../../../errors.ts';
import { openGeoTiff } from '../../open-geotiff.ts';
import type { RasterFile } from '../../raster-file.ts';
import { writeGeoTiff } from '../../write-geotiff.ts';
import { TAG } from '../tags.ts';
import { toRgb } from './to-rgb.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-jpeg-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { width, height } = VARIANT_GRID;

async function cellsOf({ image }: RasterFile, band: number): Promise<Uint8Array> {
  const cells = new Uint8Array(width * height);
  for (let blockRow = 0; blockRow < image.blocksDown; blockRow += 1) {
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol += 1) {
      const block = await image.readBlock(blockCol, blockRow, band);
      for (let row = 0; row < block.height; row += 1) {
        for (let col = 0; col < block.width; col += 1) {
          const at = (blockRow * image.blockHeight + row) * width + blockCol * image.blockWidth + col;
          cells[at] = block.values[block.start + row * block.rowStride + col * block.stride] as number;
        }
      }
    }
  }
  return cells;
}

const TILES = ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'];
const STRIPS = ['BLOCKYSIZE=16'];
const YCBCR = 'PHOTOMETRIC=YCBCR';

describe.skipIf(!hasGdal)('files of GDAL (skipped where GDAL is not installed)', { timeout: 60_000 }, () => {
  // The inverse transform of the library differs by one in a sample, never more; colours made of luma and chroma count that of the chroma 1.772
  // times on top of it: 1 + 1.772, rounded.
  it.each([
    ['grey in tiles', TILES, 1, 1],
    ['grey in strips', STRIPS, 1, 1],
    ['colours as they are', ['PHOTOMETRIC=RGB', ...TILES], 3, 1],
    ['each colour by itself', ['INTERLEAVE=BAND', ...STRIPS], 3, 1],
    ['luma and chroma in tiles', [YCBCR, ...TILES], 3, 3],
    ['luma and chroma in strips', [YCBCR, ...STRIPS], 3, 3],
    ['luma and chroma, each tile with its tables', [YCBCR, 'JPEGTABLESMODE=0', ...TILES], 3, 3],
    ['luma and chroma, much reduced', [YCBCR, 'JPEG_QUALITY=20', ...TILES], 3, 3],
  ] as const)('%s', async (name, options, bandCount, most) => {
    const variant = { name, sampleType: 'uint8', options: ['COMPRESS=JPEG', ...options] } as const;
    const bytes = await writeVariant(folder, variant, bandCount);
    const [path, raw] = [join(folder, 'jpeg.tif'), join(folder, 'jpeg.raw')];
    writeFileSync(path, bytes);
    execFileSync('gdal_translate', ['-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', path, raw]);
    const theirs = readFileSync(raw);
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs);
    expect(file.bands).toHaveLength(bandCount);
    const apart: number[] = [];
    for (let band = 0; band < bandCount; band += 1) {
      const ours = await cellsOf(file, band + 1);
      ours.forEach((value, i) => apart.push(Math.abs(value - (theirs[band * width * height + i] as number))));
    }
    expect(Math.max(...apart)).toBeLessThanOrEqual(most);
    expect(apart.filter(difference => difference > 2).length / apart.length).toBeLessThan(0.005);
    expect(apart.reduce((sum, value) => sum + value, 0) / apart.length).toBeLessThan(0.35);
  });
});

describe('luma and chroma', () => {
  /** Three samples to a cell, the chromas repeated as a decoder leaves them. */
  const cells = (luma: number, cb: readonly number[], cr: number): Uint8Array =>
    Uint8Array.from(cb.flatMap(value => [luma, value, cr]));

  it('are the colours of JFIF', () => {
    const samples = Uint8Array.of(128, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107);
    toRgb(samples, { width: 4, rows: 1, samplesPerCell: 3 }, { across: [1, 1, 1], down: [1, 1, 1] });
    expect([...samples]).toEqual([128, 128, 128, 254, 0, 0, 0, 255, 1, 0, 0, 254]);
  });

  it('chroma of half the resolution goes over from sample to sample by quarters', () => {
    const samples = cells(100, [100, 100, 140, 140, 140], 128);
    toRgb(samples, { width: 5, rows: 1, samplesPerCell: 3 }, { across: [2, 1, 1], down: [1, 1, 1] });
    // Blue = luma + 1.772 (cb - 128) of 100, 110, 130, 140, 140.
    expect([2, 5, 8, 11, 14].map(i => samples[i])).toEqual([50, 68, 104, 121, 121]);
  });

  it('in anything but JPEG, or without the three of them, are no bands', async () => {
    const bands = [0, 1, 2].map(() => new Uint8Array(width * height));
    const layout = { grid: VARIANT_GRID, sampleType: 'uint8' as const, tileSize: 32 };
    const bytes = await writeGeoTiff({ width, height, bands }, layout, nodeDeflate);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const directory = view.getUint32(4, true);
    for (let i = 0; i < view.getUint16(directory, true); i += 1) {
      const entry = directory + 2 + 12 * i;
      if (view.getUint16(entry, true) === TAG.photometric) view.setUint16(entry + 8, 6, true);
    }
    const refused = new GisError('raster-unreadable', { reason: 'jpeg-colours', photometric: 6, bands: 3 });
    await expect(openGeoTiff(memorySource(bytes), nodeCodecs)).rejects.toMatchObject({
      code: refused.code,
      params: refused.params,
    });
  });
});
