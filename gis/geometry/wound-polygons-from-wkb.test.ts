import { describe, expect, it } from 'vitest';
import type { MultiPolygon } from '../types.ts';
import { encodeWkb } from './wkb.ts';
import { woundPolygonsFromWkb } from './wound-polygons-from-wkb.ts';

const wound: MultiPolygon = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [[112, 35], [112.02, 35], [112.02, 35.02], [112, 35.02], [112, 35]],
      [[112.01, 35.01], [112.01, 35.015], [112.015, 35.015], [112.015, 35.01], [112.01, 35.01]],
    ],
    [[[113, 35], [113.01, 35], [113, 35.01], [113, 35]]],
  ], // prettier-ignore
};
const unwound: MultiPolygon = {
  type: 'MultiPolygon',
  coordinates: wound.coordinates.map(rings => rings.map(ring => [...ring].reverse())),
};

describe('polygons from WKB, wound as RFC 7946 wants them', () => {
  it('keeps what is right and turns what is not, shells and holes', () => {
    expect(woundPolygonsFromWkb(encodeWkb(wound))).toEqual(wound);
    expect(woundPolygonsFromWkb(encodeWkb(unwound))).toEqual(wound);
  });

  it('reads a view into a larger buffer', () => {
    const bytes = encodeWkb(wound);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 7);
    expect(woundPolygonsFromWkb(larger.subarray(7))).toEqual(wound);
  });

  it('leaves headers with an SRID and broken bytes to the general decoder', () => {
    expect(woundPolygonsFromWkb(encodeWkb(unwound, 4326)).coordinates[1]?.[0]).toHaveLength(4);
    expect(() => woundPolygonsFromWkb(encodeWkb(wound).subarray(0, 100))).toThrow(/wkb-truncated/);
  });
});
