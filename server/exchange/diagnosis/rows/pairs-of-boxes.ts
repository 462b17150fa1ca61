import type { RowStore } from './row-store.ts';

const MAX_STEPS = 400_000_000;

/**
 * Pairs of rows whose boxes share an area, or come nearer than `marginDeg` on every side, by a sweep from west to east; undefined where
 * that would take too long.
 */
export function* pairsOfBoxes(store: RowStore, marginDeg = 0): Generator<[number, number] | undefined> {
  const order = Array.from({ length: store.size }, (_unused, index) => index).sort(
    (a, b) => store.side(a, 0) - store.side(b, 0),
  );
  let open: number[] = [];
  let steps = 0;
  for (const index of order) {
    const west = store.side(index, 0) - marginDeg;
    if ((steps += open.length) > MAX_STEPS) return void (yield undefined);
    open = open.filter(other => store.side(other, 2) > west);
    const [south, north] = [store.side(index, 1) - marginDeg, store.side(index, 3) + marginDeg];
    for (const other of open) {
      if (store.side(other, 1) < north && store.side(other, 3) > south) yield [other, index];
    }
    open.push(index);
  }
}
