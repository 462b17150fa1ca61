// Sums the cells of a window from west to east, which gives the covered fraction of each, and writes them as spans.
import { bitBytes, height, width } from './add-edges';
import { ENDS, ROW_STARTS, STARTS, SUMS, TOUCHED, WEIGHTS } from './layout';

/** Less than this of a cell is rounding, not ground. */
const NOTHING: f64 = 1e-12;

/** Writes the spans of the window, whose first cell is in this column of the grid, and leaves it empty. Answers how many they are. */
export function sweep(firstCol: u32): u32 {
  let length: u32 = 0;
  let row = SUMS;
  let bitsAt = TOUCHED;
  const words = (bitBytes as u32) >> 3;
  for (let r: u32 = 0; r < height; r++, row += (width as usize) << 4) {
    const first = length;
    store<u32>(ROW_STARTS + ((r as usize) << 2), first);
    let rise: f64 = 0;
    let next: u32 = 0;
    for (let word: u32 = 0; word < words; word++, bitsAt += 8) {
      let bits = load<u64>(bitsAt);
      if (bits == 0) continue;
      store<u64>(bitsAt, 0);
      do {
        const col = (word << 6) + (ctz(bits) as u32);
        bits &= bits - 1;
        // Between touched cells the height stays as it is: 1 inside, a fraction above or below a side along the row.
        if (col > next) {
          rise = withoutRounding(rise);
          if (rise != 0) length = addSpan(first, length, next + firstCol, col + firstCol, weightOf(rise));
        }
        const cell = row + ((col as usize) << 4);
        const covered = withoutRounding(rise + load<f64>(cell, 8));
        rise += load<f64>(cell);
        v128.store(cell, i64x2.splat(0));
        next = col + 1;
        if (covered != 0) length = addSpan(first, length, col + firstCol, next + firstCol, weightOf(covered));
      } while (bits != 0);
    }
    rise = withoutRounding(rise);
    if (width > next && rise != 0) length = addSpan(first, length, next + firstCol, width + firstCol, weightOf(rise));
  }
  store<u32>(ROW_STARTS + ((height as usize) << 2), length);
  return length;
}

/** A span that goes on with the weight of the one before it makes that longer. */
@inline
function addSpan(first: u32, length: u32, start: u32, end: u32, weight: f64): u32 {
  let at = (length as usize) << 2;
  if (length > first && load<u32>(ENDS + at - 4) == start && load<f64>(WEIGHTS + (at << 1) - 8) == weight) {
    store<u32>(ENDS + at - 4, end);
    return length;
  }
  store<u32>(STARTS + at, start);
  store<u32>(ENDS + at, end);
  store<f64>(WEIGHTS + (at << 1), weight);
  return length + 1;
}

/** A ring wound the other way covers as much; where rings overlap a cell counts once. */
@inline
function weightOf(covered: f64): f64 {
  return min<f64>(1, abs(covered));
}

/** Heights within rounding of a whole number are that number. */
@inline
function withoutRounding(height: f64): f64 {
  const whole = nearest(height);
  return abs(height - whole) < NOTHING ? whole : height;
}
