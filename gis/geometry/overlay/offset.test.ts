import { describe, expect, it } from 'vitest';
import { geodesicDistanceM } from '../../earth/geodesic.ts';
import { metresPerDegree } from '../../earth/local-scale.ts';
import { polygonAreaM2 } from '../../earth/polygon-area.ts';
import type { MultiPolygon, Polygon, Position } from '../../types.ts';
import { validatePolygonal } from '../validate.ts';
import { offsetPolygonal } from './offset.ts';

const AT = [102.3, 36.7] as const;
const scale = metresPerDegree(AT[1]);
const at = (x: number, y: number): Position => [AT[0] + x / scale.lng, AT[1] + y / scale.lat];
/** An L of 200 m by 200 m, 100 m wide. */
const bench: Polygon = {
  type: 'Polygon',
  coordinates: [[at(0, 0), at(200, 0), at(200, 100), at(100, 100), at(100, 200), at(0, 200), at(0, 0)]],
};

describe('metresPerDegree', () => {
  it('is what the geodesic measures', () => {
    for (const lat of [0, 25, 36.7, 53, 80]) {
      const near = metresPerDegree(lat);
      expect(geodesicDistanceM([10, lat], [10.001, lat]) / 0.001 / near.lng).toBeCloseTo(1, 7);
      expect(geodesicDistanceM([10, lat - 5e-4], [10, lat + 5e-4]) / 0.001 / near.lat).toBeCloseTo(1, 7);
    }
  });
});

describe('offset of a polygon', () => {
  it('grows by sides and round corners', () => {
    const grown = offsetPolygonal(bench, 10) as MultiPolygon;
    expect(validatePolygonal(grown)).toEqual([]);
    // Five corners turn out, one turns in: 30,000 m² + sides · 10 − the square at the inner corner + five quarter turns.
    const roundCorner = (32 / 8) * 100 * Math.sin((2 * Math.PI) / 32);
    expect(polygonAreaM2(grown)).toBeCloseTo(30_000 + 800 * 10 - 100 + 5 * roundCorner, -1);
    for (const corner of grown.coordinates[0]?.[0] ?? []) {
      const nearest = Math.min(...sidePoints().map(point => geodesicDistanceM(point, corner)));
      expect(nearest).toBeGreaterThan(9.9);
      expect(nearest).toBeLessThan(10.3);
    }
  });

  it('shrinks to a bench, to two parts where it is narrow, and to nothing', () => {
    const shrunk = offsetPolygonal(bench, -10) as MultiPolygon;
    expect(validatePolygonal(shrunk)).toEqual([]);
    expect(polygonAreaM2(shrunk)).toBeGreaterThan(30_000 - 8000 + 400);
    expect(polygonAreaM2(shrunk)).toBeLessThan(30_000 - 8000 + 600);
    const dumbbell: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [100, 0],
          [100, 45],
          [200, 45],
          [200, 0],
          [300, 0],
          [300, 100],
          [200, 100],
          [200, 55],
          [100, 55],
          [100, 100],
          [0, 100],
          [0, 0],
        ].map(([x, y]) => at(x as number, y as number)),
      ],
    };
    expect(offsetPolygonal(dumbbell, -8)?.coordinates).toHaveLength(2);
    expect(offsetPolygonal(bench, -60)?.coordinates).toEqual([]);
    expect(offsetPolygonal(bench, 0)?.coordinates).toHaveLength(1);
  });

  it('closes a hole that is narrower than the strip, and takes a border of two thousand corners', () => {
    const hole = [at(20, 20), at(20, 30), at(30, 30), at(30, 20), at(20, 20)];
    const ringed: Polygon = { type: 'Polygon', coordinates: [...bench.coordinates, hole] };
    expect(offsetPolygonal(ringed, 6)?.coordinates[0]).toHaveLength(1);
    expect(offsetPolygonal(ringed, 3)?.coordinates[0]).toHaveLength(2);
    const ring = Array.from({ length: 2000 }, (_, i): Position => {
      const angle = (2 * Math.PI * i) / 2000;
      const radius = 1000 + 5 * Math.sin(angle * 60);
      return at(radius * Math.cos(angle), radius * Math.sin(angle));
    });
    const grown = offsetPolygonal(
      { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] },
      10,
    ) as MultiPolygon;
    expect(validatePolygonal(grown)).toEqual([]);
    expect(polygonAreaM2(grown)).toBeGreaterThan(Math.PI * 1010 ** 2);
  });

  it('passes over notches that a border so far away does not follow', () => {
    // A square of 1000 m whose sides are saws: teeth 2 m wide and 5 m deep.
    const side = Array.from({ length: 1000 }, (_, i): readonly [number, number] => [i, i % 2 === 0 ? 0 : 5]);
    const saw = [
      ...side.map(([x, y]) => at(x, y)),
      ...side.map(([x, y]) => at(1000 - y, x)),
      ...side.map(([x, y]) => at(1000 - x, 1000 - y)),
      ...side.map(([x, y]) => at(y, 1000 - x)),
    ];
    const grown = offsetPolygonal({ type: 'Polygon', coordinates: [[...saw, saw[0] as Position]] }, 100);
    const square = [at(0, 0), at(1000, 0), at(1000, 1000), at(0, 1000), at(0, 0)];
    const plain = offsetPolygonal({ type: 'Polygon', coordinates: [square] }, 100);
    if (grown === undefined || plain === undefined) throw new Error('no offset');
    expect(validatePolygonal(grown)).toEqual([]);
    // Within half a percent of the distance all the way round.
    expect(Math.abs(polygonAreaM2(grown) - polygonAreaM2(plain))).toBeLessThan(0.005 * 100 * 4800);
    expect(grown.coordinates[0]?.[0]?.length).toBeLessThan(800);
  });
});

/** Points on the sides, at most two metres apart. */
function sidePoints(): Position[] {
  const ring = bench.coordinates[0] as readonly Position[];
  return ring.slice(1).flatMap((to, i) => {
    const from = ring[i] as Position;
    return Array.from({ length: 100 }, (_, k): Position => [
      from[0] + ((to[0] - from[0]) * k) / 100,
      from[1] + ((to[1] - from[1]) * k) / 100,
    ]);
  });
}
