import type { RisingList } from './weighted-values.ts';

/** A distinct value: its weight, and the sum of the weights before it. */
interface Element {
  readonly value: number;
  readonly weight: number;
  readonly before: number;
}

/** Where a percentile lies: at element `index`, or between it and one of its neighbours. */
interface Place {
  readonly index: number;
  readonly previous: Element;
  readonly here: Element;
  next: Element | undefined;
}

/**
 * Weighted percentiles as exactextract defines them: with n distinct values in order, weights w and their running sum W before a value,
 * the value i stands at `s = i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`. With equal weights this is the
 * common linear definition (type 7 of Hyndman and Fan 1996). Takes the values as two rising lists and joins equal ones on the way: how
 * many distinct ones there are is known only at the end, but the neighbourhood of each percentile does not depend on it, because
 * `W <= s / (n - 1) <= W + w`. NaN where there is no value.
 */
export function percentilesOf(a: RisingList, b: RisingList, fractions: readonly number[]): Float64Array {
  const total = weightOf(a) + weightOf(b);
  const order = fractions.map((_, at) => at).sort((x, y) => (fractions[x] as number) - (fractions[y] as number));
  const targetOf = (rank: number): number => (fractions[order[rank] as number] ?? Infinity) * total;
  const places: Place[] = [];
  // The loop over every value of every zone: nothing in it but numbers and typed arrays.
  const { values: aValues, weights: aWeights, length: aLength } = a;
  const { values: bValues, weights: bWeights, length: bLength } = b;
  let hasNext = 0;
  let target = targetOf(0);
  let n = 0;
  let value = NaN;
  let weight = 0;
  let before = 0;
  for (let i = 0, j = 0; i < aLength || j < bLength; n += 1) {
    const lastValue = value;
    const lastWeight = weight;
    const lastBefore = before;
    const isOfA = j >= bLength || (i < aLength && (aValues[i] as number) <= (bValues[j] as number));
    value = (isOfA ? aValues[i] : bValues[j]) as number;
    before += weight;
    weight = 0;
    for (; i < aLength && aValues[i] === value; i += 1) weight += aWeights === undefined ? 1 : (aWeights[i] as number);
    for (; j < bLength && bValues[j] === value; j += 1) weight += bWeights === undefined ? 1 : (bWeights[j] as number);
    if (hasNext === places.length && !(before + weight > target)) continue;
    const here = { value, weight, before };
    for (; hasNext < places.length; hasNext += 1) (places[hasNext] as Place).next = here;
    while (before + weight > target) {
      const previous = { value: lastValue, weight: lastWeight, before: lastBefore };
      places.push({ index: n, previous, here, next: undefined });
      target = targetOf(places.length);
    }
  }
  const answers = new Float64Array(fractions.length);
  order.forEach((at, rank) => {
    // What rounding leaves without a place lies at the end.
    answers[at] = interpolate(places[rank], n, (fractions[at] as number) * total * (n - 1)) ?? value;
  });
  return answers;
}

function interpolate(place: Place | undefined, n: number, target: number): number | undefined {
  if (place === undefined) return undefined;
  const { index, previous, here, next } = place;
  const standing = (element: Element, i: number): number =>
    i === 0 ? 0 : i * element.weight + (n - 1) * element.before;
  const between = (left: Element, right: Element, leftIndex: number): number => {
    const from = standing(left, leftIndex);
    const share = (target - from) / (standing(right, leftIndex + 1) - from);
    return left.value + Math.min(1, share) * (right.value - left.value);
  };
  if (standing(here, index) > target) return between(previous, here, index - 1);
  return next === undefined ? here.value : between(here, next, index);
}

function weightOf({ weights, length }: RisingList): number {
  if (weights === undefined) return length;
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += weights[i] as number;
  return sum;
}
