import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../gis/types.ts';
import { snapTarget, type Snap } from './snap-to.ts';
import { addPoint, strokePath, turnLast, type Stroke } from './trace-stroke.ts';

const ring: Position[] = [
  [0, 0],
  [10, 0],
  [12, 5],
  [10, 10],
  [0, 10],
];
const target = snapTarget(ring);
const on = (corner: number): Snap => ({ position: ring[corner] as Position, target, corner });

describe('a traced outline', () => {
  const along: Stroke = addPoint(addPoint([], [0, 0], on(1)), [0, 0], on(3));
  it('follows the neighbour between two of its corners, the shorter way', () => {
    expect(strokePath(along)).toEqual([ring[1], ring[2], ring[3]]);
    expect(strokePath(turnLast(along))).toEqual([ring[1], ring[0], ring[4], ring[3]]);
    expect(turnLast(turnLast(along))).toEqual(along);
  });
  it('goes straight to ground that belongs to nobody, and to another ring', () => {
    expect(strokePath(addPoint(along, [20, 5], undefined)).at(-1)).toEqual([20, 5]);
    const other = snapTarget(ring.map(([x, y]) => [x + 50, y] as const));
    const across = addPoint(along, [60, 0], { position: [60, 0], target: other, corner: 1 });
    expect(strokePath(across)).toHaveLength(4);
  });
  it('ends in no circle when the same corner is clicked twice', () => {
    expect(strokePath(addPoint(along, [0, 0], on(3)))).toEqual(strokePath(along));
  });
});
