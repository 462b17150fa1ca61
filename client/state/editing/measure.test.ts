import { describe, expect, it } from 'vitest';
import { measureRings } from './measure.ts';
import type { EditRing } from './rings.ts';

const ring = (id: string, role: EditRing['role'], positions: [number, number][]): EditRing => ({ id, role, positions });
const block: [number, number][] = [
  [112, 35],
  [112.01, 35],
  [112.01, 35.01],
  [112, 35.01],
];

describe('measuring while drawing', () => {
  it('gives the ellipsoidal area that the ledger will give', () => {
    // 0.01° × 0.01° at 112 E 35 N: 101.2695 ha by PostGIS geography.
    expect(measureRings([ring('a', 'outer', block)]).areaM2 / 1e4).toBeCloseTo(101.2695, 4);
  });

  it('names a crossing with its place, and measures nothing', () => {
    const crossed = measureRings([ring('a', 'outer', [block[0], block[2], block[1], block[3]] as [number, number][])]);
    expect(crossed.geometry).toBeUndefined();
    const error = crossed.issues.find(issue => issue.severity === 'error');
    expect(error?.code).toBe('ring-crosses-itself');
    expect(error?.position?.[0]).toBeCloseTo(112.005, 6);
  });

  it('only remarks on outlines that overlap, because they are joined', () => {
    const shifted = block.map(([lng, lat]): [number, number] => [lng + 0.005, lat]);
    const both = measureRings([ring('a', 'outer', block), ring('b', 'outer', shifted)]);
    expect(both.issues.map(issue => issue.severity)).not.toContain('error');
    expect(both.areaM2 / 1e4).toBeCloseTo(1.5 * 101.2695, 1);
  });

  it('says so when a ring is not complete or nothing is left', () => {
    expect(
      measureRings([
        ring('a', 'outer', [
          [0, 0],
          [1, 1],
        ]),
      ]).issues[0]?.code,
    ).toBe('ring-incomplete');
    const covered = measureRings([
      ring('a', 'outer', block),
      ring('b', 'hole', [
        [111, 34],
        [113, 34],
        [113, 36],
        [111, 36],
      ]),
    ]);
    expect(covered.issues.map(issue => issue.code)).toContain('nothing-left');
  });
});
