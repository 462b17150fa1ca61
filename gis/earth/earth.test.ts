import geodesic from 'geographiclib-geodesic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, Ring } from '../types.ts';
import { EARTH_AREA_M2 } from './ellipsoid.ts';
import { geodesicLine } from './geodesic.ts';
import { ringPerimeterM } from './polygon-area.ts';
import { ringAreaM2 } from './ring-area.ts';

const wgs84 = geodesic.Geodesic.WGS84;

/** The second method: Karney's own implementation. */
function karney(ring: Ring): { areaM2: number; perimeterM: number } {
  const polygon = wgs84.Polygon(false);
  for (const [lng, lat] of ring) polygon.AddPoint(lat, lng);
  const result = polygon.Compute(false, true);
  return { areaM2: result.area ?? Number.NaN, perimeterM: result.perimeter };
}

function expectSameArea(ring: Ring): void {
  const expected = karney(ring);
  const areaM2 = ringAreaM2(ring);
  // 0.3 m² a corner: the rounding of the reference itself, whose areas are counted from the equator.
  const tolerance = 1e-9 * Math.abs(expected.areaM2) + 0.3 * ring.length;
  const difference = Math.abs(areaM2 - expected.areaM2);
  expect(Math.min(difference, Math.abs(difference - EARTH_AREA_M2))).toBeLessThan(tolerance);
}

describe('geodesicLine', () => {
  it('agrees with GeographicLib for any pair of points', () => {
    const lng = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(lng, lat, lng, lat, (lng1, lat1, lng2, lat2) => {
        const expected = wgs84.Inverse(lat1, lng1, lat2, lng2).s12 ?? Number.NaN;
        expect(Math.abs(geodesicLine([lng1, lat1], [lng2, lat2]).distanceM - expected)).toBeLessThan(2e-7);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('agrees with GeographicLib for almost antipodal points', () => {
    const offset = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -89, max: 89, noNaN: true }), offset, offset, (lat, dLat, dLng) => {
        // Within a millimetre of the equator the reference leaves it too late, by up to 1e-5 m.
        fc.pre(Math.abs(lat) > 1e-8 && Math.abs(lat - dLat) > 1e-8);
        const p2: Position = [180 - dLng, Math.max(-90, Math.min(90, -lat + dLat))];
        const expected = wgs84.Inverse(lat, 0, p2[1], p2[0]).s12 ?? Number.NaN;
        expect(Math.abs(geodesicLine([0, lat], p2).distanceM - expected)).toBeLessThan(1e-6);
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});

describe('ringAreaM2', () => {
  it('agrees with GeographicLib for triangles of any size', () => {
    const point = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), ring => {
        // Between all but antipodal points the path itself hangs on the last digit of the input.
        fc.pre(ring.every((p, i) => geodesicLine(p, ring[(i + 1) % ring.length] ?? p).distanceM < 19_900_000));
        expectSameArea(ring);
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  it('agrees with GeographicLib for stars of any place and size, across the date line and round the poles', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 2, max: 7, noNaN: true }),
        fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 }),
        (lng, lat, decade, radii) => {
          const ring = radii.map((radius, i): Position => {
            const end = wgs84.Direct(lat, lng, (-360 * i) / radii.length, radius * Math.min(10 ** decade, 9.9e6));
            return [end.lon2 ?? 0, end.lat2 ?? 0];
          });
          expectSameArea(ring);
        },
      ),
      { numRuns: 3000, seed: 4 },
    );
  });

  it('measures the perimeter as GeographicLib does', () => {
    const ring: Ring = [
      [0, 89],
      [90, 89],
      [180, 89],
      [270, 89],
      [0, 89],
    ];
    expect(ringPerimeterM(ring)).toBeCloseTo(631819.8745280146, 6);
  });
});
