/** Distinct values in rising order, each with the sum of its weights. */
export interface WeightedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

const MAX_VALUES = 1 << 22;
const BINS = 1 << 20;

/**
 * Values of one zone with their weights, for percentiles. Exact up to four million distinct values; beyond that neighbours are
 * joined into a million classes between the least and the greatest, each standing at its mean (an error of a millionth of the range).
 * Cells that lie wholly inside, nearly all of them, are kept without a weight: they sort four times as fast and take half the room.
 */
export class ValueStore {
  private whole = new Float64Array(64);
  private wholeCount = 0;
  private values: number[] = [];
  private weights: number[] = [];
  private joined: WeightedValues | undefined;

  add(value: number, weight: number): void {
    if (weight !== 1) {
      this.values.push(value);
      this.weights.push(weight);
      if (this.values.length >= MAX_VALUES) this.join();
      return;
    }
    if (this.wholeCount === this.whole.length) this.makeRoom();
    this.whole[this.wholeCount] = value;
    this.wholeCount += 1;
  }

  merge(other: WeightedValues): void {
    this.joined = mergeSorted(this.collect(), other);
  }

  /** Sorts and joins equal values. The store stays usable. */
  collect(): WeightedValues {
    const whole = this.whole.subarray(0, this.wholeCount).sort();
    const order = Uint32Array.from(this.values, (_, i) => i).sort(
      (a, b) => (this.values[a] as number) - (this.values[b] as number),
    );
    const partly = {
      values: Float64Array.from(order, i => this.values[i] as number),
      weights: Float64Array.from(order, i => this.weights[i] as number),
    };
    const fresh = mergeSorted({ values: whole, weights: new Float64Array(whole.length).fill(1) }, partly);
    this.joined = this.joined === undefined ? fresh : mergeSorted(this.joined, fresh);
    this.wholeCount = 0;
    this.values = [];
    this.weights = [];
    return this.joined;
  }

  private makeRoom(): void {
    if (this.wholeCount >= MAX_VALUES) {
      this.join();
      return;
    }
    const bigger = new Float64Array(Math.min(MAX_VALUES, this.wholeCount * 2));
    bigger.set(this.whole);
    this.whole = bigger;
  }

  private join(): void {
    const all = this.collect();
    if (all.values.length > MAX_VALUES / 2) this.joined = joinNeighbours(all);
  }
}

/** Two rising lists as one, equal values joined. */
function mergeSorted(a: WeightedValues, b: WeightedValues): WeightedValues {
  const values = new Float64Array(a.values.length + b.values.length);
  const weights = new Float64Array(values.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.values.length || j < b.values.length) {
    const isFirst = j >= b.values.length || (i < a.values.length && (a.values[i] as number) <= (b.values[j] as number));
    const value = (isFirst ? a.values[i] : b.values[j]) as number;
    const weight = (isFirst ? a.weights[i] : b.weights[j]) as number;
    if (isFirst) i += 1;
    else j += 1;
    if (count > 0 && values[count - 1] === value) weights[count - 1] = (weights[count - 1] as number) + weight;
    else {
      values[count] = value;
      weights[count] = weight;
      count += 1;
    }
  }
  return { values: values.slice(0, count), weights: weights.slice(0, count) };
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

/**
 * Weighted percentile as exactextract defines it: with n distinct values in order, weights w and their running sum W before a value,
 * the value i stands at `s = i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`. With equal weights this is the
 * common linear definition (type 7 of Hyndman and Fan 1996).
 */
export function weightedPercentile({ values, weights }: WeightedValues, fraction: number): number {
  const n = values.length;
  let total = 0;
  for (let i = 0; i < n; i += 1) total += weights[i] as number;
  const target = fraction * total * (n - 1);
  let before = 0;
  let leftPlace = 0;
  for (let i = 0; i < n; i += 1) {
    const place = i === 0 ? 0 : i * (weights[i] as number) + (n - 1) * before;
    if (place > target) {
      const left = values[i - 1] as number;
      return left + ((target - leftPlace) * ((values[i] as number) - left)) / (place - leftPlace);
    }
    leftPlace = place;
    before += weights[i] as number;
  }
  return values[n - 1] as number;
}
