// Sums the normalised difference of two bands over the spans of a zone straight from the samples, four cells at a time, no value ever
// written down: the mean NDVI of thousands of zones is what the product is asked for most.
import { ENDS, ROW_STARTS, STARTS, WEIGHTS } from '../coverage/layout';
import { undoDifferences } from '../inflate/undo';
import { TOTALS } from './layout';

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

/** Sums the spans of so many rows, the first of which is row `row` of the block, into `TOTALS`. */
export function sumPairs(row: u32, rows: u32): void {
  const lowerMask = i32x4.splat(0xffff);
  const noLower = i32x4.splat(missingLower);
  const noUpper = i32x4.splat(missingUpper);
  let covered: f64 = 0;
  let count: f64 = 0;
  let weight2: f64 = 0;
  let sum: f64 = 0;
  let span: usize = load<u32>(ROW_STARTS);
  for (let r: u32 = 0; r < rows; r++) {
    const rowEnd: usize = load<u32>(ROW_STARTS + (((r as usize) + 1) << 2));
    if (span == rowEnd) continue;
    const rowAt = cells + (((row + r) * rowCells) << 2);
    makeReady(row + r, rowAt);
    for (; span < rowEnd; span++) {
      const start = load<u32>(STARTS + (span << 2)) - firstCol;
      const end = load<u32>(ENDS + (span << 2)) - firstCol;
      const weight = load<f64>(WEIGHTS + (span << 3));
      let at = rowAt + ((start as usize) << 2);
      const stop = rowAt + ((end as usize) << 2);
      let n: f64 = 0;
      let total: f64 = 0;
      if (end - start >= 4) {
        let valid = i32x4.splat(0);
        let totals = f64x2.splat(0);
        let others = f64x2.splat(0);
        for (; at + 16 <= stop; at += 16) {
          const four = v128.load(at);
          const lower = v128.and(four, lowerMask);
          const upper = i32x4.shr_u(four, 16);
          const none = v128.or(
            v128.or(i32x4.eq(lower, noLower), i32x4.eq(upper, noUpper)),
            i32x4.eq(four, i32x4.splat(0)),
          );
          const isValid = v128.not(none);
          const differences = i32x4.sub(upper, lower);
          const both = i32x4.add(upper, lower);
          const low = f64x2.div(f64x2.convert_low_i32x4_s(differences), f64x2.convert_low_i32x4_s(both));
          const high = f64x2.div(f64x2.convert_low_i32x4_s(upperHalf(differences)), f64x2.convert_low_i32x4_s(upperHalf(both)));
          valid = i32x4.sub(valid, isValid);
          totals = f64x2.add(totals, v128.and(low, i64x2.extend_low_i32x4_s(isValid)));
          others = f64x2.add(others, v128.and(high, i64x2.extend_high_i32x4_s(isValid)));
        }
        totals = f64x2.add(totals, others);
        total = f64x2.extract_lane(totals, 0) + f64x2.extract_lane(totals, 1);
        n = (i32x4.extract_lane(valid, 0) + i32x4.extract_lane(valid, 1) + i32x4.extract_lane(valid, 2) + i32x4.extract_lane(valid, 3)) as f64;
      }
      for (; at < stop; at += 4) {
        const cell = load<u32>(at);
        const lower = (cell & 0xffff) as i32;
        const upper = (cell >> 16) as i32;
        if (lower != missingLower && upper != missingUpper && cell != 0) {
          n += 1;
          total += ((upper - lower) as f64) / ((upper + lower) as f64);
        }
      }
      covered += weight * ((end - start) as f64);
      count += weight * n;
      weight2 += weight * weight * n;
      sum += weight * total;
    }
  }
  store<f64>(TOTALS, covered);
  store<f64>(TOTALS, count, 8);
  store<f64>(TOTALS, weight2, 16);
  store<f64>(TOTALS, sum, 24);
}

@inline
export function upperHalf(four: v128): v128 {
  return v128.shuffle<u32>(four, four, 2, 3, 2, 3);
}

@inline
export function makeReady(row: u32, at: usize): void {
  if (ready == 0) return;
  const flag = ready + ((row as usize) << 2);
  if (load<u32>(flag) >= rowCells) return;
  undoDifferences(at, (rowCells as usize) << 2, 1, 4, 2);
  store<u32>(flag, rowCells);
}
