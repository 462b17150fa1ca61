import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSamples, type RasterGrid, type RasterImage } from '../../../gis/raster/raster-file.ts';
import { maskImage } from '../../../gis/raster/validity.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { buildOverviews, overviewSizes } from './build-overviews.ts';
import { openScene, type OpenedScene } from './open-scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-overviews-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WIDTH = 1301;
const HEIGHT = 700;
const grid: RasterGrid = {
  width: WIDTH,
  height: HEIGHT,
  originX: 116,
  originY: 36,
  cellWidth: 0.0001,
  cellHeight: 0.0001,
  crs: 'EPSG:4326',
};

async function opened(noData: number | undefined): Promise<OpenedScene> {
  const values = createSamples('uint16', WIDTH * HEIGHT);
  const classes = createSamples('uint16', WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++) {
    for (let col = 0; col < WIDTH; col++) {
      values[row * WIDTH + col] = col < 2 ? 0 : 1000 + row + col;
      classes[row * WIDTH + col] = col < 2 ? 0 : 1 + ((row + col) % 9);
    }
  }
  const path = join(folder, `${noData ?? 'none'}.tif`);
  const overviewPath = join(folder, `${noData ?? 'none'}.ovr`);
  const pixels = { width: WIDTH, height: HEIGHT, bands: [values, classes] };
  writeFileSync(path, await writeGeoTiff(pixels, { grid, sampleType: 'uint16', noData }, nodeDeflate));
  const source = {
    files: [{ name: 'a', path }],
    bands: { red: { file: 'a', band: 1 } },
    mask: { file: 'a', band: 2 },
    maskClasses: [],
    keepClasses: [],
    scale: 1,
    offset: 0,
    noData: undefined,
  };
  const plain = await openScene(source);
  await buildOverviews(plain.raster('a'), overviewPath, { classBands: new Set([2]) });
  await plain.close();
  return openScene({ ...source, files: [{ name: 'a', path, overviewPath }] });
}

async function cell(image: RasterImage, row: number, col: number, band: number): Promise<number> {
  const block = await image.readBlock(Math.floor(col / image.blockWidth), Math.floor(row / image.blockHeight), band);
  const at = block.start + (row % image.blockHeight) * block.rowStride + (col % image.blockWidth) * block.stride;
  return block.values[at] as number;
}

describe('overviews of a file that brings none', () => {
  it('halve until one tile holds the picture', () => {
    expect(overviewSizes(WIDTH, HEIGHT)).toEqual([
      { width: 651, height: 350 },
      { width: 326, height: 175 },
    ]);
    expect(overviewSizes(512, 512)).toEqual([]);
    expect(overviewSizes(10980, 10980).at(-1)).toEqual({ width: 344, height: 344 });
  });

  it('hold the mean of four cells, and of classes one of the four', async () => {
    const scene = await opened(undefined);
    const [, half, quarter] = scene.raster('a').images as [RasterImage, RasterImage, RasterImage];
    expect([half.grid.width, quarter.grid.width]).toEqual([651, 326]);
    expect(half.grid.cellWidth).toBeCloseTo(0.0002, 12);
    // (1000 + 601 + 1201) + (0, 1, 1, 2) in the mean of cells (601, 1201) … beyond the first tile.
    expect(await cell(half, 300, 600, 1)).toBe(1000 + 600 + 1200 + 1);
    expect(await cell(half, 300, 600, 2)).toBe(1 + (1800 % 9));
    expect(await cell(quarter, 100, 300, 1)).toBe(1000 + 400 + 1200 + 3);
    // The last column of an odd width has no right neighbour.
    expect(await cell(half, 10, 650, 1)).toBe(Math.round(1000 + 20.5 + 1300));
    await scene.close();
  });

  it.each([undefined, 0])('leave cells without data out of the mean (nodata %s)', async noData => {
    const scene = await opened(noData);
    const [, half, quarter] = scene.raster('a').images as [RasterImage, RasterImage, RasterImage];
    expect(await cell(half, 5, 0, 1)).toBe(0);
    // Columns 0 and 1 are empty, 2 and 3 are not: the quarter cell has the mean of those two.
    expect(await cell(quarter, 5, 0, 1)).toBe(Math.round(1000 + 21.5 + 2.5));
    await scene.close();
  });

  it('a masked cell stays empty where no value stands for no data, and a cell that is 0 stays 0', async () => {
    const path = join(folder, 'masked.tif');
    const overviewPath = join(folder, 'masked.ovr');
    // 0 in the west, 200 in the east; of every four cells in the north one is masked, and all of them in the south.
    const values = createSamples('uint8', WIDTH * HEIGHT).map((_, at) => (at % WIDTH < 600 ? 0 : 200));
    const isValid = (row: number, col: number): boolean => row < 400 && (row % 2 === 0 || col % 2 === 0);
    const pixels = { width: WIDTH, height: HEIGHT, bands: [values] };
    writeFileSync(path, await writeGeoTiff(pixels, { grid, sampleType: 'uint8' }, nodeDeflate));
    const bands = { red: { file: 'a', band: 1 } };
    const rest = { bands, mask: null, maskClasses: [], keepClasses: [], scale: 1, offset: 0, noData: null };
    const plain = await openScene({ ...rest, files: [{ name: 'a', path }] });
    const raster = plain.raster('a');
    const image = maskImage(raster.file.image, async ({ col, row, width, height }) =>
      Uint8Array.from({ length: width * height }, (_, at) =>
        isValid(row + Math.floor(at / width), col + (at % width)) ? 1 : 0,
      ),
    );
    const masked = { ...raster, file: { ...raster.file, image, isMasked: true } };
    await buildOverviews(masked, overviewPath, { classBands: new Set() });
    await plain.close();

    const drawn = await openScene({ ...rest, files: [{ name: 'a', path, overviewPath }] });
    const [, half, quarter] = drawn.raster('a').images as [RasterImage, RasterImage, RasterImage];
    for (const [level, factor] of [
      [half, 2],
      [quarter, 4],
    ] as const) {
      expect(await cell(level, 100 / factor, 200 / factor, 1)).toBe(0);
      expect(await cell(level, 100 / factor, 1000 / factor, 1)).toBe(200);
      expect(await cell(level, 500 / factor, 200 / factor, 1)).toBeNaN();
      expect(await cell(level, 500 / factor, 1000 / factor, 1)).toBeNaN();
    }
    await drawn.close();
  });
});
