import type { CoverageRows } from '../coverage/coverage-rows.ts';
import type { PartSums } from './part-sums.ts';

/**
 * Adds row `r` of a zone's spans: column `col` of the grid is `values[col - firstCol]`, NaN where there is no data.
 */
export function sumRow(
  rows: CoverageRows,
  r: number,
  values: Float64Array,
  firstCol: number,
  wantsSpread: boolean,
  part: PartSums,
): void {
  if (wantsSpread) sumWithSpread(rows, r, values, firstCol, part);
  else sumPlainly(rows, r, values, firstCol, part);
}

function sumPlainly(
  { rowStarts, starts, ends, weights }: CoverageRows,
  r: number,
  values: Float64Array,
  firstCol: number,
  part: PartSums,
): void {
  let { covered, count, weight2, sum } = part;
  const rowEnd = rowStarts[r + 1] as number;
  for (let span = rowStarts[r] as number; span < rowEnd; span += 1) {
    const start = (starts[span] as number) - firstCol;
    const end = (ends[span] as number) - firstCol;
    const weight = weights[span] as number;
    let n = 0;
    let total = 0;
    for (let i = start; i < end; i += 1) {
      const value = values[i] as number;
      if (value === value) {
        n += 1;
        total += value;
      }
    }
    covered += weight * (end - start);
    count += weight * n;
    weight2 += weight * weight * n;
    sum += weight * total;
  }
  part.covered = covered;
  part.count = count;
  part.weight2 = weight2;
  part.sum = sum;
}

function sumWithSpread(
  { rowStarts, starts, ends, weights }: CoverageRows,
  r: number,
  values: Float64Array,
  firstCol: number,
  part: PartSums,
): void {
  let { covered, count, weight2, sum, shift, first, second, min, max } = part;
  const rowEnd = rowStarts[r + 1] as number;
  for (let span = rowStarts[r] as number; span < rowEnd; span += 1) {
    const start = (starts[span] as number) - firstCol;
    const end = (ends[span] as number) - firstCol;
    const weight = weights[span] as number;
    let n = 0;
    let total = 0;
    let away = 0;
    let squares = 0;
    for (let i = start; i < end; i += 1) {
      const value = values[i] as number;
      if (value === value) {
        if (n === 0 && shift !== shift) shift = value;
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
