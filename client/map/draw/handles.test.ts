import { describe, expect, it } from 'vitest';
import type { Position } from '../../../gis/types.ts';
import { handlesNear, visibleHandles } from './handles.ts';

const circle = (count: number): Position[] =>
  Array.from({ length: count }, (_, i) => [Math.cos((2 * Math.PI * i) / count), Math.sin((2 * Math.PI * i) / count)]);
const square: Position[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const all = [-9, -9, 9, 9] as const;

describe('handles', () => {
  it('mean a corner before a middle, and a middle only where it is shown', () => {
    const reach = { lng: 0.2, lat: 0.2 };
    expect(handlesNear(square, [0.9, 0.1], reach, true)).toMatchObject({ index: 1, isMiddle: false });
    expect(handlesNear(square, [0.05, 0.5], reach, true)).toMatchObject({ index: 3, isMiddle: true });
    expect(handlesNear(square, [0.05, 0.5], reach, false)).toBeUndefined();
    expect(handlesNear(square, [0.5, 0.5], reach, true)).toBeUndefined();
  });
  it('are all shown of a small ring, and of a large one near the pointer only', () => {
    expect(visibleHandles(square, all, undefined)).toHaveLength(8);
    expect(visibleHandles(circle(10_000), all, undefined)).toEqual([]);
    const near = visibleHandles(circle(10_000), all, { at: [1, 0], reach: { lng: 0.01, lat: 0.01 } });
    expect(near.length).toBeGreaterThan(20);
    expect(near.length).toBeLessThan(100);
    expect(near.at(-1)?.isMiddle).toBe(false);
  });
  it('leave out the middles of sides too short for one', () => {
    const bevelled: Position[] = [...square, [0, 0.1], [0, 0.05]];
    const middles = visibleHandles(bevelled, all, undefined, { lng: 0.2, lat: 0.2 }).filter(({ isMiddle }) => isMiddle);
    expect(middles.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(visibleHandles(bevelled, all, undefined)).toHaveLength(12);
  });
  it('of what is out of view are not made', () => {
    expect(visibleHandles(square, [0.9, 0.9, 2, 2], undefined).map(({ index }) => index)).toEqual([2]);
  });
});
