import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../earth/polygon-area.ts';
import { GisError } from '../errors.ts';
import type { MultiPolygon, Polygonal, Position, Ring } from '../types.ts';
import { assemblePolygons } from './assemble.ts';
import { ISSUE_MESSAGES, issueMessage } from './issue-messages.ts';
import { contains } from './position/locate.ts';
import type { LoosePolygonal } from './normalise.ts';
import { packGeometry, unpackPolygons } from './packed.ts';
import { pointOnSurface } from './position/point-on-surface.ts';
import { splitAtDateLine } from './repair/date-line.ts';
import { repairPolygonal } from './repair/repair-polygonal.ts';
import { box, polygon } from './rings.fixture.ts';
import { validatePolygonal } from './validate.ts';
import { decodeWkb, encodeWkb, polygonsFromWkb } from './wkb.ts';

const multi = (...parts: Ring[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: parts });
const codes = (geometry: LoosePolygonal): string[] => validatePolygonal(geometry).map(({ code }) => code);
const bowTie: Ring = [
  [110, 30],
  [112, 32],
  [112, 30],
  [110, 32],
  [110, 30],
];

describe('validatePolygonal', () => {
  it('finds nothing wrong with a square, wound either way, with a hole, and with an island in the hole', () => {
    expect(codes(polygon(box(110, 30, 111, 31)))).toEqual([]);
    expect(codes(polygon([...box(110, 30, 111, 31)].reverse()))).toEqual([]);
    expect(codes(multi([box(0, 0, 9, 9), box(1, 1, 8, 8)], [box(2, 2, 7, 7)]))).toEqual([]);
  });

  it('points at the place where a ring crosses itself', () => {
    const issues = validatePolygonal(polygon(bowTie));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'ring-crosses-itself', severity: 'error', position: [111, 31] });
  });

  it.each<[string, LoosePolygonal]>([
    ['geometry-empty', { type: 'MultiPolygon', coordinates: [] }],
    ['geometry-empty', polygon()],
    [
      'ring-too-short',
      polygon([
        [110, 30],
        [111, 31],
        [110, 30],
      ]),
    ],
    ['ring-not-closed', polygon(box(110, 30, 111, 31).slice(0, -1))],
    ['repeated-points', polygon([[110, 30], [110, 30], ...box(110, 30, 111, 31).slice(1)])],
    [
      'position-not-finite',
      polygon([
        [110, 30],
        [Number.NaN, 31],
        [112, 30],
        [110, 30],
      ]),
    ],
    ['position-out-of-world', polygon(box(110, 85, 111, 95))],
    ['coordinates-in-metres', polygon(box(39438683, 3751508, 39438783, 3751608))],
    ['coordinates-swapped', polygon(box(30, 110, 31, 111))],
    [
      'crosses-date-line',
      polygon([
        [179, 10],
        [-179, 10],
        [-179, 11],
        [179, 11],
        [179, 10],
      ]),
    ],
    ['crosses-date-line', polygon(box(179, 10, 181, 11))],
    [
      'ring-touches-itself',
      polygon([
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
        [0, 0],
      ]),
    ],
    [
      'ring-retraces-itself',
      polygon([
        [0, 0],
        [4, 0],
        [4, 4],
        [4, 6],
        [4, 4],
        [0, 4],
        [0, 0],
      ]),
    ],
    ['hole-outside-shell', polygon(box(0, 0, 4, 4), box(6, 6, 7, 7))],
    ['hole-crosses-shell', polygon(box(0, 0, 4, 4), box(3, 1, 5, 2))],
    ['holes-overlap', polygon(box(0, 0, 9, 9), box(1, 1, 4, 4), box(3, 3, 6, 6))],
    ['holes-overlap', polygon(box(0, 0, 9, 9), box(1, 1, 6, 6), box(2, 2, 4, 4))],
    ['rings-share-edge', polygon(box(0, 0, 4, 4), box(0, 1, 2, 2))],
    [
      'interior-disconnected',
      polygon(box(0, 0, 4, 4), [
        [2, 0],
        [3, 2],
        [2, 4],
        [1, 2],
        [2, 0],
      ]),
    ],
    ['parts-overlap', multi([box(0, 0, 4, 4)], [box(2, 2, 6, 6)])],
    ['parts-overlap', multi([box(0, 0, 9, 9)], [box(2, 2, 4, 4)])],
    ['parts-share-edge', multi([box(0, 0, 4, 4)], [box(4, 0, 8, 4)])],
  ])('recognises %s', (code, geometry) => {
    expect(codes(geometry)).toContain(code);
  });

  it('tells swapped from far by the box it is given', () => {
    const hintBox = [35, 20, 36, 21] as const;
    expect(validatePolygonal(polygon(box(20.2, 35.2, 20.4, 35.4)), { hintBox })[0]?.code).toBe('coordinates-swapped');
    expect(validatePolygonal(polygon(box(60, 60, 61, 61)), { hintBox })[0]?.code).toBe('far-from-expected');
    expect(validatePolygonal(polygon(box(35.2, 20.2, 35.4, 20.4)), { hintBox })).toEqual([]);
  });

  it('keeps to its limits', () => {
    expect(validatePolygonal(polygon(box(0, 0, 1, 1)), { maxVertices: 4 })[0]).toMatchObject({
      code: 'too-many-vertices',
      params: { count: 5, limit: 4 },
    });
    const comb = Array.from({ length: 300 }, (_, i): Position => [i % 2 === 0 ? 0 : 1, ((i * 7919) % 300) / 10]);
    const issues = validatePolygonal(polygon([...comb, comb[0] as Position]), { maxIssues: 7 });
    expect(issues).toHaveLength(7);
  });

  it('judges a ring of 100 000 vertices before its time is over', () => {
    const ring = Array.from({ length: 99_999 }, (_, i): Position => {
      const radius = 1 + 0.001 * Math.sin(i * 12.9898) * Math.cos(i / 50);
      const angle = (2 * Math.PI * i) / 99_999;
      return [110 + radius * Math.cos(angle), 35 + radius * Math.sin(angle)];
    });
    expect(codes(polygon([...ring, ring[0] as Position]))).toEqual([]);
  });

  it('words every code that it gives, in both languages', () => {
    const bad = [polygon(bowTie), polygon(box(179, 10, 181, 11)), polygon(box(0, 0, 4, 4), box(6, 6, 7, 7))];
    for (const { code, params } of bad.flatMap(geometry => validatePolygonal(geometry))) {
      expect(issueMessage(code, params).en).not.toContain('{');
      expect(issueMessage(code, params).zh).not.toBe(code);
    }
    for (const [code, { en, zh }] of Object.entries(ISSUE_MESSAGES)) {
      const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '').sort();
      expect({ code, names: names(zh) }).toEqual({ code, names: names(en) });
    }
  });
});

describe('repairPolygonal', () => {
  it('makes two triangles of a bow tie', () => {
    const repaired = repairPolygonal({ type: 'Polygon', coordinates: [bowTie] });
    expect(repaired?.coordinates).toHaveLength(2);
    expect(validatePolygonal(repaired as MultiPolygon)).toEqual([]);
  });

  it('joins parts that overlap or adjoin, and leaves holes', () => {
    expect(repairPolygonal(multi([box(0, 0, 4, 4)], [box(4, 0, 8, 4)]))?.coordinates).toHaveLength(1);
    const joined = repairPolygonal(multi([box(0, 0, 6, 6), box(1, 1, 3, 3)], [box(5, 5, 9, 9)]));
    expect(joined?.coordinates.map(rings => rings.length)).toEqual([2]);
    expect(contains(joined as MultiPolygon, [2, 2])).toBe(false);
  });

  it('cuts at the date line', () => {
    const across: Polygonal = {
      type: 'Polygon',
      coordinates: [
        [
          [179, 10],
          [-179, 10],
          [-179, 11],
          [179, 11],
          [179, 10],
        ],
      ],
    };
    const cut = splitAtDateLine(across);
    expect(cut?.coordinates).toHaveLength(2);
    expect(repairPolygonal(across)).toEqual(cut);
    // The cut edges follow the parallels' chords, not their geodesics: the same ground to 1e-4.
    expect(Math.abs(polygonAreaM2(cut as MultiPolygon) / polygonAreaM2(across) - 1)).toBeLessThan(1e-4);
  });

  it('leaves units and order to the author, and nothing of a line', () => {
    expect(repairPolygonal({ type: 'Polygon', coordinates: [box(30, 110, 31, 111)] })).toBeUndefined();
    expect(
      repairPolygonal(
        multi([
          [
            [0, 0],
            [1, 1],
            [2, 2],
            [0, 0],
          ],
        ]),
      ),
    ).toBeUndefined();
  });

  it('always proposes something valid', () => {
    const coordinate = fc.integer({ min: 0, max: 9 });
    const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), parts => {
        const coordinates = parts.map(rings => rings.map(open => [...open, open[0] as [number, number]]));
        const repaired = repairPolygonal({ type: 'MultiPolygon', coordinates });
        if (repaired !== undefined) expect(validatePolygonal(repaired)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('assemblePolygons', () => {
  it('finds shells, holes and islands whatever their order', () => {
    const rings = [box(3, 3, 5, 5), box(0, 0, 9, 9), box(20, 0, 21, 1), box(1, 1, 8, 8)];
    for (const order of [rings, [...rings].reverse()]) {
      const { coordinates } = assemblePolygons(order);
      expect(coordinates.map(part => part.length).sort((a, b) => a - b)).toEqual([1, 1, 2]);
      expect(validatePolygonal({ type: 'MultiPolygon', coordinates })).toEqual([]);
    }
  });
});

describe('contains and pointOnSurface', () => {
  const ring = multi([box(0, 0, 9, 9), box(1, 1, 8, 8)], [box(3, 3, 5, 5)]);
  it('knows holes, islands and boundaries', () => {
    expect(contains(ring, [0.5, 0.5])).toBe(true);
    expect(contains(ring, [2, 2])).toBe(false);
    expect(contains(ring, [4, 4])).toBe(true);
    expect(contains(ring, [8, 4])).toBe(true);
    expect(contains(ring, [9.1, 4])).toBe(false);
  });
  it('puts the label inside', () => {
    for (const geometry of [ring, multi([box(0, 0, 9, 9), box(1, 1, 8, 8)]), multi([box(0, 0, 1e-6, 1e-6)])]) {
      expect(contains(geometry, pointOnSurface(geometry) as Position)).toBe(true);
    }
    expect(pointOnSurface(multi())).toBeUndefined();
  });
});

describe('WKB', () => {
  const geometry = multi([box(0, 0, 9, 9), box(1, 1, 8, 8)], [box(3, 3, 5, 5)]);
  const bytesOf = (hex: string): Uint8Array =>
    Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16));

  it('comes back as it was written', () => {
    expect(polygonsFromWkb(encodeWkb(geometry, 4326))).toEqual(geometry);
    expect(decodeWkb(encodeWkb(geometry, 4326)).srid).toBe(4326);
    expect(unpackPolygons(packGeometry(geometry))).toEqual(geometry);
    expect([
      ...decodeWkb(
        encodeWkb({
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        }),
      ).positions,
    ]).toEqual([1, 2, 3, 4]);
    expect([...decodeWkb(encodeWkb({ type: 'Point', coordinates: [1, 2] }, 4490)).positions]).toEqual([1, 2]);
  });

  it('reads what PostGIS writes: EWKB with Z, big-endian WKB, ISO WKB with Z, an empty polygon', () => {
    // SELECT 'SRID=4326;POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))'::geometry
    const ewkb =
      '01030000A0E610000001000000040000000000000000000000000000000000000000000000000014400000' +
      '00000000F03F00000000000000000000000000001440000000000000F03F000000000000F03F0000000000' +
      '001440000000000000000000000000000000000000000000001440';
    expect(polygonsFromWkb(bytesOf(ewkb)).coordinates).toEqual([
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    ]);
    const iso = ewkb.replace('01030000A0E6100000', '01EB030000');
    expect(polygonsFromWkb(bytesOf(iso)).coordinates[0]?.[0]).toHaveLength(4);
    // ST_AsBinary('POINT(1 2)', 'XDR')
    expect([...decodeWkb(bytesOf('00000000013FF00000000000004000000000000000')).positions]).toEqual([1, 2]);
    expect(polygonsFromWkb(bytesOf('010300000000000000')).coordinates).toEqual([]);
  });

  it('refuses lines and bytes that end early or promise too much', () => {
    const thrown = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return error instanceof GisError ? error.code : String(error);
      }
      return 'nothing';
    };
    expect(thrown(() => decodeWkb(bytesOf('010200000000000000')))).toBe('wkb-unsupported');
    expect(thrown(() => decodeWkb(bytesOf('0103000000ffffffff')))).toBe('wkb-truncated');
    const whole = encodeWkb(geometry);
    for (let length = 0; length < whole.length; length += 7) {
      expect(thrown(() => decodeWkb(whole.subarray(0, length)))).toBe('wkb-truncated');
    }
    expect(thrown(() => polygonsFromWkb(encodeWkb({ type: 'Point', coordinates: [1, 2] })))).toBe(
      'geometry-not-polygonal',
    );
  });
});
