/**
 * Which cells of a window a zone covers, and how much of each: for every row a list of spans from west to east, each a run of cells
 * covered by the same fraction (1 = wholly inside). The arrays belong to the rasteriser, are longer than what is used of them, and hold
 * only until its next answer.
 */
export interface CoverageRows {
  readonly firstRow: number;
  readonly rowCount: number;
  /** Spans of row `firstRow + r` are `rowStarts[r] … rowStarts[r + 1]`. */
  readonly rowStarts: Uint32Array;
  /** Columns of the grid: `[starts[s], ends[s])`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
}

/** Rows and columns of the grid, ends excluded. */
export interface CellWindow {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstCol: number;
  readonly endCol: number;
}
