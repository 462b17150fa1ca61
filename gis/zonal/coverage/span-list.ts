import type { EdgeAreas } from './edge-areas.ts';

/** Less than this of a cell is rounding, not ground. */
const NOTHING = 1e-12;

/** Spans of covered cells, row after row. */
export class SpanList {
  rowStarts = new Uint32Array(513);
  starts = new Int32Array(2048);
  ends = new Int32Array(2048);
  weights = new Float64Array(2048);
  length = 0;

  /** Begins a list of so many rows. */
  clear(rows: number): void {
    this.length = 0;
    if (this.rowStarts.length <= rows) this.rowStarts = new Uint32Array(rows * 2);
  }

  /** Sums the rows of a window from west to east, writes their spans and leaves the window empty. */
  sweep({ sums, touched, width, words, height: rows }: EdgeAreas, rowsBefore: number, firstCol: number): void {
    let length = this.length;
    this.rowStarts[rowsBefore] = length;
    for (let row = 0; row < rows; row += 1) {
      // Each cell can end one run and be one of its own.
      this.reserve(length, 2 * width + 2);
      const { starts, ends, weights } = this;
      let height = 0;
      let next = 0;
      // Of the span before: one that goes on with the same weight is made longer.
      let lastEnd = -1;
      let lastWeight = 0;
      for (let word = 0; word <= words; word += 1) {
        // One step beyond the last word stands for the side of the window.
        let bits = word === words ? 1 : (touched[row * words + word] as number);
        if (bits === 0) continue;
        if (word < words) touched[row * words + word] = 0;
        while (bits !== 0) {
          const lowest = bits & -bits;
          bits ^= lowest;
          const col = word === words ? width : (word << 5) + 31 - Math.clz32(lowest);
          if (col > next) {
            // Between touched cells the height stays as it is: 1 inside, a fraction above or below a side along the row.
            height = withoutRounding(height);
            if (height !== 0) {
              const weight = weightOf(height);
              if (weight === lastWeight && next === lastEnd) length -= 1;
              else starts[length] = next + firstCol;
              ends[length] = col + firstCol;
              weights[length] = weight;
              length += 1;
              lastEnd = col;
              lastWeight = weight;
            }
          }
          if (col === width) break;
          const at = (row * width + col) * 2;
          const covered = withoutRounding(height + (sums[at + 1] as number));
          height += sums[at] as number;
          sums[at] = 0;
          sums[at + 1] = 0;
          next = col + 1;
          if (covered === 0) continue;
          const weight = weightOf(covered);
          if (weight === lastWeight && col === lastEnd) length -= 1;
          else starts[length] = col + firstCol;
          ends[length] = next + firstCol;
          weights[length] = weight;
          length += 1;
          lastEnd = next;
          lastWeight = weight;
        }
      }
      this.rowStarts[rowsBefore + row + 1] = length;
    }
    this.length = length;
  }

  private reserve(used: number, more: number): void {
    const wanted = used + more;
    if (wanted <= this.starts.length) return;
    const grow = <T extends Int32Array | Float64Array>(old: T, bigger: T): T => (bigger.set(old), bigger);
    this.starts = grow(this.starts, new Int32Array(wanted * 2));
    this.ends = grow(this.ends, new Int32Array(wanted * 2));
    this.weights = grow(this.weights, new Float64Array(wanted * 2));
  }
}

/** A ring wound the other way covers as much; where rings overlap a cell counts once. */
function weightOf(covered: number): number {
  const weight = covered < 0 ? -covered : covered;
  return weight > 1 ? 1 : weight;
}

/** Heights within rounding of a whole number are that number. */
function withoutRounding(height: number): number {
  const whole = Math.round(height);
  const difference = height - whole;
  return difference < NOTHING && difference > -NOTHING ? whole : height;
}
