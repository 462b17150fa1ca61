import { expect, it } from 'vitest';
import type { Box } from '../../../../gis/types.ts';
import { randomOf } from '../../../../test/helpers/blobs.ts';
import { pairsOfBoxes } from './pairs-of-boxes.ts';
import { RowStore } from './row-store.ts';

function storeOf(boxes: readonly Box[]): RowStore {
  const store = new RowStore();
  for (const [index, box] of boxes.entries()) store.add(index + 1, { type: 'MultiPolygon', coordinates: [] }, box);
  return store;
}

/** Every row with every other one, in the order of their western sides. */
function allPairs(boxes: readonly Box[], marginDeg: number): [number, number][] {
  const order = boxes
    .map((_box, index) => index)
    .toSorted((a, b) => (boxes[a] as Box)[0] - (boxes[b] as Box)[0] || a - b);
  return order.flatMap((index, place) => {
    const [west, south, , north] = boxes[index] as Box;
    return order
      .slice(0, place)
      .filter(other => {
        const box = boxes[other] as Box;
        return box[2] > west - marginDeg && box[1] < north + marginDeg && box[3] > south - marginDeg;
      })
      .map((other): [number, number] => [other, index]);
  });
}

it('finds the pairs that a look at every two rows finds, in the same order', () => {
  const random = randomOf(7);
  for (const [count, size] of [
    [0, 1],
    [1, 1],
    [60, 3],
    [400, 0.5],
    [300, 20],
  ] as const) {
    // Corners on a coarse grid: many boxes touch, and many begin at the same meridian.
    const boxes = Array.from({ length: count }, (): Box => {
      const [west, south] = [Math.floor(40 * random()) / 2, Math.floor(40 * random()) / 2];
      return [west, south, west + Math.ceil(2 * size * random()) / 2, south + Math.ceil(2 * size * random()) / 2];
    });
    for (const marginDeg of [0, 0.25]) {
      const found = [...pairsOfBoxes(storeOf(boxes), marginDeg)];
      expect(found).toEqual(allPairs(boxes, marginDeg));
      if (count > 1) expect(found.length).toBeGreaterThan(10);
    }
  }
});
