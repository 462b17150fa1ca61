// Sums the normalised difference of two bands over the spans of a zone with its spread and extremes, and writes its values down for
// percentiles: in one pass over the samples of the block that `openPairs` has opened.
import { ENDS, ROW_STARTS, STARTS, WEIGHTS } from '../coverage/layout';
import { KEPT_PARTS, PART_WEIGHTS, VALUES } from '../percentiles/layout';
import { TOTALS } from './layout';
import { cells, firstCol, makeReady, missingLower, missingUpper, rowCells, upperHalf } from './sum-pairs';

/**
 * The spans of so many rows, the first of which is row `row` of the block; `sign` is 1 where the upper half is the greater of a positive
 * difference, else -1. Values of cells wholly inside go to `VALUES`, those of others to `KEPT_PARTS` with their `PART_WEIGHTS`, sums to
 * `TOTALS`: Σ w of all cells, Σ w and Σ w² of valid ones, Σ w x, a value x0 of them, Σ w (x - x0), Σ w (x - x0)², the least and the greatest, and
 * how many values were written to either place.
 */
export function keepPairs(row: u32, rows: u32, sign: i32): void {
  const lowerMask = i32x4.splat(0xffff);
  const noLower = i32x4.splat(missingLower);
  const noUpper = i32x4.splat(missingUpper);
  const flip = i32x4.splat(sign >> 1);
  const whole = VALUES;
  let wholeTo = VALUES;
  let partTo = KEPT_PARTS;
  let partWeightTo = PART_WEIGHTS;
  let covered: f64 = 0;
  let partCount: f64 = 0;
  let partWeight2: f64 = 0;
  let shift: f64 = NaN;
  let away: f64 = 0;
  let square: f64 = 0;
  let least = Infinity;
  let greatest = -Infinity;
  let shifts = f64x2.splat(0);
  let aways = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let leasts = f64x2.splat(Infinity);
  let greatests = f64x2.splat(-Infinity);
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
      const isWhole = weight == 1;
      let at = rowAt + ((start as usize) << 2);
      const stop = rowAt + ((end as usize) << 2);
      covered += weight * ((end - start) as f64);
      while (at < stop) {
        // Four at a time as long as they are whole and none of them is missing; what is not goes cell by cell.
        if (isWhole && shift == shift) {
          for (; at + 16 <= stop; at += 16, wholeTo += 32) {
            const four = v128.load(at);
            const lower = v128.and(four, lowerMask);
            const upper = i32x4.shr_u(four, 16);
            const isMissing = v128.or(i32x4.eq(lower, noLower), i32x4.eq(upper, noUpper));
            if (v128.any_true(v128.or(isMissing, i32x4.eq(four, i32x4.splat(0))))) break;
            const differences = i32x4.sub(v128.xor(i32x4.sub(upper, lower), flip), flip);
            const both = i32x4.add(upper, lower);
            const low = f64x2.div(f64x2.convert_low_i32x4_s(differences), f64x2.convert_low_i32x4_s(both));
            const high = f64x2.div(f64x2.convert_low_i32x4_s(upperHalf(differences)), f64x2.convert_low_i32x4_s(upperHalf(both)));
            v128.store(wholeTo, low);
            v128.store(wholeTo, high, 16);
            const lowAway = f64x2.sub(low, shifts);
            const highAway = f64x2.sub(high, shifts);
            aways = f64x2.add(aways, f64x2.add(lowAway, highAway));
            squares = f64x2.add(squares, f64x2.add(f64x2.mul(lowAway, lowAway), f64x2.mul(highAway, highAway)));
            leasts = f64x2.pmin(leasts, f64x2.pmin(low, high));
            greatests = f64x2.pmax(greatests, f64x2.pmax(low, high));
          }
        }
        const next = min<usize>(at + 16, stop);
        for (; at < next; at += 4) {
          const cell = load<u32>(at);
          const lower = (cell & 0xffff) as i32;
          const upper = (cell >> 16) as i32;
          if (lower == missingLower || upper == missingUpper || cell == 0) continue;
          const value = (((upper - lower) * sign) as f64) / ((upper + lower) as f64);
          if (shift != shift) {
            shift = value;
            shifts = f64x2.splat(value);
          }
          if (isWhole) {
            store<f64>(wholeTo, value);
            wholeTo += 8;
          } else {
            store<f64>(partTo, value);
            store<f64>(partWeightTo, weight);
            partTo += 8;
            partWeightTo += 8;
            partCount += weight;
            partWeight2 += weight * weight;
          }
          const difference = value - shift;
          away += weight * difference;
          square += weight * difference * difference;
          if (value < least) least = value;
          if (value > greatest) greatest = value;
        }
      }
    }
  }
  const wholeCells = ((wholeTo - whole) >> 3) as f64;
  const count = wholeCells + partCount;
  away += f64x2.extract_lane(aways, 0) + f64x2.extract_lane(aways, 1);
  square += f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  store<f64>(TOTALS, covered);
  store<f64>(TOTALS, count, 8);
  store<f64>(TOTALS, wholeCells + partWeight2, 16);
  store<f64>(TOTALS, count > 0 ? away + shift * count : 0, 24);
  store<f64>(TOTALS, shift, 32);
  store<f64>(TOTALS, away, 40);
  store<f64>(TOTALS, square, 48);
  store<f64>(TOTALS, min(least, min(f64x2.extract_lane(leasts, 0), f64x2.extract_lane(leasts, 1))), 56);
  store<f64>(TOTALS, max(greatest, max(f64x2.extract_lane(greatests, 0), f64x2.extract_lane(greatests, 1))), 64);
  store<f64>(TOTALS, wholeCells, 72);
  store<f64>(TOTALS, ((partTo - KEPT_PARTS) >> 3) as f64, 80);
}
