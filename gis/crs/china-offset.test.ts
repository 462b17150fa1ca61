import { describe, expect, it } from 'vitest';
import { fromOffset, toOffset } from './china-offset.ts';

describe('the offsets of web maps', () => {
  it('shifts Beijing as published', () => {
    const [lng, lat] = toOffset([116.404, 39.915], 'GCJ-02');
    expect(lng).toBeCloseTo(116.41024449916938, 6);
    expect(lat).toBeCloseTo(39.91640428150164, 6);
    const [bdLng, bdLat] = toOffset([116.404, 39.915], 'BD-09');
    expect(bdLng).toBeCloseTo(116.41662724378733, 5);
    expect(bdLat).toBeCloseTo(39.922699552216216, 5);
  });

  it('shifts for Baidu as published', () => {
    // The public formulas' own example: 116.404, 39.915 as GCJ-02.
    const place = fromOffset([116.404, 39.915], 'GCJ-02');
    const [lng, lat] = toOffset(place, 'BD-09');
    expect(lng).toBeCloseTo(116.41036949371029, 9);
    expect(lat).toBeCloseTo(39.92133699351021, 9);
    // And 116.404, 39.915 as BD-09.
    const [gcjLng, gcjLat] = toOffset(fromOffset([116.404, 39.915], 'BD-09'), 'GCJ-02');
    expect(Math.hypot(gcjLng - 116.39762729119315, gcjLat - 39.90865673957631)).toBeLessThan(2e-6);
    // What Baidu's own service answers for the example of its documentation.
    const [bdLng, bdLat] = toOffset([114.21892734521, 29.575429778924], 'BD-09');
    expect(Math.hypot(bdLng - 114.2307519546763, bdLat - 29.57908428837437)).toBeLessThan(1e-5);
  });

  it('comes back to a millionth of a metre', () => {
    const metresPerDegree = 111_320;
    for (const datum of ['GCJ-02', 'BD-09'] as const) {
      for (let lng = 74; lng <= 134; lng += 3.7) {
        for (let lat = 4; lat <= 53; lat += 2.9) {
          const back = fromOffset(toOffset([lng, lat], datum), datum);
          expect(Math.hypot(back[0] - lng, back[1] - lat) * metresPerDegree).toBeLessThan(1e-6);
        }
      }
    }
  });

  it('comes back to where it was', () => {
    for (const datum of ['GCJ-02', 'BD-09'] as const) {
      for (const [lng, lat] of [
        [101.3, 36.6],
        [112.5, 35],
        [87.6, 43.8],
        [126.6, 45.8],
      ] as const) {
        const back = fromOffset(toOffset([lng, lat], datum), datum);
        expect(Math.abs(back[0] - lng)).toBeLessThan(1e-9);
        expect(Math.abs(back[1] - lat)).toBeLessThan(1e-9);
      }
    }
  });

  it('tears no outline that lies across the border of China', () => {
    const metresPerDegree = 111_320;
    // Heihe, Khorgos, Ruili, Dandong: a kilometre on each side.
    for (const [lng, lat] of [
      [127.53, 50.245],
      [80.42, 44.21],
      [97.85, 24.01],
      [124.4, 40.12],
    ] as const) {
      const moves = [-0.01, 0, 0.01].flatMap(east =>
        [-0.01, 0, 0.01].map(north => {
          const [x, y] = [lng + east, lat + north];
          const [backX, backY] = fromOffset([x, y], 'GCJ-02');
          return [backX - x, backY - y] as const;
        }),
      );
      for (const axis of [0, 1] as const) {
        const along = moves.map(move => move[axis]);
        // Two kilometres are stretched by metres: of the hundreds that both sides are moved by, nothing is cut off.
        expect((Math.max(...along) - Math.min(...along)) * metresPerDegree).toBeLessThan(12);
        expect(Math.max(...along.map(Math.abs)) * metresPerDegree).toBeGreaterThan(20);
      }
    }
  });

  it('leaves the rest of the world alone', () => {
    expect(toOffset([2.35, 48.85], 'GCJ-02')).toEqual([2.35, 48.85]);
  });
});
