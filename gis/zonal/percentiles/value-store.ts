import type { CoverageRows } from '../coverage/coverage-rows.ts';
import { KeptCells } from './kept-cells.ts';
import { NumberList } from './number-rooms.ts';
import type { NumberRooms } from './number-rooms.ts';
import { ownPercentileSelection } from './percentile-selection.ts';
import { sortValues, sortWeighted } from './sort-values.ts';
import { percentilesOf } from './weighted-percentiles.ts';
import { joinEqual, joinRising, risingList } from './weighted-values.ts';
import type { RepeatingValues, WeightedList, WeightedValues } from './weighted-values.ts';

const MAX_VALUES = 1 << 22;
const BINS = 1 << 20;
const NO_REPEATS = new Uint32Array(0);
const NO_NUMBERS = new Float64Array(0);
const NOTHING_KEPT = new KeptCells(NO_NUMBERS, NO_NUMBERS);

/** What a store has, as plain data: values of cells wholly inside, those of others with their weights, and what had to be joined. */
export interface StoredValues {
  readonly whole: Float64Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly min: number;
  readonly max: number;
  readonly joined: WeightedValues | undefined;
}

/** Spans of cells of equal weight. */
export type Spans = Pick<CoverageRows, 'rowStarts' | 'starts' | 'ends' | 'weights'>;

/**
 * Values of one zone with their weights, for percentiles. Exact up to four million distinct values; beyond that neighbours are
 * joined into a million classes between the least and the greatest, each standing at its mean (an error of a millionth of the range).
 * Cells that lie wholly inside, nearly all of them, are kept without a weight: half the room, and less to sort.
 */
export class ValueStore {
  /** Values of cells wholly inside, and those of others with their weights: who adds to them tells of it by `widen`. */
  readonly whole: NumberList;
  readonly values: NumberList;
  readonly weights: NumberList;
  private min = Infinity;
  private max = -Infinity;
  private joined: WeightedValues | undefined;

  constructor(rooms: NumberRooms) {
    this.whole = new NumberList(rooms);
    this.values = new NumberList(rooms);
    this.weights = new NumberList(rooms);
  }

  /** The cells of row `r` of a zone's spans: column `col` of the grid is `values[col - firstCol]`; NaN is left out. */
  addRow({ rowStarts, starts, ends, weights }: Spans, r: number, values: Float64Array, firstCol: number): void {
    const rowStart = rowStarts[r] as number;
    const rowEnd = rowStarts[r + 1] as number;
    if (rowStart === rowEnd) return;
    let wholeCells = 0;
    let cells = 0;
    for (let span = rowStart; span < rowEnd; span += 1) {
      const length = (ends[span] as number) - (starts[span] as number);
      cells += length;
      if (weights[span] === 1) wholeCells += length;
    }
    const { whole, values: partly, weights: partWeights } = this;
    const wholeRoom = whole.reserve(wholeCells);
    const partRoom = partly.reserve(cells - wholeCells);
    const weightRoom = partWeights.reserve(cells - wholeCells);
    let wholeLength = whole.length;
    let partLength = partly.length;
    let { min, max } = this;
    for (let span = rowStart; span < rowEnd; span += 1) {
      const end = (ends[span] as number) - firstCol;
      const weight = weights[span] as number;
      for (let i = (starts[span] as number) - firstCol; i < end; i += 1) {
        const value = values[i] as number;
        if (value !== value) continue;
        if (value < min) min = value;
        if (value > max) max = value;
        if (weight === 1) {
          wholeRoom[wholeLength] = value;
          wholeLength += 1;
        } else {
          partRoom[partLength] = value;
          weightRoom[partLength] = weight;
          partLength += 1;
        }
      }
    }
    whole.length = wholeLength;
    partly.length = partLength;
    partWeights.length = partLength;
    this.widen(min, max);
  }

  /** Values were added, none of which is less or greater. Joins them where there are too many. */
  widen(min: number, max: number): void {
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    if (this.whole.length + this.values.length > MAX_VALUES) this.join();
  }

  /** All of them as they are, for another store to take in. */
  get contents(): StoredValues {
    const { whole, values, weights, min, max, joined } = this;
    return { whole: whole.copy(), values: values.copy(), weights: weights.copy(), min, max, joined };
  }

  merge({ whole, values, weights, min, max, joined }: StoredValues): void {
    if (joined !== undefined) this.joined = this.joined === undefined ? joined : joinRising(this.joined, joined);
    this.whole.append(whole, 0, whole.length);
    this.values.append(values, 0, values.length);
    this.weights.append(weights, 0, weights.length);
    this.widen(min, max);
  }

  /** Copies what lies in the module's memory. */
  append(kept: KeptCells): void {
    this.whole.append(kept.values, 0, kept.wholeCount);
    this.values.append(kept.values, kept.wholeCount, kept.partCount);
    this.weights.append(kept.partWeights, 0, kept.partCount);
    this.widen(kept.min, kept.max);
  }

  /** The percentiles of all values and of those that lie in the module's memory still; the store stays usable. */
  percentiles(fractions: readonly number[], kept?: KeptCells): Float64Array {
    if (this.joined === undefined) return this.select(fractions, kept) ?? percentilesOf(...this.sort(), fractions);
    if (kept !== undefined) this.append(kept);
    const list = risingList(this.collect());
    return percentilesOf({ ...list, repeats: NO_REPEATS, repeatCount: 0 }, list, fractions);
  }

  /**
   * Without a sort, as nearly all are found; undefined where there are too many values, or they crowd too much. The store has all of them
   * then.
   */
  private select(fractions: readonly number[], kept = NOTHING_KEPT): Float64Array | undefined {
    const { whole, values, weights } = this;
    const wholeCount = whole.length + kept.wholeCount;
    const partCount = values.length + kept.partCount;
    const selection = ownPercentileSelection();
    const room = selection.open(wholeCount, partCount, fractions.length);
    if (room === undefined) {
      this.append(kept);
      return undefined;
    }
    // What was kept is there already; values of partly covered cells make way, for they come behind all others.
    room.values.copyWithin(wholeCount, kept.wholeCount, kept.wholeCount + kept.partCount);
    whole.copyTo(room.values, kept.wholeCount);
    values.copyTo(room.values, wholeCount + kept.partCount);
    weights.copyTo(room.partWeights, kept.partCount);
    const found = selection.percentiles(Math.min(this.min, kept.min), Math.max(this.max, kept.max), fractions);
    if (found !== undefined) return found;
    this.whole.append(room.values, 0, kept.wholeCount);
    this.values.append(room.values, wholeCount, kept.partCount);
    this.weights.append(room.partWeights, 0, kept.partCount);
    this.widen(kept.min, kept.max);
    return undefined;
  }

  /** All values in rising order, equal ones joined. The store stays usable. */
  collect(): WeightedValues {
    const fresh = joinEqual(...this.sort());
    this.joined = this.joined === undefined ? fresh : joinRising(this.joined, fresh);
    this.release();
    return this.joined;
  }

  /** Leaves the rooms to others; the store is done, but for what is joined. */
  release(): void {
    for (const numbers of [this.whole, this.values, this.weights]) numbers.clear();
  }

  /** All values, and those that have weights. Good until the next store is sorted: all of them use the same rooms. */
  private sort(): [all: RepeatingValues, partly: WeightedList] {
    const { whole, values, weights, min, max } = this;
    const [wholeLength, partLength] = [whole.length, values.length];
    const partRoom = values.room;
    const wholeRoom = whole.reserve(partLength);
    for (let i = 0; i < partLength; i += 1) wholeRoom[wholeLength + i] = partRoom[i] as number;
    sortWeighted(partRoom, weights.room, partLength, min, max);
    return [
      sortValues(wholeRoom, wholeLength + partLength, min, max),
      { values: partRoom, weights: weights.room, length: partLength },
    ];
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
