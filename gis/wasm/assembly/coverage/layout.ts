// Where the window lies that edges are added to, and the spans that come of it. Nothing is ever allocated: what does not fit is done in
// several windows. Pages that nothing was written to take no room of the machine.
import { END_OF_INFLATE } from '../inflate/layout';

/** Corners handed over at a time. */
export const MAX_POINTS: u32 = 4096;
/** Cells of a window: a block of 512 x 512. */
export const MAX_CELLS: u32 = 1 << 18;

/** u and v of each corner. */
export const POINTS: usize = END_OF_INFLATE;
/** Height and area of each cell, one beside the other, row by row. All of it is nought between two zones. */
export const SUMS: usize = POINTS + 16 * MAX_POINTS;
/** A bit for each cell that an edge crosses, whole words a row. */
export const TOUCHED: usize = SUMS + 16 * MAX_CELLS;
/** Spans of row r are those from the number at r to the number at r + 1: columns `[start, end)` of the grid, covered by a weight. */
export const ROW_STARTS: usize = TOUCHED + 8 * MAX_CELLS;
export const STARTS: usize = ROW_STARTS + 4 * MAX_CELLS + 64;
export const ENDS: usize = STARTS + 4 * MAX_CELLS;
export const WEIGHTS: usize = ENDS + 4 * MAX_CELLS;
export const END_OF_COVERAGE: usize = WEIGHTS + 8 * MAX_CELLS;
