// Sums the normalised difference of two bands over the spans of a zone, no value ever written down: the mean NDVI of thousands of zones is
// what the product is asked for most.
import { PART_CELLS, PART_WEIGHTS, WHOLE_CELLS } from '../percentiles/layout';
import { covered, gatherPairs, partEnd, wholeEnd } from './gather-pairs';
import { TOTALS } from './layout';
import { firstQuotients, lastQuotients, lowerOf, missingLower, missingOf, missingUpper, sumOfTwo, upperOf } from './pairs';

let count: f64 = 0;
let weight2: f64 = 0;
let sum: f64 = 0;

/**
 * Sums the spans of so many rows, the first of which is row `row` of the block, into `TOTALS`: Σ w of all cells, Σ w, Σ w² and Σ w x of valid
 * ones, x being the upper half less the lower by their sum.
 */
export function sumPairs(row: u32, rows: u32): void {
  gatherPairs(row, rows);
  sumWhole();
  sumParts();
  store<f64>(TOTALS, covered);
  store<f64>(TOTALS, count, 8);
  store<f64>(TOTALS, weight2, 16);
  store<f64>(TOTALS, sum, 24);
}

function sumWhole(): void {
  const noLower = i32x4.splat(missingLower);
  const noUpper = i32x4.splat(missingUpper);
  let valid = i32x4.splat(0);
  let firsts = f64x2.splat(0);
  let lasts = f64x2.splat(0);
  // Nought has no difference: the last vector is filled up with it.
  v128.store(wholeEnd, i32x4.splat(0));
  for (let at = WHOLE_CELLS, end = wholeEnd; at < end; at += 16) {
    const four = v128.load(at);
    const isValid = v128.not(missingOf(four, noLower, noUpper));
    const differences = i32x4.sub(upperOf(four), lowerOf(four));
    const both = i32x4.add(upperOf(four), lowerOf(four));
    valid = i32x4.sub(valid, isValid);
    firsts = f64x2.add(firsts, v128.and(firstQuotients(differences, both), i64x2.extend_low_i32x4_s(isValid)));
    lasts = f64x2.add(lasts, v128.and(lastQuotients(differences, both), i64x2.extend_high_i32x4_s(isValid)));
  }
  const two = i32x4.add(valid, v128.shuffle<u32>(valid, valid, 2, 3, 2, 3));
  count = (i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1)) as f64;
  weight2 = count;
  sum = sumOfTwo(f64x2.add(firsts, lasts));
}

/** Adds those of partly covered cells. */
function sumParts(): void {
  const noLower = i32x4.splat(missingLower);
  const noUpper = i32x4.splat(missingUpper);
  let weights = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let firsts = f64x2.splat(0);
  let lasts = f64x2.splat(0);
  v128.store(partEnd, i32x4.splat(0));
  for (let at = PART_CELLS, weightAt = PART_WEIGHTS, end = partEnd; at < end; at += 16, weightAt += 32) {
    const four = v128.load(at);
    const isValid = v128.not(missingOf(four, noLower, noUpper));
    const isFirst = i64x2.extend_low_i32x4_s(isValid);
    const isLast = i64x2.extend_high_i32x4_s(isValid);
    const differences = i32x4.sub(upperOf(four), lowerOf(four));
    const both = i32x4.add(upperOf(four), lowerOf(four));
    const first = v128.and(v128.load(weightAt), isFirst);
    const last = v128.and(v128.load(weightAt, 16), isLast);
    weights = f64x2.add(weights, f64x2.add(first, last));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(first, first), f64x2.mul(last, last)));
    // A weight of nought is not enough: nought by nought is no number.
    firsts = f64x2.add(firsts, f64x2.mul(first, v128.and(firstQuotients(differences, both), isFirst)));
    lasts = f64x2.add(lasts, f64x2.mul(last, v128.and(lastQuotients(differences, both), isLast)));
  }
  count += sumOfTwo(weights);
  weight2 += sumOfTwo(squares);
  sum += sumOfTwo(f64x2.add(firsts, lasts));
}
