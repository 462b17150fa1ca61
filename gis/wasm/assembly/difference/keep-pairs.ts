// Sums the normalised difference of two bands over the spans of a zone with its spread and extremes, and writes its values down for
// percentiles.
import { PART_CELLS, PART_WEIGHTS, VALUES, WHOLE_CELLS } from '../percentiles/layout';
import { covered, gatherPairs, partEnd, wholeEnd } from './gather-pairs';
import { TOTALS } from './layout';
import { firstQuotients, lastQuotients, lowerOf, missingLower, missingOf, missingUpper, sumOfTwo, upperOf } from './pairs';

let away: f64 = 0;
let square: f64 = 0;
let least: f64 = 0;
let greatest: f64 = 0;
let partCount: f64 = 0;
let partWeight2: f64 = 0;

/**
 * The spans of so many rows, the first of which is row `row` of the block; `sign` is 1 where the upper half is the greater of a positive
 * difference, else -1. Values of cells wholly inside go to `VALUES`, those of others behind them with their `PART_WEIGHTS`, sums to
 * `TOTALS`: Σ w of all cells, Σ w and Σ w² of valid ones, Σ w x, a value x0 of them, Σ w (x - x0), Σ w (x - x0)², the least and the greatest, and
 * how many values of either kind were written.
 */
export function keepPairs(row: u32, rows: u32, sign: i32): void {
  gatherPairs(row, rows);
  const wholeValuesEnd = writeWhole(VALUES, sign);
  const end = writeParts(wholeValuesEnd, sign);
  const shift: f64 = end == VALUES ? NaN : load<f64>(VALUES);
  spreadWhole(wholeValuesEnd, shift);
  spreadParts(wholeValuesEnd, end, shift);
  const wholeCount = ((wholeValuesEnd - VALUES) >> 3) as f64;
  const count = wholeCount + partCount;
  store<f64>(TOTALS, covered);
  store<f64>(TOTALS, count, 8);
  store<f64>(TOTALS, wholeCount + partWeight2, 16);
  store<f64>(TOTALS, count > 0 ? away + shift * count : 0, 24);
  store<f64>(TOTALS, shift, 32);
  store<f64>(TOTALS, away, 40);
  store<f64>(TOTALS, square, 48);
  store<f64>(TOTALS, least, 56);
  store<f64>(TOTALS, greatest, 64);
  store<f64>(TOTALS, wholeCount, 72);
  store<f64>(TOTALS, ((end - wholeValuesEnd) >> 3) as f64, 80);
}

/** Writes the values of cells wholly inside from `to` on, and answers where they end. */
function writeWhole(to: usize, sign: i32): usize {
  for (let at = WHOLE_CELLS, end = wholeEnd; at < end; ) {
    for (; at + 16 <= end && writeFour(at, to, sign); at += 16) to += 32;
    for (const next = min(at + 16, end); at < next; at += 4) to += (writeOne(at, to, sign) as usize) << 3;
  }
  return to;
}

/** The same of the others, whose weights move up where cells are missing. */
function writeParts(to: usize, sign: i32): usize {
  let weightAt = PART_WEIGHTS;
  let weightTo = PART_WEIGHTS;
  for (let at = PART_CELLS, end = partEnd; at < end; ) {
    for (; at + 16 <= end && writeFour(at, to, sign); at += 16, weightAt += 32, weightTo += 32) {
      to += 32;
      if (weightTo == weightAt) continue;
      v128.store(weightTo, v128.load(weightAt));
      v128.store(weightTo, v128.load(weightAt, 16), 16);
    }
    for (const next = min(at + 16, end); at < next; at += 4, weightAt += 8) {
      store<f64>(weightTo, load<f64>(weightAt));
      const bytes = (writeOne(at, to, sign) as usize) << 3;
      to += bytes;
      weightTo += bytes;
    }
  }
  return to;
}

/** Four cells' values; false, and nothing written, where one of them has none. */
@inline
function writeFour(at: usize, to: usize, sign: i32): bool {
  const four = v128.load(at);
  if (v128.any_true(missingOf(four, i32x4.splat(missingLower), i32x4.splat(missingUpper)))) return false;
  const flip = i32x4.splat(sign >> 1);
  const differences = i32x4.sub(v128.xor(i32x4.sub(upperOf(four), lowerOf(four)), flip), flip);
  const both = i32x4.add(upperOf(four), lowerOf(four));
  v128.store(to, firstQuotients(differences, both));
  v128.store(to, lastQuotients(differences, both), 16);
  return true;
}

@inline
function writeOne(at: usize, to: usize, sign: i32): bool {
  const cell = load<u32>(at);
  const lower = (cell & 0xffff) as i32;
  const upper = (cell >> 16) as i32;
  if (lower == missingLower || upper == missingUpper || cell == 0) return false;
  store<f64>(to, (((upper - lower) * sign) as f64) / ((upper + lower) as f64));
  return true;
}

function spreadWhole(end: usize, shift: f64): void {
  const shifts = f64x2.splat(shift);
  let aways = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let leasts = f64x2.splat(Infinity);
  let greatests = f64x2.splat(-Infinity);
  let at = VALUES;
  for (; at + 16 <= end; at += 16) {
    const two = v128.load(at);
    const apart = f64x2.sub(two, shifts);
    aways = f64x2.add(aways, apart);
    squares = f64x2.add(squares, f64x2.mul(apart, apart));
    leasts = f64x2.pmin(leasts, two);
    greatests = f64x2.pmax(greatests, two);
  }
  away = sumOfTwo(aways);
  square = sumOfTwo(squares);
  least = min(f64x2.extract_lane(leasts, 0), f64x2.extract_lane(leasts, 1));
  greatest = max(f64x2.extract_lane(greatests, 0), f64x2.extract_lane(greatests, 1));
  if (at < end) addSpread(load<f64>(at), 1, shift);
}

/** Adds that of the others. */
function spreadParts(from: usize, end: usize, shift: f64): void {
  const shifts = f64x2.splat(shift);
  let counts = f64x2.splat(0);
  let weights2 = f64x2.splat(0);
  let aways = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let leasts = f64x2.splat(least);
  let greatests = f64x2.splat(greatest);
  let at = from;
  let weightAt = PART_WEIGHTS;
  for (; at + 16 <= end; at += 16, weightAt += 16) {
    const two = v128.load(at);
    const weights = v128.load(weightAt);
    const apart = f64x2.sub(two, shifts);
    const weighted = f64x2.mul(weights, apart);
    counts = f64x2.add(counts, weights);
    weights2 = f64x2.add(weights2, f64x2.mul(weights, weights));
    aways = f64x2.add(aways, weighted);
    squares = f64x2.add(squares, f64x2.mul(weighted, apart));
    leasts = f64x2.pmin(leasts, two);
    greatests = f64x2.pmax(greatests, two);
  }
  partCount = sumOfTwo(counts);
  partWeight2 = sumOfTwo(weights2);
  away += sumOfTwo(aways);
  square += sumOfTwo(squares);
  least = min(f64x2.extract_lane(leasts, 0), f64x2.extract_lane(leasts, 1));
  greatest = max(f64x2.extract_lane(greatests, 0), f64x2.extract_lane(greatests, 1));
  if (at == end) return;
  const weight = load<f64>(weightAt);
  partCount += weight;
  partWeight2 += weight * weight;
  addSpread(load<f64>(at), weight, shift);
}

@inline
function addSpread(value: f64, weight: f64, shift: f64): void {
  const apart = value - shift;
  away += weight * apart;
  square += weight * apart * apart;
  least = min(least, value);
  greatest = max(greatest, value);
}
