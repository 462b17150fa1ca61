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

  it('leaves the rest of the world alone', () => {
    expect(toOffset([2.35, 48.85], 'GCJ-02')).toEqual([2.35, 48.85]);
  });
});
