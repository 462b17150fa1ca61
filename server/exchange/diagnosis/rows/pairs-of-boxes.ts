import { BoxTree } from '../../../../gis/geometry/validity/box-tree.ts';
import type { RowStore } from './row-store.ts';

/** Meetings looked at. So many are reached only where most rows lie on most others, and nobody compares all of those. */
const MAX_MEETINGS = 100_000_000;

/**
 * Pairs of rows whose boxes share an area, or come nearer than `marginDeg` on every side, from west to east; undefined where that would
 * take too long.
 */
export function* pairsOfBoxes(store: RowStore, marginDeg = 0): Generator<[number, number] | undefined> {
  const eastward = Uint32Array.from({ length: store.size }, (_unused, index) => index).sort(
    (a, b) => store.side(a, 0) - store.side(b, 0) || a - b,
  );
  const rank = new Uint32Array(store.size);
  for (const [place, index] of eastward.entries()) rank[index] = place;
  const tiled = inTiles(eastward, store);
  const tree = new BoxTree(boxesOf(tiled, store));
  let meetings = 0;
  for (const [place, index] of eastward.entries()) {
    const west = store.side(index, 0) - marginDeg;
    const south = store.side(index, 1) - marginDeg;
    const north = store.side(index, 3) + marginDeg;
    const before: number[] = [];
    tree.search(west, south, store.side(index, 2) + marginDeg, north, item => {
      const other = tiled[item] as number;
      meetings++;
      if ((rank[other] as number) >= place) return;
      if (store.side(other, 2) > west && store.side(other, 1) < north && store.side(other, 3) > south)
        before.push(rank[other] as number);
    });
    if (meetings > MAX_MEETINGS) return void (yield undefined);
    if (before.length > 1) before.sort((a, b) => a - b);
    for (const one of before) yield [eastward[one] as number, index];
  }
}

/** Rows in an order in which those that follow each other lie near each other: columns from west to east, each from south to north. */
function inTiles(eastward: Uint32Array, store: RowStore): Uint32Array {
  const tiled = eastward.slice();
  const perColumn = Math.max(1, Math.ceil(Math.sqrt(8 * tiled.length)));
  for (let from = 0; from < tiled.length; from += perColumn)
    tiled.subarray(from, from + perColumn).sort((a, b) => store.side(a, 1) - store.side(b, 1));
  return tiled;
}

function boxesOf(order: Uint32Array, store: RowStore): Float64Array {
  const boxes = new Float64Array(4 * order.length);
  for (const [place, index] of order.entries()) {
    for (const side of [0, 1, 2, 3] as const) boxes[4 * place + side] = store.side(index, side);
  }
  return boxes;
}
