// Two 16-bit bands of a block, a word a cell, and their normalised difference, four cells at a time.
import { undoDifferences } from '../inflate/undo';

export let cells: usize = 0;
export let rowCells: u32 = 0;
export let firstCol: u32 = 0;
export let missingLower: i32 = -1;
export let missingUpper: i32 = -1;
let ready: usize = 0;

/**
 * The block that is summed from here on: a word a cell, one band in each half of it, `rowCells` words a row from column `column` of the grid on.
 * `lower` and `upper` are no data of the halves, -1 where there is none. At `undone` lies how many cells of each row are good; the
 * differences of the others are undone as rows are wanted. 0 = all are good.
 */
export function openPairs(at: usize, stride: u32, column: u32, lower: i32, upper: i32, undone: usize): void {
  cells = at;
  rowCells = stride;
  firstCol = column;
  missingLower = lower;
  missingUpper = upper;
  ready = undone;
}

/** Undoes the differences of a row, whose first cell lies at `at`, where that is not done yet. */
@inline
export function makeReady(row: u32, at: usize): void {
  if (ready == 0) return;
  const flag = ready + ((row as usize) << 2);
  if (load<u32>(flag) >= rowCells) return;
  undoDifferences(at, (rowCells as usize) << 2, 1, 4, 2);
  store<u32>(flag, rowCells);
}

/** Those of four cells that have no difference: a band is missing, or both are nought. */
@inline
export function missingOf(four: v128, noLower: v128, noUpper: v128): v128 {
  const isMissing = v128.or(i32x4.eq(lowerOf(four), noLower), i32x4.eq(upperOf(four), noUpper));
  return v128.or(isMissing, i32x4.eq(four, i32x4.splat(0)));
}

@inline
export function lowerOf(four: v128): v128 {
  return v128.and(four, i32x4.splat(0xffff));
}

@inline
export function upperOf(four: v128): v128 {
  return i32x4.shr_u(four, 16);
}

/** The quotients of the first two of four whole numbers. */
@inline
export function firstQuotients(numerators: v128, denominators: v128): v128 {
  return f64x2.div(f64x2.convert_low_i32x4_s(numerators), f64x2.convert_low_i32x4_s(denominators));
}

/** And of the other two. */
@inline
export function lastQuotients(numerators: v128, denominators: v128): v128 {
  return firstQuotients(lastTwo(numerators), lastTwo(denominators));
}

@inline
function lastTwo(four: v128): v128 {
  return v128.shuffle<u32>(four, four, 2, 3, 2, 3);
}

@inline
export function sumOfTwo(two: v128): f64 {
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}
