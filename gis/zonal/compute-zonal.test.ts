import { describe, expect, it } from 'vitest';
import { cellsOf, rasterOf, SMALL_GRID } from '../../test/helpers/raster.ts';
import { cellAreaM2 } from '../earth/cell-area.ts';
import { polygonAreaM2 } from '../earth/polygon-area.ts';
import type { RasterGrid } from '../raster/raster-file.ts';
import type { Polygonal } from '../types.ts';
import { computeZonal } from './compute-zonal.ts';
import type { ZonalResult } from './compute-zonal.ts';
import type { ZonalRequest } from './zonal-plan.ts';

const ok = (result: ZonalResult | undefined) => {
  if (result?.status !== 'ok') throw new Error(`status ${result?.status}`);
  return result;
};

// prettier-ignore
const VALUES = Float32Array.of(
  1, 1, 1, 1, 1,
  1, 1, 2, 3, 1,
  1, 4, 5, 6, 1,
  1, 0, 7, 8, 1,
);

describe('figures that can be checked by eye', () => {
  const zones = [{ id: 'a', geometry: cellsOf(0.5, 0.5, 2.5, 2.5), crs: SMALL_GRID.crs }];

  it('weights are the covered fractions', async () => {
    const file = await rasterOf([VALUES]);
    const stats = ['count', 'sum', 'mean', 'stdev', 'min', 'max', 'valid_fraction', 'n_eff', 'majority', 'variety'];
    const { values } = ok((await computeZonal({ bands: { value: { file, band: 1 } }, zones, stats }))[0]);
    const sum = 0.25 * 1 + 0.5 * 1 + 0.25 * 1 + 0.5 * 1 + 1 * 1 + 0.5 * 2 + 0.25 * 1 + 0.5 * 4 + 0.25 * 5;
    const squares = 0.25 + 0.5 + 0.25 + 0.5 + 1 + 0.5 * 4 + 0.25 + 0.5 * 16 + 0.25 * 25;
    expect(values['count']).toBe(4);
    expect(values['sum']).toBe(sum);
    expect(values['mean']).toBe(sum / 4);
    expect(values['stdev']).toBeCloseTo(Math.sqrt(squares / 4 - (sum / 4) ** 2), 14);
    expect([values['min'], values['max'], values['valid_fraction']]).toEqual([1, 5, 1]);
    expect(values['n_eff']).toBeCloseTo(16 / (1 + 4 * 0.25 + 4 * 0.0625), 14);
    expect([values['majority'], values['variety']]).toEqual([1, 4]);
  });

  it('no data is left out: by value, by NaN, by what is infinite, by 0/0 of an index', async () => {
    const file = await rasterOf([VALUES], { noData: 1 });
    const result = ok(
      (await computeZonal({ bands: { value: { file, band: 1 } }, zones, stats: ['mean', 'count'] }))[0],
    );
    expect(result.values['count']).toBe(0.5 + 0.5 + 0.25);
    expect(result.values['mean']).toBe((0.5 * 2 + 0.5 * 4 + 0.25 * 5) / 1.25);
    expect(result).toMatchObject({ validFraction: 1.25 / 4, onRasterFraction: 1 });

    const nan = await rasterOf([VALUES.map(value => (value === 4 ? NaN : value))], { noData: NaN });
    const withNaN = ok((await computeZonal({ bands: { value: { file: nan, band: 1 } }, zones, stats: ['count'] }))[0]);
    expect(withNaN.values['count']).toBe(3.5);
    const infinite = await rasterOf([VALUES.map(value => (value === 4 ? Infinity : value))]);
    const [finite] = await computeZonal({
      bands: { value: { file: infinite, band: 1 } },
      zones,
      stats: ['mean', 'max'],
    });
    expect(ok(finite)).toMatchObject({ count: 3.5, values: { max: 5 } });

    const red = Uint16Array.from({ length: 20 }, (_, i) => (i === 6 ? 0 : 100));
    const nir = red.map(value => value * 3);
    const ndvi = await rasterOf([red, nir], { type: 'uint16' });
    const request = {
      bands: { red: { file: ndvi, band: 1 }, nir: { file: ndvi, band: 2 } },
      zones,
      stats: ['mean', 'count'],
    };
    expect(ok((await computeZonal({ ...request, expression: 'ndvi' }))[0]).values).toEqual({ mean: 0.5, count: 3 });
  });

  it('scale and offset come from the request, else from the file', async () => {
    const file = await rasterOf([Uint16Array.from(VALUES)], { type: 'uint16' });
    const bands = { value: { file, band: 1, scale: 0.1, offset: -1 } };
    expect(ok((await computeZonal({ bands, zones, stats: ['max'] }))[0]).values['max']).toBeCloseTo(-0.5, 12);
  });

  it('a zone outside, one over no data alone, an empty and a broken one say so and have no figures', async () => {
    const file = await rasterOf([VALUES], { noData: 0 });
    const nan: Polygonal = {
      type: 'Polygon',
      coordinates: [
        [
          [500_000, NaN],
          [500_010, 4e6],
          [500_010, 3.99e6],
          [500_000, NaN],
        ],
      ],
    };
    const results = await computeZonal({
      bands: { value: { file, band: 1 } },
      zones: [
        { id: 1, geometry: cellsOf(20, 20, 22, 22), crs: SMALL_GRID.crs },
        { id: 2, geometry: cellsOf(1.2, 3.2, 1.8, 3.8), crs: SMALL_GRID.crs },
        { id: 3, geometry: { type: 'Polygon', coordinates: [] }, crs: SMALL_GRID.crs },
        { id: 4, geometry: nan, crs: SMALL_GRID.crs },
        {
          id: 5,
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [10, 95],
                [11, 95],
                [11, 96],
                [10, 95],
              ],
            ],
          },
        },
      ],
      stats: ['mean'],
    });
    expect(results.map(({ status }) => status).slice(0, 4)).toEqual([
      'outside',
      'no-valid-pixels',
      'empty-geometry',
      'not-finite',
    ]);
    expect(['outside', 'outside-crs', 'empty-geometry']).toContain(results[4]?.status);
    expect(results.every(result => !('values' in result))).toBe(true);
  });

  it('the share on the raster and the valid share of that are told apart', async () => {
    const file = await rasterOf([VALUES], { noData: 0 });
    const geometry = cellsOf(0.5, 3, 2.5, 5);
    const request = {
      bands: { value: { file, band: 1 } },
      zones: [{ id: 1, geometry, crs: SMALL_GRID.crs }],
      stats: ['valid_fraction'],
    };
    const result = ok((await computeZonal(request))[0]);
    expect(result).toMatchObject({ onRasterFraction: 0.5, validFraction: 0.5, values: { valid_fraction: 0.5 } });
  });

  it('percentiles are those of exactextract: linear for equal weights, by place of the weighted values otherwise', async () => {
    const file = await rasterOf([VALUES]);
    const percentiles = async (geometry: Polygonal): Promise<Readonly<Record<string, number>>> =>
      ok(
        (
          await computeZonal({
            bands: { value: { file, band: 1 } },
            zones: [{ id: 1, geometry, crs: SMALL_GRID.crs }],
            stats: ['median', 'p0', 'p25', 'p100'],
          })
        )[0],
      ).values;
    // 2 3 5 6: quarter at 2 + 0.75, median between 3 and 5.
    expect(await percentiles(cellsOf(2, 1, 4, 3))).toEqual({ median: 4, p0: 2, p25: 2.75, p100: 6 });
    // 5 (weight 1), 6 (weight 0.5), places 0 and 1 * 0.5 + 1 * 1 = 1.5; the median at 0.5 * 1.5.
    expect((await percentiles(cellsOf(2, 2, 3.5, 3)))['median']).toBe(5.5);
  });

  it('areas are coverage times the ellipsoidal area of the cell, geographic and projected', async () => {
    const degrees: RasterGrid = {
      ...SMALL_GRID,
      originX: 100,
      originY: 36,
      cellWidth: 0.01,
      cellHeight: 0.01,
      crs: 'EPSG:4326',
    };
    const file = await rasterOf([VALUES], { grid: degrees });
    const request: ZonalRequest = {
      bands: { value: { file, band: 1 } },
      zones: [{ id: 1, geometry: cellsOf(1, 1, 3.5, 3, degrees) }],
      stats: ['area', 'area_ge:4', 'area_lt:2', 'area_class:5'],
    };
    const row = (index: number): number => cellAreaM2(100, 36 - 0.01 * (index + 1), 100.01, 36 - 0.01 * index);
    const { values } = ok((await computeZonal(request))[0]);
    expect(values['area']).toBeCloseTo(2.5 * (row(1) + row(2)), 4);
    expect(values['area_ge:4']).toBeCloseTo(2.5 * row(2), 4);
    expect(values['area_lt:2']).toBeCloseTo(row(1), 4);
    expect(values['area_class:5']).toBeCloseTo(row(2), 4);

    // A UTM cell on the central meridian is larger on the ground than on the map: 1 / 0.9996².
    const projected = await rasterOf([VALUES]);
    const onMap = await computeZonal({
      ...request,
      bands: { value: { file: projected, band: 1 } },
      zones,
      stats: ['area'],
    });
    expect(ok(onMap[0]).values['area']).toBeCloseTo(400 / 0.9996 ** 2, 4);
  });

  it('a mask of another grid is met by coordinates, and what it does not know is no data', async () => {
    const file = await rasterOf([VALUES]);
    const coarse: RasterGrid = { ...SMALL_GRID, width: 2, height: 2, cellWidth: 20, cellHeight: 20 };
    const mask = await rasterOf([Uint8Array.of(4, 9, 4, 4)], { grid: coarse, type: 'uint8' });
    const whole = [{ id: 1, geometry: cellsOf(0, 0, 5, 4), crs: SMALL_GRID.crs }];
    const count = async (classes: readonly number[], mode: 'keep' | 'exclude'): Promise<number> =>
      ok(
        (
          await computeZonal({
            bands: { value: { file, band: 1 } },
            mask: { file: mask, band: 1, classes, mode },
            zones: whole,
            stats: [],
          })
        )[0],
      ).count;
    // The mask is 40 m wide, the raster 50 m: the last column is unknown.
    expect(await count([9], 'exclude')).toBe(12);
    expect(await count([9], 'keep')).toBe(4);
  });

  it('a band of a coarser grid is met by coordinates', async () => {
    const nir = await rasterOf([new Float32Array(20).fill(3)]);
    const coarse: RasterGrid = { ...SMALL_GRID, width: 3, height: 2, cellWidth: 20, cellHeight: 20 };
    const red = await rasterOf([Float32Array.of(1, 1, 3, 1, 1, 3)], { grid: coarse });
    // The grid of the statistics is that of the first band of the expression: the coarse one.
    const bands = { red: { file: red, band: 1 }, nir: { file: nir, band: 1 } };
    const zones = [{ id: 1, geometry: cellsOf(0, 0, 3, 2, coarse), crs: SMALL_GRID.crs }];
    const result = ok((await computeZonal({ bands, expression: 'ndvi', zones, stats: ['mean', 'count'] }))[0]);
    // Column 2 of the coarse grid has its centre at 50 m, on the east border of the fine one: outside.
    expect(result.values).toEqual({ mean: 0.5, count: 4 });
  });

  it('refuses what it is not given or does not know', async () => {
    const file = await rasterOf([VALUES]);
    const request = { bands: { value: { file, band: 1 } }, zones, stats: ['mean'] };
    await expect(computeZonal({ ...request, expression: 'ndvi' })).rejects.toMatchObject({ code: 'band-role-missing' });
    await expect(computeZonal({ ...request, stats: ['average'] })).rejects.toMatchObject({ code: 'stat-unknown' });
    await expect(computeZonal({ ...request, bands: { value: { file, band: 2 } } })).rejects.toMatchObject({
      code: 'raster-band-missing',
    });
    await expect(computeZonal({ ...request, signal: { aborted: true } })).rejects.toMatchObject({
      code: 'zonal-cancelled',
    });
  });
});

describe('zones of another system', () => {
  it('are brought to the raster with their edges bent as the ground is: areas agree with the ellipsoid', async () => {
    const wide: RasterGrid = {
      ...SMALL_GRID,
      width: 1200,
      height: 1200,
      originX: 400_000,
      originY: 4_060_000,
      cellWidth: 100,
      cellHeight: 100,
    };
    const file = await rasterOf([new Uint8Array(1200 * 1200).fill(1)], { grid: wide, type: 'uint8', tileSize: 256 });
    const geometry: Polygonal = {
      type: 'Polygon',
      coordinates: [
        [
          [98.2, 35.9],
          [99.1, 35.85],
          [99.0, 36.5],
          [98.3, 36.6],
          [98.2, 35.9],
        ],
      ],
    };
    const result = ok(
      (
        await computeZonal({
          bands: { value: { file, band: 1 } },
          zones: [{ id: 1, geometry }],
          stats: ['area', 'valid_fraction'],
        })
      )[0],
    );
    // Edges are straight in longitude and latitude: dense enough, geodesics are the same line.
    const dense = (geometry.coordinates[0] as [number, number][]).flatMap((from, i, ring) => {
      const to = ring[i + 1];
      if (to === undefined) return [from];
      return Array.from({ length: 500 }, (_, k): [number, number] => [
        from[0] + ((to[0] - from[0]) * k) / 500,
        from[1] + ((to[1] - from[1]) * k) / 500,
      ]);
    });
    const areaM2 = polygonAreaM2({ type: 'Polygon', coordinates: [dense] });
    expect((result.values['area'] as number) / areaM2).toBeCloseTo(1, 4);
    expect(result.values['valid_fraction']).toBeCloseTo(1, 9);
  });
});
