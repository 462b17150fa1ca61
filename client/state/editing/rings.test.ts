import { describe, expect, it } from 'vitest';
import type { MultiPolygon, Polygonal } from '../../../gis/types.ts';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { asDrawn, openRing, toPolygonal, toRings } from './rings.ts';

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

/** Two parts, the first with a hole. */
const LAND: MultiPolygon = {
  type: 'MultiPolygon',
  coordinates: [[square(112, 35, 0.01), square(112.003, 35.003, 0.002)], [square(112.02, 35, 0.005)]],
};

const counter = (): (() => string) => {
  let next = 0;
  return () => `r${next++}`;
};

describe('rings of a drawing', () => {
  it('takes a multipolygon with a hole apart and puts it together again, to the square metre', () => {
    const rings = toRings(LAND, counter());
    expect(rings.map(ring => [ring.id, ring.role, ring.positions.length])).toEqual([
      ['r0', 'outer', 4],
      ['r1', 'hole', 4],
      ['r2', 'outer', 4],
    ]);
    const again = toPolygonal(rings) as Polygonal;
    expect(again.coordinates).toHaveLength(2);
    expect(polygonAreaM2(again)).toBeCloseTo(polygonAreaM2(LAND), 2);
  });

  it('joins outlines that overlap and takes out a hole that sticks out', () => {
    const rings = [
      { id: 'a', role: 'outer' as const, positions: openRing(square(112, 35, 0.01)) },
      { id: 'b', role: 'outer' as const, positions: openRing(square(112.005, 35, 0.01)) },
      { id: 'c', role: 'hole' as const, positions: openRing(square(112.012, 35.002, 0.01)) },
    ];
    const joined = toPolygonal(rings);
    expect(joined?.coordinates).toHaveLength(1);
    const cell = polygonAreaM2({ type: 'Polygon', coordinates: [square(112, 35, 0.001)] });
    // 15 × 10 small squares, less 3 × 8 that the hole covers.
    expect(polygonAreaM2(joined as Polygonal) / cell).toBeCloseTo(150 - 24, 1);
  });

  it('leaves crossings alone where validation has to see them', () => {
    const bowTie = {
      id: 'a',
      role: 'outer' as const,
      positions: [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ] as [number, number][],
    };
    expect(asDrawn([bowTie])?.coordinates[0]?.[0]).toHaveLength(5);
  });

  it('puts a hole under the part that contains it', () => {
    const rings = toRings(LAND, counter());
    const [first, hole, second] = rings;
    const drawn = asDrawn([second, hole, first].filter(ring => ring !== undefined));
    expect(drawn?.coordinates.map(part => part.length)).toEqual([1, 2]);
  });

  it('rounds to the grid of the ledger and drops what falls together', () => {
    expect(
      openRing([
        [1.0000000001, 2],
        [1, 2],
        [1.5, 2],
        [1.5, 3],
        [1, 2],
      ]),
    ).toEqual([
      [1, 2],
      [1.5, 2],
      [1.5, 3],
    ]);
  });

  it('says that nothing is left when a hole covers all', () => {
    const [outer] = toRings({ type: 'Polygon', coordinates: [square(0, 0, 1)] }, counter());
    const hole = { id: 'h', role: 'hole' as const, positions: openRing(square(-1, -1, 3)) };
    expect(toPolygonal([outer, hole].filter(ring => ring !== undefined))?.coordinates).toEqual([]);
  });
});
