import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../types.ts';
import { ISSUE_MESSAGES } from './issue-messages.ts';
import { normalisePolygonal } from './normalise.ts';
import { box, polygon } from './rings.fixture.ts';

describe('normalisePolygonal', () => {
  it('drops heights, closes, rewinds, drops repeated points and snaps, and says so', () => {
    const { geometry, repairs } = normalisePolygonal(
      polygon(
        [
          [110, 30, 5],
          [110, 31, 5],
          [110, 31, 5],
          [111.00000000049, 31, 5],
          [111, 30, 5],
        ],
        box(110.2, 30.2, 110.4, 30.4),
      ),
    );
    expect(repairs).toEqual([
      'dropped-z',
      'closed-ring',
      'removed-repeated-points',
      'rewound-ring',
      'snapped-coordinates',
    ]);
    expect(geometry.coordinates[0]?.[0]).toEqual([
      [110, 30],
      [111, 30],
      [111, 31],
      [110, 31],
      [110, 30],
    ]);
    expect(geometry.coordinates[0]?.[1]?.[1]).toEqual([110.2, 30.4]);
    for (const code of repairs) expect(ISSUE_MESSAGES[code]).toBeDefined();
  });

  describe('changes nothing the second time', () => {
    const onGlobe = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    const finest = fc.integer({ min: -9, max: 9 }).map(steps => steps * 1e-9);
    it.each([
      ['anywhere', onGlobe],
      ['in rings as fine as the grid, many without area', fc.tuple(finest, finest)],
    ])('%s', (_, point) => {
      const rings = fc.array(fc.array(point, { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(rings, coordinates => {
          const once = normalisePolygonal({ type: 'Polygon', coordinates });
          const twice = normalisePolygonal(once.geometry);
          expect(twice.geometry).toEqual(once.geometry);
          expect(twice.repairs.filter(code => code !== 'closed-ring')).toEqual([]);
        }),
        { numRuns: 500 },
      );
    });
  });

  it('leaves a ring without area as it came, though rounding sees some in it', () => {
    const onGrid = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
    const apart = { minLength: 3, maxLength: 6, selector: String };
    fc.assert(
      fc.property(fc.uniqueArray(onGrid, apart), fc.constantFrom(1e9, 1e4, 10), (path, perDegree) => {
        const there = path.map(([x, y]): Position => [x / perDegree, y / perDegree]);
        const ring = [...there, ...there.toReversed().slice(1)];
        expect(normalisePolygonal(polygon(ring))).toEqual({
          geometry: { type: 'MultiPolygon', coordinates: [[ring.map(at => at.map(degrees => degrees || 0))]] },
          repairs: [],
        });
      }),
    );
  });

  it('takes numbers that are no degrees as they are', () => {
    for (const wild of [1e300, -Infinity, Number.NaN, 4.1e7])
      expect(
        normalisePolygonal(
          polygon([
            [0, 0],
            [1, wild],
            [wild, 1],
            [0, 0],
          ]),
        ).geometry.coordinates,
      ).toHaveLength(1);
  });
});
