import fc from 'fast-check';
import { difference, intersection, union, type Geom } from 'polyclip-ts';
import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../earth/polygon-area.ts';
import type { MultiPolygon, Polygon, Polygonal, Position } from '../../types.ts';
import { boxOf } from '../position/box.ts';
import { hasErrors, validatePolygonal } from '../validate.ts';
import { overlay, type OverlayOperation } from './overlay.ts';
import { splitByLine } from './split-by-line.ts';

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const withHole = (outer: Polygon, hole: Polygon): Polygon => ({
  type: 'Polygon',
  coordinates: [...outer.coordinates, [...(hole.coordinates[0] ?? [])].reverse()],
});

/** A star-shaped ring round a centre: never crosses itself. */
const star = (coarse: boolean) =>
  fc
    .record({
      centre: fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })),
      radii: fc.array(fc.integer({ min: 4, max: 40 }), { minLength: 3, maxLength: 24 }),
    })
    .map(({ centre, radii }): Polygon => {
      const ring = radii.map((radius, i): Position => {
        const angle = (2 * Math.PI * i) / radii.length;
        const place = (value: number): number => (coarse ? Math.round(value) : value) * 1e-4;
        return [102 + place(centre[0] + radius * Math.cos(angle)), 25 + place(centre[1] + radius * Math.sin(angle))];
      });
      return { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
    })
    .filter(polygon => !hasErrors(validatePolygonal(polygon)));
const pairs = fc.boolean().chain(coarse => fc.tuple(star(coarse), star(coarse)));

const areaOf = (geometry: Polygonal | undefined): number => {
  expect(geometry).toBeDefined();
  return polygonAreaM2(geometry as Polygonal);
};
const run = (a: Polygonal, b: Polygonal, operation: OverlayOperation): MultiPolygon => {
  const result = overlay(a, b, operation) as MultiPolygon;
  if (result.coordinates.length > 0) expect(validatePolygonal(result)).toEqual([]);
  return result;
};
/** Crossing points are rounded by half of 0.1 mm along borders of up to some 20 km. */
const TOLERANCE_M2 = 2;

describe('overlay of two polygons', () => {
  it('joins, cuts and meets as the areas say', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [areaA, areaB] = [polygonAreaM2(a), polygonAreaM2(b)];
        const both = areaOf(run(a, b, 'intersection'));
        expect(Math.abs(areaOf(run(a, b, 'union')) - (areaA + areaB - both))).toBeLessThan(TOLERANCE_M2);
        expect(Math.abs(areaOf(run(a, b, 'difference')) - (areaA - both))).toBeLessThan(TOLERANCE_M2);
        expect(areaOf(run(run(a, b, 'difference'), b, 'intersection'))).toBeLessThan(TOLERANCE_M2);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no needle along an edge whose crossing it rounded before', () => {
    const drawing: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [112.339376125, 34.805879762],
          [112.339048399, 34.804559544],
          [112.34187635, 34.804615418],
          [112.3415943, 34.8061715],
          [112.339376125, 34.805879762],
        ],
      ],
    };
    const other = box(112.340462375, 34.804559544, 112.343290326, 34.8061715);
    const left = run(drawing, run(drawing, other, 'intersection'), 'difference');
    expect(boxOf(left)?.[2]).toBe(112.340462375);
    expect(boxOf(run(other, run(drawing, other, 'intersection'), 'difference'))?.[0]).toBe(112.340462375);
    expect(run(run(drawing, other, 'union'), other, 'difference').coordinates).toHaveLength(1);
  });

  it('agrees with a library that goes another way', () => {
    const theirs = { union, intersection, difference };
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom<OverlayOperation>('union', 'intersection', 'difference'),
        ([a, b], operation) => {
          const geometries = [a, b].map(polygon => polygon.coordinates as unknown as Geom) as [Geom, Geom];
          const expected = theirs[operation](...geometries) as unknown as MultiPolygon['coordinates'];
          const area = expected.length === 0 ? 0 : polygonAreaM2({ type: 'MultiPolygon', coordinates: expected });
          expect(Math.abs(areaOf(run(a, b, operation)) - area)).toBeLessThan(TOLERANCE_M2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps holes, fills what another covers, and leaves nothing of a polygon under itself', () => {
    const ringed = withHole(box(0, 0, 0.003, 0.003), box(0.001, 0.001, 0.002, 0.002));
    expect(run(ringed, box(0.001, 0.001, 0.002, 0.002), 'union').coordinates).toHaveLength(1);
    expect(run(ringed, box(0.001, 0.001, 0.002, 0.002), 'union').coordinates[0]).toHaveLength(1);
    expect(run(ringed, ringed, 'difference').coordinates).toEqual([]);
    expect(run(ringed, box(0.0012, 0.0012, 0.0018, 0.0018), 'intersection').coordinates).toEqual([]);
    expect(run(box(0, 0, 1e-3, 1e-3), box(1e-3, 0, 2e-3, 1e-3), 'union').coordinates[0]?.[0]).toHaveLength(7);
  });
});

describe('splitting by a line', () => {
  const square = box(102, 25, 102.004, 25.004);
  const total = polygonAreaM2(square);
  const pieces = (polygon: Polygonal, ...line: Position[]): Polygon[] => {
    const found = splitByLine(polygon, line) as Polygon[];
    for (const piece of found) expect(validatePolygonal(piece)).toEqual([]);
    return found;
  };

  it('gives pieces that tile the polygon', () => {
    fc.assert(
      fc.property(
        star(false),
        fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 })), {
          minLength: 2,
          maxLength: 6,
        }),
        (polygon, line) => {
          const found = pieces(polygon, ...line.map(([x, y]): Position => [102 + x * 1e-4, 25 + y * 1e-4]));
          const sum = found.reduce((area, piece) => area + polygonAreaM2(piece), 0);
          expect(Math.abs(sum - polygonAreaM2(polygon))).toBeLessThan(TOLERANCE_M2);
          found.forEach((piece, i) => {
            for (const other of found.slice(i + 1)) {
              expect(areaOf(run(piece, other, 'intersection'))).toBeLessThan(1e-3);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cuts in two, in four where the line crosses itself, and round an island in the line', () => {
    expect(pieces(square, [102.002, 24.999], [102.002, 25.005])).toHaveLength(2);
    expect(
      pieces(square, [102.002, 24.999], [102.002, 25.005], [102.005, 25.005], [102.005, 25.002], [101.999, 25.002]),
    ).toHaveLength(4);
    const loop: Position[] = [
      [102.001, 25.001],
      [102.002, 25.001],
      [102.002, 25.002],
      [102.001, 25.001],
    ];
    const [outer, inner] = pieces(square, ...loop).sort((a, b) => polygonAreaM2(b) - polygonAreaM2(a));
    expect(outer?.coordinates).toHaveLength(2);
    expect(polygonAreaM2(outer as Polygon) + polygonAreaM2(inner as Polygon)).toBeCloseTo(total, 3);
  });

  it('leaves dead ends out, and a bridge to a hole', () => {
    expect(pieces(square, [102.001, 24.999], [102.001, 25.002])).toEqual([square]);
    const ringed = withHole(square, box(102.001, 25.001, 102.003, 25.003));
    expect(pieces(ringed, [102.002, 24.999], [102.002, 25.002])).toEqual([ringed]);
    expect(pieces(ringed, [102.002, 24.999], [102.002, 25.005])).toHaveLength(2);
    expect(pieces(square, [103, 25], [104, 25])).toEqual([square]);
  });
});
