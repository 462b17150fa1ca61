import { expect, it } from 'vitest';
import { boxOf } from '../../../../gis/geometry/position/box.ts';
import type { Box, MultiPolygon } from '../../../../gis/types.ts';
import { findNeighbours } from './neighbours.ts';
import { RowStore } from './row-store.ts';

const square = (west: number, south: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [west + 0.001, south],
        [west + 0.001, south + 0.001],
        [west, south + 0.001],
        [west, south],
      ],
    ],
  ],
});

it('takes every row for one that meets others where not all pairs could be compared', () => {
  const store = new RowStore();
  const squares = [square(112, 35), square(112.0005, 35), square(112.0008, 35), square(113, 35)];
  squares.forEach((geometry, index) => store.add(index + 1, geometry, boxOf(geometry) as Box));
  const whole = findNeighbours(store, true);
  expect([...whole.meeting].toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  const cut = findNeighbours(store, true, 1);
  expect(cut.findings.map(({ code }) => code)).toContain('overlaps-not-checked');
  expect([...cut.meeting].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
});
