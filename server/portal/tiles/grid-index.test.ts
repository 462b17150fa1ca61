import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../gis/types.ts';
import { GridIndex } from './grid-index.ts';

const meets = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

describe('grid index', () => {
  it('finds what a comparison of every box finds, each once, in order', () => {
    const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
    const size = fc.double({ min: 0, max: 20, noNaN: true });
    const box = fc.tuple(coordinate, coordinate, size, size).map(([x, y, w, h]): Box => [x, y, x + w, y + h]);
    fc.assert(
      fc.property(fc.array(box, { maxLength: 60 }), fc.array(box, { minLength: 1, maxLength: 5 }), (boxes, queries) => {
        const index = new GridIndex(boxes);
        for (const query of queries) {
          const expected = boxes.flatMap((one, item) => (meets(one, query) ? [item] : []));
          expect(index.find(query)).toEqual(expected);
        }
      }),
    );
  });

  it('holds nothing, and many items in one place', () => {
    expect(new GridIndex([]).find([-180, -90, 180, 90])).toEqual([]);
    const same: Box[] = Array.from({ length: 9 }, () => [1, 1, 1, 1]);
    expect(new GridIndex(same).find([0, 0, 2, 2])).toHaveLength(9);
    expect(new GridIndex(same).find([2, 2, 3, 3])).toEqual([]);
  });
});
