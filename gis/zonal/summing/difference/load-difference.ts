import { makeReady } from '../../block-inputs.ts';
import type { PlainSamples } from '../../block-inputs.ts';
import type { Pairs } from './pairs.ts';

/**
 * The normalised difference straight from two bands' samples: what the general way does in three passes over a row, in one. Most of what the
 * product measures goes through here. Writes columns `[startCol, endCol)` of a row; NaN for no data and for 0/0.
 */
export function loadNormalisedDifference(
  low: PlainSamples,
  high: PlainSamples,
  row: number,
  startCol: number,
  endCol: number,
  out: Float64Array,
): void {
  const { values: lows, stride: lowStride, missing: lowMissing } = low;
  const { values: highs, stride: highStride, missing: highMissing } = high;
  makeReady(low.pending, row, endCol);
  makeReady(high.pending, row, endCol);
  let i = low.start + row * low.rowStride + startCol * lowStride;
  let j = high.start + row * high.rowStride + startCol * highStride;
  for (let col = startCol; col < endCol; col += 1, i += lowStride, j += highStride) {
    const a = lows[i] as number;
    const b = highs[j] as number;
    const ratio = (b - a) / (b + a);
    out[col] = a !== lowMissing && b !== highMissing && ratio - ratio === 0 ? ratio : NaN;
  }
}

/** The same from both bands in one word a cell. */
export function loadPairs(pairs: Pairs, row: number, startCol: number, endCol: number, out: Float64Array): void {
  makeReady(pairs.pending, row, endCol);
  const { cells, isLowFirst, missingLower, missingUpper } = pairs;
  const at = row * pairs.rowStride;
  const sign = isLowFirst ? 1 : -1;
  for (let col = startCol; col < endCol; col += 1) {
    const cell = cells[at + col] as number;
    const lower = cell & 0xffff;
    const upper = cell >>> 16;
    const isValid = lower !== missingLower && upper !== missingUpper && cell !== 0;
    out[col] = isValid ? (sign * (upper - lower)) / (upper + lower) : NaN;
  }
}
