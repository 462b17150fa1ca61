import type { ScalarGrid } from './scalar-grid.ts';

/** Depth that filled pockets get, metres: deeper than any rim that is kept off an outline. */
const FILLED_M = 40;

/** An outline field (negative inside) with its largest piece alone: specks beside it are dropped, pockets in it are filled. */
export function solidOutline(grid: ScalarGrid): ScalarGrid {
  const { columns, values } = grid;
  const labels = new Int32Array(values.length);
  const sizes = [0];
  for (let start = 0; start < values.length; start++) {
    if (labels[start] !== 0) continue;
    sizes.push(flood(grid, labels, start, sizes.length));
  }
  let body = 0;
  let outside = 0;
  labels.forEach((label, index) => {
    if (values[index]! < 0 && sizes[label]! > (body === 0 ? 0 : sizes[body]!)) body = label;
    if (index < columns && values[index]! >= 0) outside = label;
  });
  const solid = values.map((value, index) => {
    const label = labels[index]!;
    if (label === body || label === outside) return value;
    return value < 0 ? -value : -value - FILLED_M;
  });
  return { ...grid, values: solid };
}

/** Marks the piece of one sign that holds a node; answers its size in nodes. */
function flood({ columns, rows, values }: ScalarGrid, labels: Int32Array, start: number, label: number): number {
  const inside = values[start]! < 0;
  const stack = [start];
  labels[start] = label;
  let size = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    size++;
    const column = at % columns;
    const neighbours = [
      column > 0 ? at - 1 : -1,
      column < columns - 1 ? at + 1 : -1,
      at - columns,
      at + columns < columns * rows ? at + columns : -1,
    ];
    for (const next of neighbours) {
      if (next < 0 || labels[next] !== 0 || values[next]! < 0 !== inside) continue;
      labels[next] = label;
      stack.push(next);
    }
  }
  return size;
}
