import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../gis/types.ts';
import { cornersAt, snapTarget } from './snapping/snap-to.ts';
import { addPoint, strokePath, turnLast, type Stroke } from './trace-stroke.ts';

const ring: Position[] = [
  [0, 0],
  [10, 0],
  [12, 5],
  [10, 10],
  [0, 10],
];
const beside: Position[] = [
  [10, 0],
  [40, 0],
  [40, 10],
  [10, 10],
];
const targets = [ring, beside].map(one => snapTarget(one));
const click = (stroke: Stroke, position: Position): Stroke => addPoint(stroke, position, cornersAt(position, targets));

describe('a traced outline', () => {
  const along = click(click([], [0, 0]), [0, 10]);
  it('follows the neighbour between two of its corners, the shorter way, or the other', () => {
    const three = click(click([], [10, 0]), [12, 5]);
    expect(strokePath(three)).toEqual([ring[1], ring[2]]);
    expect(strokePath(turnLast(three))).toEqual([ring[1], ring[0], ring[4], ring[3], ring[2]]);
    expect(turnLast(turnLast(three))).toEqual(three);
  });
  it('takes the shortest of the ways where two neighbours share both corners', () => {
    expect(cornersAt([10, 0], targets)).toHaveLength(2);
    expect(strokePath(click(click([], [10, 0]), [10, 10]))).toEqual([
      [10, 0],
      [10, 10],
    ]);
  });
  it('goes straight to ground that belongs to nobody, and to a ring that does not have the corner', () => {
    expect(strokePath(click(along, [20, 5])).at(-1)).toEqual([20, 5]);
    expect(strokePath(click(along, [40, 0]))).toHaveLength(3);
  });
  it('ends in no circle when the same corner is clicked twice', () => {
    expect(strokePath(click(along, [0, 10]))).toEqual(strokePath(along));
  });
});
