import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../gis/earth/polygon-area.ts';
import type { MultiPolygon } from '../../gis/types.ts';
import { coverTable } from './cover-table.ts';

const box = (west: number, south: number, east: number, north: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
});

describe('coverTable', () => {
  it('measures every overlap once: a block in two that meet in the middle', () => {
    const rows = coverTable([
      box(112, 35, 112.01, 35.01),
      box(112, 35, 112.004, 35.01),
      box(112.003, 35, 112.006, 35.01),
    ]);
    const share = (...covering: number[]): number =>
      (rows.find(row => row.covering.join() === covering.join())?.areaM2 ?? 0) / 1_012_695.3;
    expect(rows).toHaveLength(4);
    expect(share(0)).toBeCloseTo(0.4, 6);
    expect(share(0, 1)).toBeCloseTo(0.3, 6);
    expect(share(0, 1, 2)).toBeCloseTo(0.1, 6);
    expect(share(0, 2)).toBeCloseTo(0.2, 6);
  });

  it('leaves holes out and agrees with the area of a slanted polygon', () => {
    const slanted: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [100, 30],
            [100.002, 30.0004],
            [100.0017, 30.002],
            [100.0003, 30.0016],
            [100, 30],
          ],
          [
            [100.0008, 30.0008],
            [100.0009, 30.0012],
            [100.0012, 30.0011],
            [100.0008, 30.0008],
          ],
        ],
      ],
    };
    const [row, ...others] = coverTable([slanted]);
    expect(others).toEqual([]);
    expect(row!.areaM2 / polygonAreaM2(slanted)).toBeCloseTo(1, 6);
  });

  it('finds the crossing of two polygons that share no corner', () => {
    const rows = coverTable([box(100, 30, 100.01, 30.003), box(100.004, 29.99, 100.006, 30.01)]);
    const both = rows.find(row => row.covering.length === 2)!;
    expect(both.areaM2 / polygonAreaM2(box(100.004, 30, 100.006, 30.003))).toBeCloseTo(1, 7);
  });
});
