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
 */
export class ValueStore {
  private values = new Float64Array(64);
  private weights = new Float64Array(64);
  private length = 0;

  add(value: number, weight: number): void {
    if (this.length === this.values.length) this.makeRoom();
    this.values[this.length] = value;
    this.weights[this.length] = weight;
    this.length += 1;
  }

  merge(other: WeightedValues): void {
    for (let i = 0; i < other.values.length; i += 1) this.add(other.values[i] as number, other.weights[i] as number);
  }

  /** Sorts and joins equal values. The store stays usable. */
  collect(): WeightedValues {
    const values = this.values.subarray(0, this.length);
    const weights = this.weights.subarray(0, this.length);
    const order = new Uint32Array(this.length);
    for (let i = 0; i < order.length; i += 1) order[i] = i;
    const isUniform = weights.every(weight => weight === 1);
    if (isUniform) values.sort();
    else order.sort((a, b) => (values[a] as number) - (values[b] as number));
    const sortedValues = new Float64Array(this.length);
    const sortedWeights = new Float64Array(this.length);
    let count = 0;
    for (let i = 0; i < this.length; i += 1) {
      const at = isUniform ? i : (order[i] as number);
      const value = values[at] as number;
      if (count > 0 && sortedValues[count - 1] === value) {
        sortedWeights[count - 1] = (sortedWeights[count - 1] as number) + (weights[at] as number);
      } else {
        sortedValues[count] = value;
        sortedWeights[count] = weights[at] as number;
        count += 1;
      }
    }
    this.values = sortedValues;
    this.weights = sortedWeights;
    this.length = count;
    return { values: sortedValues.subarray(0, count), weights: sortedWeights.subarray(0, count) };
  }

  private makeRoom(): void {
    if (this.length >= MAX_VALUES) {
      this.collect();
      if (this.length > MAX_VALUES / 2) this.joinNeighbours();
      if (this.length < this.values.length) return;
    }
    const grown = Math.min(MAX_VALUES, this.length * 2);
    const copy = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const bigger = new Float64Array(grown);
      bigger.set(old.subarray(0, this.length));
      return bigger;
    };
    this.values = copy(this.values);
    this.weights = copy(this.weights);
  }

  /** Values are sorted here. */
  private joinNeighbours(): void {
    const least = this.values[0] as number;
    const width = ((this.values[this.length - 1] as number) - least) / BINS;
    let count = 0;
    let bin = -1;
    for (let i = 0; i < this.length; i += 1) {
      const value = this.values[i] as number;
      const weight = this.weights[i] as number;
      const own = Math.min(BINS - 1, Math.floor((value - least) / width));
      if (own === bin) {
        const kept = this.weights[count - 1] as number;
        const total = kept + weight;
        this.values[count - 1] = ((this.values[count - 1] as number) * kept + value * weight) / total;
        this.weights[count - 1] = total;
      } else {
        this.values[count] = value;
        this.weights[count] = weight;
        count += 1;
        bin = own;
      }
    }
    this.length = count;
  }
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
