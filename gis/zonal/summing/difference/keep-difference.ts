import type { BlockWindow } from '../../block-inputs.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import type { ValueStore } from '../../percentiles/value-store.ts';
import type { PartSums } from '../part-sums.ts';
import { makeSpansReady } from './make-spans-ready.ts';
import type { Pairs } from './pairs.ts';

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
  const { whole, values: partly, weights: partWeights } = store;
  const { wholeCells, partCells } = countCells(rows);
  const wholeRoom = whole.reserve(wholeCells);
  const partRoom = partly.reserve(partCells);
  const weightRoom = partWeights.reserve(partCells);
  let wholeLength = whole.length;
  let partLength = partly.length;
  let { covered, count, weight2, sum, shift, first, second, min, max } = part;
  for (let r = 0; r < rowCount; r += 1) {
    const at = (firstRow + r - window.row) * rowStride - window.col;
    const rowEnd = rowStarts[r + 1] as number;
    for (let span = rowStarts[r] as number; span < rowEnd; span += 1) {
      const start = at + (starts[span] as number);
      const end = at + (ends[span] as number);
      const weight = weights[span] as number;
      if (end - start === 1 && weight !== 1) {
        // Most spans are one cell at the edge: a loop for each of them costs more than what is done in it.
        const cell = cells[start] as number;
        const lower = cell & 0xffff;
        const upper = cell >>> 16;
        covered += weight;
        if (lower === missingLower || upper === missingUpper || cell === 0) continue;
        const value = (sign * (upper - lower)) / (upper + lower);
        partRoom[partLength] = value;
        weightRoom[partLength] = weight;
        partLength += 1;
        if (shift !== shift) shift = value;
        const difference = value - shift;
        count += weight;
        weight2 += weight * weight;
        sum += weight * value;
        first += weight * difference;
        second += weight * (difference * difference);
        if (value < min) min = value;
        if (value > max) max = value;
        continue;
      }
      const isWhole = weight === 1;
      const room = isWhole ? wholeRoom : partRoom;
      const from = isWhole ? wholeLength : partLength;
      let to = from;
      let total = 0;
      let away = 0;
      let squares = 0;
      for (let i = start; i < end; i += 1) {
        const cell = cells[i] as number;
        const lower = cell & 0xffff;
        const upper = cell >>> 16;
        if (lower !== missingLower && upper !== missingUpper && cell !== 0) {
          const value = (sign * (upper - lower)) / (upper + lower);
          room[to] = value;
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
      const n = to - from;
      if (isWhole) wholeLength = to;
      else {
        weightRoom.fill(weight, from, to);
        partLength = to;
      }
      covered += weight * (end - start);
      count += weight * n;
      weight2 += weight * weight * n;
      sum += weight * total;
      first += weight * away;
      second += weight * squares;
    }
  }
  whole.length = wholeLength;
  partly.length = partLength;
  partWeights.length = partLength;
  store.widen(min, max);
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

/** Cells of spans that weigh 1 and of others. */
function countCells({ rowStarts, rowCount, starts, ends, weights }: CoverageRows): {
  readonly wholeCells: number;
  readonly partCells: number;
} {
  let wholeCells = 0;
  let partCells = 0;
  const end = rowStarts[rowCount] as number;
  for (let span = rowStarts[0] as number; span < end; span += 1) {
    const length = (ends[span] as number) - (starts[span] as number);
    if (weights[span] === 1) wholeCells += length;
    else partCells += length;
  }
  return { wholeCells, partCells };
}
