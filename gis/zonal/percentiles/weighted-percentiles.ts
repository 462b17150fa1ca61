import type { RisingValues, WeightedList } from './weighted-values.ts';

/** What is noted of the element that a percentile lies at, numbers of one row: where it begins in either list, and what comes before it. */
const WHOLE_AT = 0;
const PARTLY_AT = 1;
const INDEX = 2;
const BEFORE = 3;
const ROW = 4;

/**
 * Weighted percentiles as exactextract defines them: with n distinct values in order, weights w and their running sum W before a value,
 * the value i stands at `s = i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`. With equal weights this is the
 * common linear definition (type 7 of Hyndman and Fan 1996). Takes the values as two rising lists, those that weigh 1 and others, and joins
 * equal ones on the way: how many distinct ones there are is known only at the end, but the neighbourhood of each percentile does not depend
 * on it, because `W <= s / (n - 1) <= W + w`. NaN where there is no value.
 */
export function percentilesOf(whole: RisingValues, partly: WeightedList, fractions: readonly number[]): Float64Array {
  const total = whole.length + sumOf(partly);
  const order = Uint32Array.from(fractions, (_, at) => at).sort(
    (x, y) => (fractions[x] as number) - (fractions[y] as number),
  );
  const targets = Float64Array.from(order, at => (fractions[at] as number) * total);
  const places = new Float64Array(ROW * fractions.length).fill(NaN);
  const n = locate(whole, partly, targets, places);
  const last = greater(whole.values[whole.length - 1], partly.values[partly.length - 1]);
  const answers = new Float64Array(fractions.length);
  order.forEach((at, rank) => {
    const place = places.subarray(rank * ROW, (rank + 1) * ROW);
    // What rounding leaves without a place lies at the end; and all of the values is the largest of them, to the last bit.
    const isAtEnd = Number.isNaN(place[INDEX]) || (fractions[at] as number) >= 1;
    answers[at] = isAtEnd ? last : interpolate(whole, partly, place, n, (fractions[at] as number) * total * (n - 1));
  });
  return answers;
}

/**
 * Notes for each target (rising) the first element whose weights up to and with its own pass it; answers how many elements there are. The loop
 * over every value of every zone: it runs through stretches of values that weigh 1, as long as no other lies between, and keeps no objects,
 * which would put each number of it on the heap.
 */
function locate(whole: RisingValues, partly: WeightedList, targets: Float64Array, places: Float64Array): number {
  const { values: wholes, length: wholeCount } = whole;
  const { values: others, weights, length: otherCount } = partly;
  let found = 0;
  let target = targets.length > 0 ? (targets[0] as number) : Infinity;
  let n = 0;
  let before = 0;
  let i = 0;
  let j = 0;
  for (;;) {
    // Nothing is as great as NaN: where no other value comes the stretch goes to the end.
    const next = j < otherCount ? (others[j] as number) : NaN;
    const start = i;
    const nBefore = n;
    let last = NaN;
    for (; i < wholeCount; i += 1) {
      const value = wholes[i] as number;
      if (value >= next) break;
      if (value !== last) n += 1;
      last = value;
    }
    while (before + (i - start) > target) {
      let at = Math.min(i - 1, start + Math.floor(target - before));
      while (at > start && wholes[at - 1] === wholes[at]) at -= 1;
      const row = found * ROW;
      places[row + WHOLE_AT] = at;
      places[row + PARTLY_AT] = j;
      places[row + INDEX] = nBefore + countDistinct(wholes, start, at);
      places[row + BEFORE] = before + (at - start);
      found += 1;
      target = found < targets.length ? (targets[found] as number) : Infinity;
    }
    before += i - start;
    if (j >= otherCount) return n;
    const fromWhole = i;
    const fromOther = j;
    for (; i < wholeCount && wholes[i] === next; i += 1);
    let weight = i - fromWhole;
    for (; j < otherCount && others[j] === next; j += 1) weight += weights[j] as number;
    while (before + weight > target) {
      const row = found * ROW;
      places[row + WHOLE_AT] = fromWhole;
      places[row + PARTLY_AT] = fromOther;
      places[row + INDEX] = n;
      places[row + BEFORE] = before;
      found += 1;
      target = found < targets.length ? (targets[found] as number) : Infinity;
    }
    n += 1;
    before += weight;
  }
}

function countDistinct(values: Float64Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i += 1) if (i === start || values[i] !== values[i - 1]) count += 1;
  return count;
}

function interpolate(
  whole: RisingValues,
  partly: WeightedList,
  place: Float64Array,
  n: number,
  target: number,
): number {
  const index = place[INDEX] as number;
  const before = place[BEFORE] as number;
  const [i, j] = [place[WHOLE_AT] as number, place[PARTLY_AT] as number];
  const here = smaller(whole.values[i < whole.length ? i : -1], partly.values[j < partly.length ? j : -1]);
  const [nextI, nextJ] = [skipEqual(whole, i, 1, here), skipEqual(partly, j, 1, here)];
  const weight = nextI - i + sumOf(partly, j, nextJ);
  const stand = index === 0 ? 0 : index * weight + (n - 1) * before;
  if (stand > target) {
    const left = greater(whole.values[i - 1], partly.values[j - 1]);
    const [fromI, fromJ] = [skipEqual(whole, i - 1, -1, left) + 1, skipEqual(partly, j - 1, -1, left) + 1];
    const leftWeight = i - fromI + sumOf(partly, fromJ, j);
    const leftStand = index === 1 ? 0 : (index - 1) * leftWeight + (n - 1) * (before - leftWeight);
    return between(left, leftStand, here, stand, target);
  }
  const isLast = nextI >= whole.length && nextJ >= partly.length;
  if (isLast) return here;
  const right = smaller(
    whole.values[nextI < whole.length ? nextI : -1],
    partly.values[nextJ < partly.length ? nextJ : -1],
  );
  const [endI, endJ] = [skipEqual(whole, nextI, 1, right), skipEqual(partly, nextJ, 1, right)];
  const rightWeight = endI - nextI + sumOf(partly, nextJ, endJ);
  return between(here, stand, right, (index + 1) * rightWeight + (n - 1) * (before + weight), target);
}

const between = (left: number, from: number, right: number, to: number, target: number): number =>
  left + Math.min(1, (target - from) / (to - from)) * (right - left);

/** The first place from `at` on, in steps of 1 or -1, that has another value. */
function skipEqual({ values, length }: RisingValues, at: number, step: 1 | -1, value: number): number {
  let i = at;
  while (i >= 0 && i < length && values[i] === value) i += step;
  return i;
}

function sumOf({ weights, length }: WeightedList, from = 0, to = length): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += weights[i] as number;
  return sum;
}

/** Of two values of which one may be missing; NaN where both are. */
const greater = (a: number | undefined, b: number | undefined): number =>
  a === undefined || (b !== undefined && b > a) ? (b ?? NaN) : a;
const smaller = (a: number | undefined, b: number | undefined): number =>
  a === undefined || (b !== undefined && b < a) ? (b ?? NaN) : a;
