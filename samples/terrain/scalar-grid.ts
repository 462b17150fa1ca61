import type { PlaneField } from './noise.ts';

/** Samples of a field on a square lattice; node (column, row) lies at `x0M + column * cellM`, `y0M + row * cellM`. */
export interface ScalarGrid {
  readonly x0M: number;
  readonly y0M: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

export interface Window {
  readonly westM: number;
  readonly southM: number;
  readonly eastM: number;
  readonly northM: number;
}

export function sampleField(window: Window, cellM: number, field: PlaneField): ScalarGrid {
  const columns = Math.ceil((window.eastM - window.westM) / cellM) + 1;
  const rows = Math.ceil((window.northM - window.southM) / cellM) + 1;
  const values = new Float64Array(columns * rows);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      values[index] = field(window.westM + column * cellM, window.southM + row * cellM);
    }
  }
  return { x0M: window.westM, y0M: window.southM, cellM, columns, rows, values };
}

/** A grid of the same lattice whose nodes are computed from the index of the node. */
export function deriveGrid(grid: ScalarGrid, valueAt: (index: number) => number): ScalarGrid {
  const values = new Float64Array(grid.values.length);
  for (let index = 0; index < values.length; index++) values[index] = valueAt(index);
  return { ...grid, values };
}

/** Bilinear reading of a grid as a field; outside the lattice the nearest edge counts. */
export function gridField(grid: ScalarGrid): PlaneField {
  const { columns, rows, cellM, values } = grid;
  return (xM, yM) => {
    const x = Math.min(Math.max((xM - grid.x0M) / cellM, 0), columns - 1.000001);
    const y = Math.min(Math.max((yM - grid.y0M) / cellM, 0), rows - 1.000001);
    const column = Math.floor(x);
    const row = Math.floor(y);
    const s = x - column;
    const t = y - row;
    const at = row * columns + column;
    const south = values[at]! * (1 - s) + values[at + 1]! * s;
    const north = values[at + columns]! * (1 - s) + values[at + columns + 1]! * s;
    return south * (1 - t) + north * t;
  };
}
