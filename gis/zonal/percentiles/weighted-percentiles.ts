import type { RisingList } from './weighted-values.ts';

/** What is noted of a percentile's place, numbers of one row: the element it lies at, and both neighbours. */
const INDEX = 0;
const PREVIOUS = 1;
const HERE = 4;
const NEXT = 7;
/** Of an element: its value, its weight, and the sum of the weights before it. */
const WEIGHT = 1;
const BEFORE = 2;
const ROW = 10;

/**
 * Weighted percentiles as exactextract defines them: with n distinct values in order, weights w and their running sum W before a value,
 * the value i stands at `s = i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`. With equal weights this is the
 * common linear definition (type 7 of Hyndman and Fan 1996). Takes the values as two rising lists and joins equal ones on the way: how
 * many distinct ones there are is known only at the end, but the neighbourhood of each percentile does not depend on it, because
 * `W <= s / (n - 1) <= W + w`. NaN where there is no value.
 */
export function percentilesOf(a: RisingList, b: RisingList, fractions: readonly number[]): Float64Array {
  const total = weightOf(a) + weightOf(b);
  const order = Uint32Array.from(fractions, (_, at) => at).sort(
    (x, y) => (fractions[x] as number) - (fractions[y] as number),
  );
  const targets = Float64Array.from(order, at => (fractions[at] as number) * total);
  const places = new Float64Array(ROW * fractions.length).fill(NaN);
  const { n, last } = locate(a, b, targets, places);
  const answers = new Float64Array(fractions.length);
  order.forEach((at, rank) => {
    const place = places.subarray(rank * ROW, (rank + 1) * ROW);
    // What rounding leaves without a place lies at the end; and all of the values is the largest of them, to the last bit.
    const isAtEnd = Number.isNaN(place[INDEX]) || (fractions[at] as number) >= 1;
    answers[at] = isAtEnd ? last : interpolate(place, n, (fractions[at] as number) * total * (n - 1));
  });
  return answers;
}

/**
 * Notes for each target (rising) the first element whose weights up to and with its own pass it; answers how many elements there are and the
 * last of them. The loop over every value of every zone: objects in it, even rarely made ones, would put each number of it on the heap.
 */
function locate(
  a: RisingList,
  b: RisingList,
  targets: Float64Array,
  places: Float64Array,
): { readonly n: number; readonly last: number } {
  const { values: aValues, weights: aWeights, length: aLength } = a;
  const { values: bValues, weights: bWeights, length: bLength } = b;
  let found = 0;
  let finished = 0;
  let target = targets.length > 0 ? (targets[0] as number) : Infinity;
  let n = 0;
  let value = NaN;
  let weight = 0;
  let before = 0;
  let i = 0;
  let j = 0;
  while (i < aLength || j < bLength) {
    const lastValue = value;
    const lastWeight = weight;
    const lastBefore = before;
    const isOfA = j >= bLength || (i < aLength && (aValues[i] as number) <= (bValues[j] as number));
    value = (isOfA ? aValues[i] : bValues[j]) as number;
    before += weight;
    weight = 0;
    for (; i < aLength && aValues[i] === value; i += 1) weight += aWeights === undefined ? 1 : (aWeights[i] as number);
    for (; j < bLength && bValues[j] === value; j += 1) weight += bWeights === undefined ? 1 : (bWeights[j] as number);
    for (; finished < found; finished += 1) {
      const row = finished * ROW + NEXT;
      places[row] = value;
      places[row + WEIGHT] = weight;
      places[row + BEFORE] = before;
    }
    while (before + weight > target) {
      const row = found * ROW;
      places[row + INDEX] = n;
      places[row + PREVIOUS] = lastValue;
      places[row + PREVIOUS + WEIGHT] = lastWeight;
      places[row + PREVIOUS + BEFORE] = lastBefore;
      places[row + HERE] = value;
      places[row + HERE + WEIGHT] = weight;
      places[row + HERE + BEFORE] = before;
      found += 1;
      target = found < targets.length ? (targets[found] as number) : Infinity;
    }
    n += 1;
  }
  return { n, last: value };
}

function interpolate(place: Float64Array, n: number, target: number): number {
  const index = place[INDEX] as number;
  const standing = (element: number, i: number): number =>
    i === 0 ? 0 : i * (place[element + WEIGHT] as number) + (n - 1) * (place[element + BEFORE] as number);
  const between = (left: number, right: number, leftIndex: number): number => {
    const from = standing(left, leftIndex);
    const share = (target - from) / (standing(right, leftIndex + 1) - from);
    const value = place[left] as number;
    return value + Math.min(1, share) * ((place[right] as number) - value);
  };
  if (standing(HERE, index) > target) return between(PREVIOUS, HERE, index - 1);
  return Number.isNaN(place[NEXT]) ? (place[HERE] as number) : between(HERE, NEXT, index);
}

function weightOf({ weights, length }: RisingList): number {
  if (weights === undefined) return length;
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += weights[i] as number;
  return sum;
}
