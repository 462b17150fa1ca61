import type { CoverageRows } from '../coverage/coverage-rows.ts';
import { ValueSorter } from './sort-values.ts';
import type { ValueBuffers } from './value-buffers.ts';
import { percentilesOf } from './weighted-percentiles.ts';
import { joinRising, risingList } from './weighted-values.ts';
import type { RisingList, WeightedList, WeightedValues } from './weighted-values.ts';

const MAX_VALUES = 1 << 22;
const BINS = 1 << 20;
const NOTHING: RisingList = { values: new Float64Array(0), weights: undefined, length: 0 };
const sorter = new ValueSorter();

/** Spans of cells of equal weight. */
export type Spans = Pick<CoverageRows, 'rowStarts' | 'starts' | 'ends' | 'weights'>;

/**
 * Values of one zone with their weights, for percentiles. Exact up to four million distinct values; beyond that neighbours are
 * joined into a million classes between the least and the greatest, each standing at its mean (an error of a millionth of the range).
 * Cells that lie wholly inside, nearly all of them, are kept without a weight: half the room, and less to sort.
 */
export class ValueStore {
  private readonly buffers: ValueBuffers;
  private whole: Float64Array;
  private wholeCount = 0;
  private values: Float64Array;
  private weights: Float64Array;
  private partCount = 0;
  private joined: WeightedValues | undefined;

  constructor(buffers: ValueBuffers) {
    this.buffers = buffers;
    this.whole = buffers.take(0);
    this.values = buffers.take(0);
    this.weights = buffers.take(0);
  }

  /** The cells of row `r` of a zone's spans: column `col` of the grid is `values[col - firstCol]`; NaN is left out. */
  addRow({ rowStarts, starts, ends, weights }: Spans, r: number, values: Float64Array, firstCol: number): void {
    const rowStart = rowStarts[r] as number;
    const rowEnd = rowStarts[r + 1] as number;
    let wholeCells = 0;
    let partCells = 0;
    for (let span = rowStart; span < rowEnd; span += 1) {
      const cells = (ends[span] as number) - (starts[span] as number);
      if (weights[span] === 1) wholeCells += cells;
      else partCells += cells;
    }
    this.makeRoom(wholeCells, partCells);
    const { whole, values: partly, weights: partWeights } = this;
    let { wholeCount, partCount } = this;
    for (let span = rowStart; span < rowEnd; span += 1) {
      const end = (ends[span] as number) - firstCol;
      const weight = weights[span] as number;
      // What is no value is written too, and then written over.
      if (weight === 1) {
        for (let i = (starts[span] as number) - firstCol; i < end; i += 1) {
          const value = values[i] as number;
          whole[wholeCount] = value;
          if (value === value) wholeCount += 1;
        }
      } else {
        for (let i = (starts[span] as number) - firstCol; i < end; i += 1) {
          const value = values[i] as number;
          partly[partCount] = value;
          partWeights[partCount] = weight;
          if (value === value) partCount += 1;
        }
      }
    }
    this.wholeCount = wholeCount;
    this.partCount = partCount;
  }

  merge(other: WeightedValues): void {
    this.joined = joinRising(risingList(this.collect()), risingList(other));
  }

  /** The percentiles of all values; the store stays usable. */
  percentiles(fractions: readonly number[]): Float64Array {
    if (this.joined !== undefined) return percentilesOf(NOTHING, risingList(this.collect()), fractions);
    const [whole, partly] = this.sort();
    return percentilesOf(whole, partly, fractions);
  }

  /** All values in rising order, equal ones joined. The store stays usable. */
  collect(): WeightedValues {
    const [whole, partly] = this.sort();
    const fresh = joinRising(whole, partly);
    this.joined = this.joined === undefined ? fresh : joinRising(risingList(this.joined), risingList(fresh));
    this.wholeCount = 0;
    this.partCount = 0;
    return this.joined;
  }

  /** Leaves the room to others; the store is done. */
  release(): void {
    for (const buffer of [this.whole, this.values, this.weights]) this.buffers.give(buffer);
  }

  private sort(): [whole: RisingList, partly: WeightedList] {
    const { whole, wholeCount, values, weights, partCount } = this;
    sorter.sort(whole, undefined, wholeCount);
    sorter.sort(values, weights, partCount);
    return [
      { values: whole, weights: undefined, length: wholeCount },
      { values, weights, length: partCount },
    ];
  }

  private makeRoom(wholeCells: number, partCells: number): void {
    if (this.wholeCount + this.partCount + wholeCells + partCells > MAX_VALUES) this.join();
    this.whole = this.withRoom(this.whole, this.wholeCount, wholeCells);
    this.values = this.withRoom(this.values, this.partCount, partCells);
    this.weights = this.withRoom(this.weights, this.partCount, partCells);
  }

  private withRoom(buffer: Float64Array, used: number, more: number): Float64Array {
    // One more: where a value is written that turns out to be none.
    if (used + more + 1 <= buffer.length) return buffer;
    const bigger = this.buffers.take(Math.max(used + more + 1, used * 2));
    bigger.set(buffer.subarray(0, used));
    this.buffers.give(buffer);
    return bigger;
  }

  private join(): void {
    const all = this.collect();
    if (all.values.length > MAX_VALUES / 2) this.joined = joinNeighbours(all);
  }
}

function joinNeighbours({ values, weights }: WeightedValues): WeightedValues {
  const least = values[0] as number;
  const width = ((values[values.length - 1] as number) - least) / BINS;
  let count = 0;
  let bin = -1;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const weight = weights[i] as number;
    const own = Math.min(BINS - 1, Math.floor((value - least) / width));
    if (own === bin) {
      const kept = weights[count - 1] as number;
      values[count - 1] = ((values[count - 1] as number) * kept + value * weight) / (kept + weight);
      weights[count - 1] = kept + weight;
    } else {
      values[count] = value;
      weights[count] = weight;
      count += 1;
      bin = own;
    }
  }
  return { values: values.slice(0, count), weights: weights.slice(0, count) };
}
