import geodesic from 'geographiclib-geodesic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, Ring } from '../types.ts';
import { GisError } from '../errors.ts';
import { cellAreaM2, rowCellAreasM2 } from './cell-area.ts';
import { EARTH_AREA_M2 } from './ellipsoid.ts';
import { geodesicLine } from './geodesic.ts';
import { polygonAreaM2, polygonPerimeterM, ringPerimeterM } from './polygon-area.ts';
import { flatRingAreaM2, ringAreaM2 } from './ring-area.ts';

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
      { numRuns: 1000 },
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
      { numRuns: 1000 },
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
      { numRuns: 1000 },
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
      { numRuns: 1000 },
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

describe('lengths', () => {
  it('of rings of any place and size are those of GeographicLib to 1e-9', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 7, noNaN: true }),
        fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
        (lng, lat, decade, radii) => {
          const ring = radii.map((radius, i): Position => {
            const end = wgs84.Direct(lat, lng, (-360 * i) / radii.length, radius * Math.min(10 ** decade, 9.9e6));
            return [end.lon2 ?? 0, end.lat2 ?? 0];
          });
          const expected = karney(ring).perimeterM;
          // 4 nm a corner: what is left of degrees in doubles.
          expect(Math.abs(ringPerimeterM(ring) - expected)).toBeLessThan(1e-9 * expected + 4e-9 * ring.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('count holes and parts, and close what is open', () => {
    const ring: Ring = [
      [179.9, 10],
      [-179.9, 10],
      [-179.9, 10.2],
      [179.9, 10.2],
    ];
    const { perimeterM } = karney(ring);
    expect(ringPerimeterM(ring)).toBeCloseTo(perimeterM, 6);
    expect(ringPerimeterM([...ring, ring[0] as Position])).toBeCloseTo(perimeterM, 6);
    expect(polygonPerimeterM({ type: 'MultiPolygon', coordinates: [[ring, ring], [ring]] })).toBeCloseTo(
      3 * perimeterM,
      5,
    );
  });
});

describe('great polygons', () => {
  /** A ring along a parallel, eastwards; its edges are geodesics, which lie a little poleward of it. */
  const along = (lat: number, corners: number): Position[] =>
    Array.from({ length: corners }, (_, i): Position => [-180 + (360 * i) / corners, lat]);

  it.each([
    ['a cap of a metre round the pole', along(89.99999, 5)],
    ['a cap round the south pole', along(-89.2, 7)],
    ['all beyond the polar circle', along(66.56, 360)],
    ['almost the northern hemisphere', along(0.001, 400)],
    ['almost the southern hemisphere', along(-0.001, 400)],
    [
      'a lune through both poles',
      [
        [0, 90],
        [10, 0],
        [0, -90],
        [-10, 0],
      ] as Position[],
    ],
    [
      'half of the Earth by a meridian',
      [
        [0, -89.9],
        [90, -89.9],
        [179, -60],
        [179, 60],
        [90, 89.9],
        [0, 89.9],
        [-0.5, 0],
      ] as Position[],
    ],
    [
      'a strip over the date line',
      [
        [170, -20],
        [-170, -21],
        [-169, 20],
        [171, 22],
      ] as Position[],
    ],
    [
      'from pole to pole over the date line',
      [
        [175, -88],
        [-175, -87],
        [-176, 88],
        [176, 87],
      ] as Position[],
    ],
  ])('%s: area and length are those of GeographicLib to 1e-9', (_, ring) => {
    expectSameArea(ring);
    const { perimeterM, areaM2 } = karney(ring);
    expect(Math.abs(ringPerimeterM(ring) / perimeterM - 1)).toBeLessThan(1e-9);
    // The other way round it is the same land.
    const size = Math.abs(ringAreaM2(ring.toReversed()));
    const expected = Math.min(Math.abs(areaM2), EARTH_AREA_M2 - Math.abs(areaM2));
    expect(Math.abs(size - expected)).toBeLessThan(1e-9 * expected + 0.3 * ring.length);
  });
});

describe('one definition of area', () => {
  it('holds for geometry, for the cells of rasters, and for what the editor shows', () => {
    const [west, south, east, north] = [116.2, 33.8, 116.26, 33.85];
    // Cells follow the parallels; so does a ring that has a corner at each of them.
    const columns = 6000;
    const steps = Array.from({ length: columns + 1 }, (_, i) => west + ((east - west) * i) / columns);
    const ring: Position[] = [
      ...steps.map((lng): Position => [lng, south]),
      ...steps.toReversed().map((lng): Position => [lng, north]),
    ];
    const cells = rowCellAreasM2(north, (north - south) / 500, (east - west) / columns, 500);
    const ofCells = cells.reduce((sum, areaM2) => sum + areaM2 * columns, 0);
    const closed = [...ring, ring[0] as Position];
    const ofPolygon = polygonAreaM2({ type: 'Polygon', coordinates: [closed] });
    expect(Math.abs(ofCells / ofPolygon - 1)).toBeLessThan(1e-9);
    expect(Math.abs(cellAreaM2(west, south, east, north) / ofPolygon - 1)).toBeLessThan(1e-9);
    expect(Math.abs(ofPolygon / Math.abs(karney(ring).areaM2) - 1)).toBeLessThan(1e-9);
    const packed = Float64Array.from(closed.flat());
    expect(Math.abs(flatRingAreaM2(packed, 0, closed.length))).toBe(ofPolygon);
  });
});

describe('cellAreaM2', () => {
  it('tiles the Earth exactly', () => {
    let sum = 0;
    for (const areaM2 of rowCellAreasM2(90, 0.5, 0.5, 360)) sum += areaM2 * 720;
    expect(Math.abs(sum / EARTH_AREA_M2 - 1)).toBeLessThan(1e-14);
    // Karney: the area of the WGS 84 ellipsoid.
    expect(EARTH_AREA_M2).toBeCloseTo(510_065_621_724_088.5, -1);
  });

  it('is the limit of a polygon whose sides follow the parallels', () => {
    const steps = 4000;
    const south = Array.from({ length: steps }, (_, i): Position => [110 + i / steps, 35]);
    const north = Array.from({ length: steps }, (_, i): Position => [111 - i / steps, 36]);
    const areaM2 = cellAreaM2(110, 35, 111, 36);
    expect(Math.abs(ringAreaM2([...south, [111, 35], ...north, [110, 36]]) / areaM2 - 1)).toBeLessThan(1e-9);
  });

  it('keeps its digits for cells of a centimetre', () => {
    const small = cellAreaM2(110, 35, 110 + 1e-7, 35 + 1e-7);
    const large = cellAreaM2(110, 35, 110.0001, 35.0001);
    expect(Math.abs((small * 1e6) / large - 1)).toBeLessThan(1e-6);
  });
});

describe('polygonAreaM2', () => {
  const square = (west: number, south: number, side: number): Position[] => [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ];
  it('takes holes away whichever way they are wound, and adds parts', () => {
    const shell = square(110, 35, 0.01);
    const hole = square(110.002, 35.002, 0.004);
    const expected = Math.abs(ringAreaM2(shell)) - Math.abs(ringAreaM2(hole));
    for (const rings of [
      [shell, hole],
      [shell, [...hole].reverse()],
      [[...shell].reverse(), hole],
    ]) {
      expect(polygonAreaM2({ type: 'Polygon', coordinates: rings })).toBeCloseTo(expected, 6);
      expect(polygonAreaM2({ type: 'MultiPolygon', coordinates: [rings, [shell]] })).toBeCloseTo(
        expected + Math.abs(ringAreaM2(shell)),
        6,
      );
    }
    expect(polygonAreaM2({ type: 'MultiPolygon', coordinates: [] })).toBe(0);
  });

  it('measures a ring digitised finely on one side as one digitised coarsely plus the bulge between them', () => {
    // A point on the geodesic itself changes nothing; one on the chord in degrees would, by 13 m².
    const line = wgs84.InverseLine(40, 110, 40, 110.01);
    const middle = line.Position(line.s13 / 2);
    const coarse: Ring = [
      [110, 40],
      [110.01, 40],
      [110.005, 40.005],
      [110, 40],
    ];
    const fine: Ring = [[110, 40], [middle.lon2 ?? 0, middle.lat2 ?? 0], ...coarse.slice(1)];
    expect(Math.abs(ringAreaM2(fine) - ringAreaM2(coarse))).toBeLessThan(1e-3);
  });

  it('refuses coordinates that are no numbers', () => {
    expect(() =>
      ringAreaM2([
        [0, 0],
        [1, Number.NaN],
        [1, 1],
      ]),
    ).toThrow(GisError);
  });
});
