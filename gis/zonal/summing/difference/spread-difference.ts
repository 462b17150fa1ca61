import type { BlockWindow } from '../../block-inputs.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import type { PartSums } from '../part-sums.ts';
import { makeSpansReady } from './make-spans-ready.ts';
import type { Pairs } from './pairs.ts';

/** Sums the normalised difference of two bands over a zone's spans, with its squares and extremes, no value ever written down. */
export function spreadDifference(rows: CoverageRows, window: BlockWindow, pairs: Pairs, part: PartSums): void {
  makeSpansReady(rows, window, pairs.pending);
  const { rowStarts, starts, ends, weights, firstRow, rowCount } = rows;
  const { cells, rowStride, isLowFirst, missingLower, missingUpper } = pairs;
  const sign = isLowFirst ? 1 : -1;
  let { covered, count, weight2, sum, shift, first, second, min, max } = part;
  for (let r = 0; r < rowCount; r += 1) {
    const at = (firstRow + r - window.row) * rowStride - window.col;
    const rowEnd = rowStarts[r + 1] as number;
    for (let span = rowStarts[r] as number; span < rowEnd; span += 1) {
      const start = at + (starts[span] as number);
      const end = at + (ends[span] as number);
      const weight = weights[span] as number;
      let n = 0;
      let total = 0;
      let away = 0;
      let squares = 0;
      for (let i = start; i < end; i += 1) {
        const cell = cells[i] as number;
        const lower = cell & 0xffff;
        const upper = cell >>> 16;
        if (lower !== missingLower && upper !== missingUpper && cell !== 0) {
          const value = (sign * (upper - lower)) / (upper + lower);
          if (shift !== shift) shift = value;
          const difference = value - shift;
          n += 1;
          total += value;
          away += difference;
          squares += difference * difference;
          if (value < min) min = value;
          if (value > max) max = value;
        }
      }
      covered += weight * (end - start);
      count += weight * n;
      weight2 += weight * weight * n;
      sum += weight * total;
      first += weight * away;
      second += weight * squares;
    }
  }
  part.covered = covered;
  part.count = count;
  part.weight2 = weight2;
  part.sum = sum;
  part.shift = shift;
  part.first = first;
  part.second = second;
  part.min = min;
  part.max = max;
}
