import type { CoverageRows } from '../coverage/coverage-rows.ts';
import { ValueSorter } from './sort-values.ts';
import { GatherRoom, PAGE_NUMBERS, PagedNumbers } from './value-pages.ts';
import type { ValuePages } from './value-pages.ts';
import { percentilesOf } from './weighted-percentiles.ts';
import { joinRising, risingList } from './weighted-values.ts';
import type { RisingList, WeightedList, WeightedValues } from './weighted-values.ts';

const MAX_VALUES = 1 << 22;
const BINS = 1 << 20;
const NOTHING: RisingList = { values: new Float64Array(0), weights: undefined, length: 0 };
const sorter = new ValueSorter();
const rooms = { whole: new GatherRoom(), values: new GatherRoom(), weights: new GatherRoom() };

/** Spans of cells of equal weight. */
export type Spans = Pick<CoverageRows, 'rowStarts' | 'starts' | 'ends' | 'weights'>;

/**
 * Values of one zone with their weights, for percentiles. Exact up to four million distinct values; beyond that neighbours are
 * joined into a million classes between the least and the greatest, each standing at its mean (an error of a millionth of the range).
 * Cells that lie wholly inside, nearly all of them, are kept without a weight: half the room, and less to sort.
 */
export class ValueStore {
  /** Values of cells wholly inside, and those of others with their weights: who adds to them asks for the limit to be kept afterwards. */
  readonly whole: PagedNumbers;
  readonly values: PagedNumbers;
  readonly weights: PagedNumbers;
  private joined: WeightedValues | undefined;

  constructor(pages: ValuePages) {
    this.whole = new PagedNumbers(pages);
    this.values = new PagedNumbers(pages);
    this.weights = new PagedNumbers(pages);
  }

  /** The cells of row `r` of a zone's spans: column `col` of the grid is `values[col - firstCol]`; NaN is left out. */
  addRow({ rowStarts, starts, ends, weights }: Spans, r: number, values: Float64Array, firstCol: number): void {
    const rowStart = rowStarts[r] as number;
    const rowEnd = rowStarts[r + 1] as number;
    const { whole, values: partly, weights: partWeights } = this;
    let { page: wholePage, used: wholeUsed } = whole;
    let { page: partPage, used: partUsed } = partly;
    let weightPage = partWeights.page;
    for (let span = rowStart; span < rowEnd; span += 1) {
      const end = (ends[span] as number) - firstCol;
      const weight = weights[span] as number;
      // What is no value is written too, and then written over.
      for (let i = (starts[span] as number) - firstCol; i < end;) {
        if (weight === 1) {
          if (wholeUsed === PAGE_NUMBERS) [wholePage, wholeUsed] = [whole.turn(), 0];
          const stop = Math.min(end, i + PAGE_NUMBERS - wholeUsed);
          for (; i < stop; i += 1) {
            const value = values[i] as number;
            wholePage[wholeUsed] = value;
            if (value === value) wholeUsed += 1;
          }
        } else {
          if (partUsed === PAGE_NUMBERS) [partPage, weightPage, partUsed] = [partly.turn(), partWeights.turn(), 0];
          const stop = Math.min(end, i + PAGE_NUMBERS - partUsed);
          for (; i < stop; i += 1) {
            const value = values[i] as number;
            partPage[partUsed] = value;
            weightPage[partUsed] = weight;
            if (value === value) partUsed += 1;
          }
        }
      }
    }
    whole.used = wholeUsed;
    partly.used = partUsed;
    partWeights.used = partUsed;
    this.keepWithinLimit();
  }

  /** Joins values where there are too many of them. */
  keepWithinLimit(): void {
    if (this.whole.length + this.values.length > MAX_VALUES) this.join();
  }

  merge(other: WeightedValues): void {
    this.joined = joinRising(risingList(this.collect()), risingList(other));
  }

  /** The percentiles of all values; the store stays usable. */
  percentiles(fractions: readonly number[]): Float64Array {
    if (this.joined !== undefined) return percentilesOf(NOTHING, risingList(this.collect()), fractions);
    return percentilesOf(...this.sort(), fractions);
  }

  /** All values in rising order, equal ones joined. The store stays usable. */
  collect(): WeightedValues {
    const [whole, partly] = this.sort();
    const fresh = joinRising(whole, partly);
    this.joined = this.joined === undefined ? fresh : joinRising(risingList(this.joined), risingList(fresh));
    this.release();
    return this.joined;
  }

  /** Leaves the pages to others; the store is done, but for what is joined. */
  release(): void {
    for (const numbers of [this.whole, this.values, this.weights]) numbers.clear();
  }

  /** Good until the next store is sorted: all of them use the same rooms. */
  private sort(): [whole: RisingList, partly: WeightedList] {
    const whole = { values: rooms.whole.of(this.whole), weights: undefined, length: this.whole.length };
    const values = rooms.values.of(this.values);
    const partly = { values, weights: rooms.weights.of(this.weights), length: this.values.length };
    sorter.sort(whole.values, undefined, whole.length);
    sorter.sort(partly.values, partly.weights, partly.length);
    return [whole, partly];
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
