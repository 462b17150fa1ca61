// Every index of a scene with all its bands, which lie on grids of two resolutions, in one pass.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { RasterCodecs, RasterGrid } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { nodeCodecs, nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { INDEX_CODES, type IndexCode } from '../indices.ts';
import { projectorOfGrid } from '../rasters/footprint.ts';
import type { SceneSource } from '../rasters/open-scene.ts';
import {
  plainScene as source,
  rectangleOnGrid as rectangle,
  smallGrid as grid,
  zoneTarget as target,
} from './small-scene.fixture.ts';
import { measureZones } from './measure-zones.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-indices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

describe('every index', () => {
  // Reflectances by column; short-wave infrared in a file of 20 m cells, each over two rows and two columns.
  const blue = [0.05, 0.06, 0.07, 0.08, 0.09, 0.1];
  const red = [0.3, 0.25, 0.2, 0.15, 0.1, 0.05];
  const nir = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55];
  const swir1 = [0.4, 0.3, 0.2];
  const swir2 = [0.35, 0.2, 0.1];
  const coarse: RasterGrid = { ...grid, width: 3, height: 2, cellWidth: 20, cellHeight: 20 };
  const over = (values: readonly number[], width: number, height: number): Uint16Array =>
    Uint16Array.from({ length: width * height }, (_, at) => Math.round((values[at % width] as number) * 1e4));

  async function scene(tileSize = 16): Promise<SceneSource> {
    const write = async (
      name: string,
      to: RasterGrid,
      samples: Uint16Array[],
    ): Promise<SceneSource['files'][number]> => {
      const path = join(folder, `${files++}.tif`);
      const pixels = { width: to.width, height: to.height, bands: samples };
      writeFileSync(path, await writeGeoTiff(pixels, { grid: to, sampleType: 'uint16', tileSize }, nodeDeflate));
      return { name, path };
    };
    return source(
      [
        await write(
          '10m',
          grid,
          [blue, red, nir].map(values => over(values, 6, 4)),
        ),
        await write(
          '20m',
          coarse,
          [swir1, swir2].map(values => over(values, 3, 2)),
        ),
      ],
      {
        bands: {
          blue: { file: '10m', band: 1 },
          red: { file: '10m', band: 2 },
          nir: { file: '10m', band: 3 },
          swir1: { file: '20m', band: 1 },
          swir2: { file: '20m', band: 2 },
        },
        scale: 1e-4,
      },
    );
  }

  it('has its mean, over bands of two resolutions', async () => {
    const [measures] = await measureZones(await scene(), [target(rectangle(0, 0, 60, 40))], { indices: INDEX_CODES });
    const byIndex = new Map(measures?.map(measure => [measure.index, measure]));
    expect([...byIndex.keys()]).toEqual(INDEX_CODES);
    const mean = (formula: (col: number) => number): number =>
      [0, 1, 2, 3, 4, 5].reduce((sum, col) => sum + formula(col) / 6, 0);
    const [b, r, n] = [blue, red, nir].map(values => (col: number) => values[col] as number) as [
      (col: number) => number,
      (col: number) => number,
      (col: number) => number,
    ];
    const at20 = (values: readonly number[]) => (col: number) => values[Math.floor(col / 2)] as number;
    const [s1, s2] = [at20(swir1), at20(swir2)];
    const expected = {
      ndvi: mean(c => (n(c) - r(c)) / (n(c) + r(c))),
      evi2: mean(c => (2.5 * (n(c) - r(c))) / (n(c) + 2.4 * r(c) + 1)),
      savi: mean(c => (1.5 * (n(c) - r(c))) / (n(c) + r(c) + 0.5)),
      nbr: mean(c => (n(c) - s2(c)) / (n(c) + s2(c))),
      ndmi: mean(c => (n(c) - s1(c)) / (n(c) + s1(c))),
      bsi: mean(c => (s1(c) + r(c) - n(c) - b(c)) / (s1(c) + r(c) + n(c) + b(c))),
    };
    for (const [index, value] of Object.entries(expected)) {
      expect({ index, mean: byIndex.get(index as IndexCode)?.mean }).toEqual({
        index,
        mean: expect.closeTo(value, 5) as number,
      });
    }
    // 24 cells of 10 m are six observations of 20 m; how green means nothing for moisture and bare soil.
    expect(byIndex.get('ndvi')?.nEff).toBeCloseTo(24, 1);
    for (const index of ['nbr', 'ndmi', 'bsi'] as const) {
      expect(byIndex.get(index)?.nEff).toBeCloseTo(6, 1);
      expect(byIndex.get(index)?.vegetatedAreaM2).toBeNull();
    }
    expect(byIndex.get('fvc')?.vegetatedAreaM2).toBeGreaterThan(0);
  });

  it('does not count the ground beyond a band that ends earlier', async () => {
    const whole = await scene();
    const path = join(folder, `${files++}.tif`);
    const short: RasterGrid = { ...coarse, width: 2 };
    const samples = [swir1, swir2].map(values => over(values.slice(0, 2), 2, 2));
    const pixels = { width: 2, height: 2, bands: samples };
    writeFileSync(path, await writeGeoTiff(pixels, { grid: short, sampleType: 'uint16', tileSize: 16 }, nodeDeflate));
    const cut = { ...whole, files: [whole.files[0] as SceneSource['files'][number], { name: '20m', path }] };
    const [measures] = await measureZones(cut, [target(rectangle(0, 0, 60, 40))], { indices: ['ndvi', 'ndmi'] });
    expect(measures?.[0]?.validFraction).toBeCloseTo(1, 4);
    expect(measures?.[1]?.validFraction).toBeCloseTo(4 / 6, 4);
  });

  it('takes no second decoding of any block', async () => {
    const large: RasterGrid = { ...grid, width: 300, height: 300, originY: 3_903_000 };
    const path = join(folder, 'five.tif');
    const pixels = {
      width: 300,
      height: 300,
      bands: [blue, red, nir, [...swir1, ...swir1], [...swir2, ...swir2]].map(values =>
        Uint16Array.from({ length: 300 * 300 }, (_, at) => (values[at % 6] as number) * 1e4 + (at % 97)),
      ),
    };
    writeFileSync(path, await writeGeoTiff(pixels, { grid: large, sampleType: 'uint16', tileSize: 128 }, nodeDeflate));
    const bandsOfFile = Object.fromEntries(
      ['blue', 'red', 'nir', 'swir1', 'swir2'].map((name, at) => [name, { file: 'a.tif', band: at + 1 }]),
    );
    const project = projectorOfGrid(large);
    const zones = Array.from({ length: 40 }, (_, k): Polygonal => {
      const [west, north] = [500_000 + ((k * 1777) % 2400), 3_903_000 - ((k * 3111) % 2400)];
      const ring: Position[] = [
        [west, north],
        [west, north - 500],
        [west + 500, north - 500],
        [west, north],
      ];
      return { type: 'Polygon', coordinates: [ring.map(point => project.inverse(point))] };
    });
    const inflated = vi.spyOn(
      nodeCodecs as { inflateBlocks: NonNullable<RasterCodecs['inflateBlocks']> },
      'inflateBlocks',
    );
    const countBlocks = (): number => inflated.mock.calls.reduce((sum, [blocks]) => sum + blocks.length, 0);
    const scene5 = source([{ name: 'a.tif', path }], { bands: bandsOfFile, scale: 1e-4 });
    const measures = await measureZones(scene5, zones.map(target), { indices: INDEX_CODES });
    expect(measures.every(of => of.length === 8)).toBe(true);
    const together = countBlocks();
    inflated.mockClear();
    await measureZones(scene5, zones.map(target), { indices: ['bsi'] });
    // As many as one index over the same bands takes: three by three blocks with all bands in each.
    expect(together).toBeLessThanOrEqual(Math.ceil(countBlocks() * 1.5));
    expect(together).toBeLessThanOrEqual(2 * 9);
    inflated.mockRestore();
  });
});
