import { PAGE_NUMBERS } from '../../percentiles/value-pages.ts';
import type { ValueStore } from '../../percentiles/value-store.ts';
import type { BlockWindow } from '../../block-inputs.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { makeSpansReady } from './make-spans-ready.ts';
import type { Pairs } from './pairs.ts';
import type { PartSums } from '../part-sums.ts';

/**
 * Sums the normalised difference of two bands over a zone's spans, spread and all, and keeps its values for percentiles: in one pass what
 * the general way does in three. No data and 0/0 are left out.
 */
export function keepDifference(
  rows: CoverageRows,
  window: BlockWindow,
  pairs: Pairs,
  part: PartSums,
  store: ValueStore,
): void {
  makeSpansReady(rows, window, pairs.pending);
  const { rowStarts, starts, ends, weights, firstRow, rowCount } = rows;
  const { cells, rowStride, isLowFirst, missingLower, missingUpper } = pairs;
  const sign = isLowFirst ? 1 : -1;
  let { covered, count, weight2, sum, shift, first, second, min, max } = part;
  const { whole, values: partly, weights: partWeights } = store;
  let { page: wholePage, used: wholeUsed } = whole;
  let { page: partPage, used: partUsed } = partly;
  let weightPage = partWeights.page;
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
      for (let i = start; i < end;) {
        const isWhole = weight === 1;
        if (isWhole && wholeUsed === PAGE_NUMBERS) [wholePage, wholeUsed] = [whole.turn(), 0];
        if (!isWhole && partUsed === PAGE_NUMBERS)
          [partPage, weightPage, partUsed] = [partly.turn(), partWeights.turn(), 0];
        const page = isWhole ? wholePage : partPage;
        const used = isWhole ? wholeUsed : partUsed;
        const stop = Math.min(end, i + PAGE_NUMBERS - used);
        let to = used;
        for (; i < stop; i += 1) {
          const cell = cells[i] as number;
          const lower = cell & 0xffff;
          const upper = cell >>> 16;
          if (lower !== missingLower && upper !== missingUpper && cell !== 0) {
            const value = (sign * (upper - lower)) / (upper + lower);
            page[to] = value;
            to += 1;
            if (shift !== shift) shift = value;
            const difference = value - shift;
            total += value;
            away += difference;
            squares += difference * difference;
            if (value < min) min = value;
            if (value > max) max = value;
          }
        }
        n += to - used;
        if (isWhole) wholeUsed = to;
        else {
          for (let k = used; k < to; k += 1) weightPage[k] = weight;
          partUsed = to;
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
  whole.used = wholeUsed;
  partly.used = partUsed;
  partWeights.used = partUsed;
  store.keepWithinLimit();
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
