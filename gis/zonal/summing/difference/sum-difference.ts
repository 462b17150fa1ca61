import type { BlockWindow, PlainSamples } from '../../block-inputs.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { makeSpansReady } from './make-spans-ready.ts';
import type { PartSums } from '../part-sums.ts';

/**
 * Sums the normalised difference of two bands over a zone's spans straight from the samples, no value ever written down: the mean NDVI of
 * thousands of zones is what the product is asked for most. No data and 0/0 are left out.
 */
export function sumNormalisedDifference(
  rows: CoverageRows,
  window: BlockWindow,
  low: PlainSamples,
  high: PlainSamples,
  part: PartSums,
): void {
  makeSpansReady(rows, window, low.pending, high.pending);
  sumSamples(rows, window, low, high, part);
}

function sumSamples(
  rows: CoverageRows,
  window: BlockWindow,
  low: PlainSamples,
  high: PlainSamples,
  part: PartSums,
): void {
  const { rowStarts, starts, ends, weights } = rows;
  const { values: lows, stride: lowStride, missing: lowMissing } = low;
  const { values: highs, stride: highStride, missing: highMissing } = high;
  let covered = 0;
  let count = 0;
  let weight2 = 0;
  let sum = 0;
  for (let r = 0; r < rows.rowCount; r += 1) {
    const row = rows.firstRow + r - window.row;
    const lowRow = low.start + row * low.rowStride - window.col * lowStride;
    const highRow = high.start + row * high.rowStride - window.col * highStride;
    const rowEnd = rowStarts[r + 1] as number;
    for (let span = rowStarts[r] as number; span < rowEnd; span += 1) {
      const start = starts[span] as number;
      const end = ends[span] as number;
      const weight = weights[span] as number;
      let i = lowRow + start * lowStride;
      let j = highRow + start * highStride;
      let n = 0;
      let total = 0;
      for (let col = start; col < end; col += 1, i += lowStride, j += highStride) {
        const a = lows[i] as number;
        const b = highs[j] as number;
        const ratio = (b - a) / (b + a);
        if (a !== lowMissing && b !== highMissing && ratio - ratio === 0) {
          n += 1;
          total += ratio;
        }
      }
      covered += weight * (end - start);
      count += weight * n;
      weight2 += weight * weight * n;
      sum += weight * total;
    }
  }
  part.covered += covered;
  part.count += count;
  part.weight2 += weight2;
  part.sum += sum;
}
