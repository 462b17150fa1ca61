import { BoxTree } from '../../../../gis/geometry/validity/box-tree.ts';
import type { RowStore } from '../rows/row-store.ts';

/** Indices of the rows whose boxes meet a box in degrees. */
export type RowSearch = (west: number, south: number, east: number, north: number) => number[];

/** A search among the rows of a store as it is when it is first asked: only then the tree is grown. */
export function nearRows(store: RowStore): RowSearch {
  let tree: BoxTree | undefined;
  let order: readonly number[] = [];
  return (west, south, east, north) => {
    if (tree === undefined) {
      order = Array.from({ length: store.size }, (_unused, index) => index).sort(
        (a, b) => store.side(a, 0) - store.side(b, 0),
      );
      tree = new BoxTree(Float64Array.from(order.flatMap(index => store.box(index))));
    }
    const found: number[] = [];
    tree.search(west, south, east, north, item => void found.push(order[item] as number));
    return found;
  };
}
