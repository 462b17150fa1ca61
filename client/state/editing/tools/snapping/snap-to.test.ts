import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../../gis/types.ts';
import { snapTarget, snapTo } from './snap-to.ts';

const ring: Position[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
];
const reach = { lng: 1, lat: 0.5 };

describe('snapping', () => {
  const targets = [snapTarget(ring)];
  it('prefers a corner in reach to an edge that is nearer', () => {
    expect(snapTo([10.4, 0.02], reach, targets)).toMatchObject({ position: [10, 0], corner: 1 });
  });
  it('falls on an edge, also on the one that closes the ring', () => {
    expect(snapTo([5, 0.3], reach, targets)).toMatchObject({ position: [5, 0] });
    expect(snapTo([5, 0.3], reach, targets)?.corner).toBeUndefined();
    expect(snapTo([0.9, 5], reach, targets)?.position[0]).toBeCloseTo(0, 12);
  });
  it('reaches as many pixels north as east, whatever a degree is there', () => {
    expect(snapTo([5, 0.6], reach, targets)).toBeUndefined();
    expect(snapTo([10.9, 5], reach, targets)?.position[0]).toBeCloseTo(10, 12);
  });
  it('takes a ring closed or open for the same', () => {
    expect(snapTo([5, -0.1], reach, [snapTarget([...ring, [0, 0]])])?.position).toEqual([5, 0]);
    expect(snapTo([50, 50], reach, targets)).toBeUndefined();
    expect(snapTo([0, 0], reach, [])).toBeUndefined();
  });
});
