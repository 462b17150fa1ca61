import { makeReady } from '../block-inputs.ts';
import type { PlainSamples } from '../block-inputs.ts';

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
