import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../gis/types.ts';
import { withStretch } from './trace-along.ts';
import { closedPath, strokePath } from './trace-stroke.ts';

/** Five corners, closed. */
const ring: Position[] = [
  [0, 0],
  [4, 0],
  [4, 3],
  [2, 4],
  [0, 3],
  [0, 0],
];
const neighbour = { key: 'cell-1-0', ring };

describe('a stretch of a border chosen by its corners', () => {
  it('is followed the shorter way, or the other way round', () => {
    const short = withStretch([], { neighbour, from: 0, to: 2, isOtherWay: false });
    expect(short && strokePath(short)).toEqual([
      [0, 0],
      [4, 0],
      [4, 3],
    ]);
    const long = withStretch([], { neighbour, from: 0, to: 2, isOtherWay: true });
    expect(long && strokePath(long)).toEqual([
      [0, 0],
      [0, 3],
      [2, 4],
      [4, 3],
    ]);
  });

  it('goes on from the corner where the stroke stands', () => {
    const first = withStretch([], { neighbour, from: 0, to: 1, isOtherWay: false }) ?? [];
    const second = withStretch(first, { neighbour, from: 1, to: 3, isOtherWay: false });
    expect(second && strokePath(second)).toEqual([
      [0, 0],
      [4, 0],
      [4, 3],
      [2, 4],
    ]);
  });

  it('closes along the border, but never back over what was traced', () => {
    const half = withStretch([], { neighbour, from: 0, to: 2, isOtherWay: false }) ?? [];
    expect(closedPath(half)).toEqual([
      [0, 0],
      [4, 0],
      [4, 3],
    ]);
    const start = { position: [0, 0] as const, on: [{ ring, corner: 0 }], isOtherWay: false };
    const away = { position: [9, 9] as const, on: [], isOtherWay: false };
    const end = { position: [4, 3] as const, on: [{ ring, corner: 2 }], isOtherWay: false };
    expect(closedPath([start, away, end])).toEqual([
      [0, 0],
      [9, 9],
      [4, 3],
      [4, 0],
    ]);
  });

  it('is none between a corner and itself, or a corner that is not there', () => {
    expect(withStretch([], { neighbour, from: 1, to: 1, isOtherWay: false })).toBeUndefined();
    expect(withStretch([], { neighbour, from: 1, to: 9, isOtherWay: false })).toBeUndefined();
    expect(withStretch([], { neighbour, from: Number.NaN, to: 1, isOtherWay: false })).toBeUndefined();
  });
});
