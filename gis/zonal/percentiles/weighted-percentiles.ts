import type { RepeatingValues, WeightedList } from './weighted-values.ts';

/** Values equal to one another: where they lie in the list of all and in that of those with weights, and what weighs before them. */
interface Group {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly before: number;
}

/**
 * Weighted percentiles as exactextract defines them: with n distinct values in order, weights w and their running sum W before a value,
 * the value i stands at `s = i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`. With equal weights this is the
 * common linear definition (type 7 of Hyndman and Fan 1996). Values weigh 1 but for those that `partly` lists with their weights. The
 * neighbourhood of a percentile is found by halving, because `W <= s / (n - 1) <= W + w`. NaN where there is no value.
 */
export function percentilesOf(all: RepeatingValues, partly: WeightedList, fractions: readonly number[]): Float64Array {
  const answers = new Float64Array(fractions.length).fill(NaN);
  if (all.length === 0) return answers;
  const list = new Groups(all, partly);
  for (let i = 0; i < answers.length; i += 1) answers[i] = list.percentile(fractions[i] as number);
  return answers;
}

/** Sums of weights before each of `partly`, list after list. */
let sums = new Float64Array(1024);

class Groups {
  private readonly all: RepeatingValues;
  private readonly partly: WeightedList;
  private readonly total: number;

  constructor(all: RepeatingValues, partly: WeightedList) {
    this.all = all;
    this.partly = partly;
    if (sums.length <= partly.length) sums = new Float64Array(partly.length * 2);
    let sum = 0;
    for (let i = 0; i < partly.length; i += 1) {
      sums[i] = sum;
      sum += partly.weights[i] as number;
    }
    sums[partly.length] = sum;
    this.total = all.length - partly.length + sum;
  }

  percentile(fraction: number): number {
    const { all } = this;
    const last = all.values[all.length - 1] as number;
    // All of the values is the largest of them, to the last bit.
    if (fraction >= 1) return last;
    const n = all.length - all.repeatCount;
    const here = this.groupAt(this.find(fraction * this.total));
    const index = here.start - lowerBound(all.repeats, all.repeatCount, here.start);
    const target = fraction * this.total * (n - 1);
    const stand = index === 0 ? 0 : index * here.weight + (n - 1) * here.before;
    if (stand > target) {
      const left = this.groupAt(here.start - 1);
      const leftStand = index === 1 ? 0 : (index - 1) * left.weight + (n - 1) * left.before;
      return between(left.value, leftStand, here.value, stand, target);
    }
    if (here.end === all.length) return last;
    const right = this.groupAt(here.end);
    const rightStand = (index + 1) * right.weight + (n - 1) * right.before;
    return between(here.value, stand, right.value, rightStand, target);
  }

  /** A place in the last group that no more than the target weighs before. */
  private find(target: number): number {
    let low = 0;
    let high = this.all.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.weightBefore(middle) <= target) low = middle;
      else high = middle;
    }
    return low;
  }

  private weightBefore(place: number): number {
    const { all, partly } = this;
    const value = all.values[place] as number;
    let start = place;
    while (start > 0 && all.values[start - 1] === value) start -= 1;
    const rank = lowerBound(partly.values, partly.length, value);
    return start - rank + (sums[rank] as number);
  }

  private groupAt(place: number): Group {
    const { all, partly } = this;
    const value = all.values[place] as number;
    let start = place;
    while (start > 0 && all.values[start - 1] === value) start -= 1;
    let end = place + 1;
    while (end < all.length && all.values[end] === value) end += 1;
    const rank = lowerBound(partly.values, partly.length, value);
    let weight = end - start;
    for (let i = rank; i < partly.length && partly.values[i] === value; i += 1) {
      weight += (partly.weights[i] as number) - 1;
    }
    return { value, start, end, weight, before: start - rank + (sums[rank] as number) };
  }
}

const between = (left: number, from: number, right: number, to: number, target: number): number =>
  left + Math.min(1, (target - from) / (to - from)) * (right - left);

/** How many of the first `length` numbers, rising, are less. */
function lowerBound(numbers: Float64Array | Uint32Array, length: number, than: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < than) low = middle + 1;
    else high = middle;
  }
  return low;
}
