import { deflate as deflateCallback, inflateSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSamples, type RasterGrid } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { getIndex, type DrawnCode } from '../indices.ts';
import { buildOverviews } from '../rasters/build-overviews.ts';
import { projectorOfGrid } from '../rasters/footprint.ts';
import { openScene, type SceneSource } from '../rasters/open-scene.ts';
import { drawTile } from './draw-tile.ts';
import { buildPalette, placeOf } from './palette.ts';
import { tilePlace, type TileAddress } from './warp-mesh.ts';

const deflateAsync = promisify(deflateCallback);
const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => deflateAsync(bytes);
const folder = mkdtempSync(join(tmpdir(), 'regreen-draw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// 900 x 800 cells of 10 m in zone 50; patches of 40 x 40 cells with values that tell where they are.
const grid: RasterGrid = {
  width: 900,
  height: 800,
  originX: 500_000,
  originY: 3_900_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32650',
};
const patch = (row: number, col: number): number => Math.floor(row / 40) * 31 + Math.floor(col / 40) * 17;
const redAt = (row: number, col: number): number => 500 + (patch(row, col) % 700);
const nirAt = (row: number, col: number): number => 1500 + (patch(row, col) % 1100);
const classAt = (row: number, col: number): number => (row < 200 && col < 200 ? 9 : 4);
/** Left unsaid in the file: nothing but zeros in the last 100 columns. */
const emptyFrom = 800;

let source: SceneSource;
beforeAll(async () => {
  const bands = [redAt, nirAt, (row: number, col: number) => 300 + (patch(row, col) % 500), classAt].map(at => {
    const samples = createSamples('uint16', grid.width * grid.height);
    for (let i = 0; i < samples.length; i++) {
      const row = Math.floor(i / grid.width);
      const col = i % grid.width;
      samples[i] = col >= emptyFrom ? 0 : at(row, col);
    }
    return samples;
  });
  const path = join(folder, 'scene.tif');
  const layout = { grid, sampleType: 'uint16', tileSize: 256 } as const;
  writeFileSync(path, await writeGeoTiff({ width: grid.width, height: grid.height, bands }, layout, nodeDeflate));
  source = {
    files: [{ name: 's', path, overviewPath: join(folder, 'scene.ovr') }],
    bands: {
      red: { file: 's', band: 1 },
      nir: { file: 's', band: 2 },
      green: { file: 's', band: 3 },
      blue: { file: 's', band: 3 },
    },
    mask: { file: 's', band: 4 },
    maskClasses: [9],
    keepClasses: [],
    scale: 1e-4,
    offset: -0.01,
    noData: undefined,
  };
  const plain = await openScene({ ...source, files: [{ name: 's', path }] });
  await buildOverviews(plain.raster('s'), join(folder, 'scene.ovr'), { classBands: new Set([4]) });
  await plain.close();
});

async function draw(code: DrawnCode, tile: TileAddress, change: Partial<SceneSource> = {}): Promise<Uint8Array> {
  const scene = await openScene({ ...source, ...change });
  try {
    const png = await drawTile(scene, { ...source, ...change }, { low: 0, high: 0.2 }, code, tile, deflate);
    const view = new DataView(png.buffer, png.byteOffset);
    let at = 8;
    while (view.getUint32(at + 4) !== 0x49444154) at += 12 + view.getUint32(at);
    const rows = inflateSync(png.subarray(at + 8, at + 8 + view.getUint32(at)));
    const bytesPerRow = code === 'truecolour' ? 1024 : 256;
    const pixels = new Uint8Array(bytesPerRow * 256);
    for (let row = 0; row < 256; row++) {
      pixels.set(rows.subarray(row * (bytesPerRow + 1) + 1, (row + 1) * (bytesPerRow + 1)), row * bytesPerRow);
    }
    return pixels;
  } finally {
    await scene.close();
  }
}

const tileOver = (row: number, col: number, z: number): TileAddress => {
  const [lng, lat] = projectorOfGrid(grid).inverse([grid.originX + col * 10, grid.originY - row * 10]);
  const radians = (lat * Math.PI) / 180;
  return {
    z,
    x: Math.floor(((lng + 180) / 360) * 2 ** z),
    y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z),
  };
};

/** The cell under a pixel, each pixel projected by itself; undefined within 0.3 cells of an edge of its patch. */
function cellUnder(tile: TileAddress, px: number, py: number): { row: number; col: number } | undefined {
  const [x, y] = projectorOfGrid(grid).forward(tilePlace(tile, px + 0.5, py + 0.5));
  const col = (x - grid.originX) / 10;
  const row = (grid.originY - y) / 10;
  const isNearEdge = [row, col].some(at => Math.abs(at - Math.round(at / 40) * 40) < 0.3);
  return isNearEdge ? undefined : { row: Math.floor(row), col: Math.floor(col) };
}

describe('a drawn tile', () => {
  it.each([
    ['ndvi', 15, 400, 400],
    ['ndvi', 14, 100, 100],
    ['evi2', 15, 600, 780],
    ['fvc', 16, 700, 300],
  ] as const)('%s at zoom %i has in every pixel the value of the cell below it', async (code, z, row, col) => {
    const tile = tileOver(row, col, z);
    const drawn = await draw(code, tile);
    const index = getIndex(code);
    const value = new Float64Array(1);
    let compared = 0;
    for (let py = 0; py < 256; py += 3) {
      for (let px = 0; px < 256; px += 3) {
        const cell = cellUnder(tile, px, py);
        if (cell === undefined) continue;
        const isVisible =
          cell.row >= 0 &&
          cell.col >= 0 &&
          cell.row < grid.height &&
          cell.col < emptyFrom &&
          classAt(cell.row, cell.col) !== 9;
        let expected = 0;
        if (isVisible) {
          const bands = [redAt, nirAt].map(at => Float64Array.of(at(cell.row, cell.col) * 1e-4 - 0.01));
          index.kernel(bands, value, 0, 1);
          expected = placeOf(value[0] as number, index.min, index.max);
        }
        expect(drawn[py * 256 + px], `${px},${py}`).toBe(expected);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(4000);
  });

  it('in true colour is stretched alike in all bands, and clear where nothing is', async () => {
    const tile = tileOver(400, 400, 15);
    const drawn = await draw('truecolour', tile);
    const cell = cellUnder(tile, 128, 128);
    if (cell === undefined) throw new Error('choose another pixel');
    const red = Math.round(((redAt(cell.row, cell.col) * 1e-4 - 0.01) / 0.2) ** (1 / 1.8) * 255);
    const at = (128 * 256 + 128) * 4;
    expect(drawn[at]).toBe(red);
    expect(drawn[at + 3]).toBe(255);
    const away = await draw('truecolour', tileOver(400, 2000, 15));
    expect(away.every(value => value === 0)).toBe(true);
  });

  it('keeps only the classes asked for', async () => {
    const tile = tileOver(100, 100, 16);
    const drawn = await draw('ndvi', tile, { maskClasses: [], keepClasses: [9] });
    expect(drawn.some(place => place !== 0)).toBe(true);
    expect((await draw('ndvi', tile)).every(place => place === 0)).toBe(true);
  });

  it('far out shows the scene in the size it has, from its overviews', async () => {
    const drawn = await draw('ndvi', tileOver(400, 400, 8));
    const shown = drawn.filter(place => place !== 0).length;
    // 8 km x 8 km less the masked 2 km x 2 km, at 500 m a pixel (611.5 m times the cosine of 35.2 degrees).
    const expected = (8000 * 8000 - 2000 * 2000) / 499.7 ** 2;
    expect(Math.abs(shown - expected) / expected).toBeLessThan(0.1);
  });
});

describe('a palette', () => {
  it('is transparent at 0 and runs from the first colour to the last', () => {
    const palette = buildPalette(0, 1, [
      { value: 0, color: '#000000' },
      { value: 0.5, color: '#ff0000' },
      { value: 1, color: '#ffffff' },
    ]);
    expect([...palette.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect([...palette.subarray(4, 8)]).toEqual([0, 0, 0, 255]);
    expect([...palette.subarray(128 * 4, 129 * 4)]).toEqual([255, 0, 0, 255]);
    expect([...palette.subarray(255 * 4)]).toEqual([255, 255, 255, 255]);
  });

  it('gives NaN no colour and values beyond the ends the colour of the end', () => {
    expect(placeOf(Number.NaN, 0, 1)).toBe(0);
    expect([-5, 0, 0.5, 1, 7].map(value => placeOf(value, 0, 1))).toEqual([1, 1, 128, 255, 255]);
  });
});
