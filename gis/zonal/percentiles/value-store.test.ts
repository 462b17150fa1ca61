import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortValues, sortWeighted } from './sort-values.ts';
import { NumberRooms } from './number-rooms.ts';
import { ValueStore } from './value-store.ts';
import type { Spans } from './value-store.ts';

const storeOf = (...pairs: readonly (readonly [value: number, weight: number])[]): ValueStore => {
  const store = new ValueStore(new NumberRooms());
  for (const [value, weight] of pairs) addOne(store, value, weight);
  return store;
};

const addOne = (store: ValueStore, value: number, weight: number): void =>
  store.addRow(spansOf([0, 1, weight]), 0, Float64Array.of(value), 0);

/** Spans of one row. */
const spansOf = (...spans: readonly (readonly [start: number, end: number, weight: number])[]): Spans => ({
  rowStarts: Uint32Array.of(0, spans.length),
  starts: Int32Array.from(spans, ([start]) => start),
  ends: Int32Array.from(spans, ([, end]) => end),
  weights: Float64Array.from(spans, ([, , weight]) => weight),
});

/** The definition, written down as it stands: distinct values, their places, the first one beyond the target. */
function byDefinition(pairs: readonly (readonly [value: number, weight: number])[], fraction: number): number {
  const sums = new Map<number, number>();
  for (const [value, weight] of pairs) sums.set(value, (sums.get(value) ?? 0) + weight);
  const sorted = [...sums].sort(([a], [b]) => a - b);
  const n = sorted.length;
  let before = 0;
  const places = sorted.map(([, weight], i) => {
    const place = i === 0 ? 0 : i * weight + (n - 1) * before;
    before += weight;
    return place;
  });
  const target = fraction * before * (n - 1);
  const right = places.findIndex(place => place > target);
  if (right < 0) return sorted.at(-1)?.[0] as number;
  const [left, here] = [sorted[right - 1]?.[0] as number, sorted[right]?.[0] as number];
  const [from, to] = [places[right - 1] as number, places[right] as number];
  return left + ((target - from) * (here - left)) / (to - from);
}

describe('values with weights', () => {
  it('all of them is the largest, to the last bit', () => {
    const store = storeOf([2399, 0.1], [400, 0.7], [1200.3, 0.3], [2398, 0.2]);
    expect([...store.percentiles([1, 0])]).toEqual([2399, 400]);
    const many = storeOf(...Array.from({ length: 2000 }, (_, i) => [400 + i, 0.1 + (i % 7) / 9] as const));
    expect(many.percentiles([1])[0]).toBe(2399);
  });

  it('come out sorted, equal ones joined, whatever the order and the weights', () => {
    const store = storeOf([3, 1], [1, 0.5], [NaN, 1], [3, 0.25], [1, 1], [2, 1], [NaN, 0.5]);
    expect(store.collect()).toEqual({ values: Float64Array.of(1, 2, 3), weights: Float64Array.of(1.5, 1, 1.25) });
    addOne(store, 2, 0.5);
    const joined = { values: Float64Array.of(0, 2), weights: Float64Array.of(1, 2) };
    store.merge({ ...storeOf().contents, min: 0, max: 2, joined });
    expect(store.collect()).toEqual({
      values: Float64Array.of(0, 1, 2, 3),
      weights: Float64Array.of(1, 1.5, 3.5, 1.25),
    });
  });

  it('have the percentiles of the definition: many equal values, crowds, outliers, merged parts', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 5 }),
      fc.double({ min: 0.3, max: 0.3001, noNaN: true }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    );
    const weight = fc.oneof(fc.constant(1), fc.double({ min: 1e-6, max: 1, noNaN: true }));
    const pairs = fc.array(fc.tuple(value, weight), { minLength: 1, maxLength: 400 });
    const fractions = [0.9, 0, 0.5, 0.1, 1, 0.333];
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 400 }), (all, cut) => {
        const parted = storeOf(...all.slice(0, cut));
        if (cut < all.length) parted.merge(storeOf(...all.slice(cut)).contents);
        for (const answers of [storeOf(...all).percentiles(fractions), parted.percentiles(fractions)]) {
          fractions.forEach((fraction, i) => {
            const expected = byDefinition(all, fraction);
            // Beside a value, a rounding of the weights is a rounding of the step to its neighbour.
            expect(Math.abs((answers[i] as number) - expected)).toBeLessThanOrEqual(1e-6 + 1e-7 * Math.abs(expected));
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are sorted as a comparison sorts them, each with its own weight', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: 0, max: 1e-3, noNaN: true }),
      fc.integer({ min: -9, max: 9 }),
      fc.integer(),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 500 }), list => {
        const values = Float64Array.from(list);
        const [min, max] = [Math.min(...list), Math.max(...list)];
        const sorted = list.toSorted((a, b) => a - b);
        const alone = sortValues(values.slice(), list.length, min, max);
        expect(Array.from(alone.values.subarray(0, list.length), v => v + 0)).toEqual(sorted.map(v => v + 0));
        const repeats = sorted.flatMap((v, i) => (i > 0 && v === sorted[i - 1] ? [i] : []));
        expect([...alone.repeats.subarray(0, alone.repeatCount)]).toEqual(repeats);
        const weights = values.map(v => (v % 7) + 1);
        sortWeighted(values, weights, list.length, min, max);
        expect(Array.from(values, v => v + 0)).toEqual(sorted.map(v => v + 0));
        expect(weights).toEqual(values.map(v => (v % 7) + 1));
      }),
      { numRuns: 300 },
    );
  });

  it(
    'stay within their room beyond four million distinct ones, and percentiles within a millionth of the range',
    { timeout: 60_000 },
    () => {
      const store = new ValueStore(new NumberRooms());
      const count = 9_000_000;
      const row = new Float64Array(1000);
      const all = spansOf([0, row.length, 1]);
      // A permutation of 0 … count - 1: 5_000_011 is prime and no divisor of the count.
      for (let i = 0; i < count; i += row.length) {
        for (let k = 0; k < row.length; k += 1) row[k] = ((i + k) * 5_000_011) % count;
        store.addRow(all, 0, row, 0);
      }
      const { values, weights } = store.collect();
      expect(values.length).toBeLessThan(5_500_000);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(count);
      const fractions = [0.1, 0.5, 0.9];
      store.percentiles(fractions).forEach((answer, i) => {
        expect(Math.abs(answer / count - (fractions[i] as number))).toBeLessThan(1e-4);
      });
    },
  );

  it('are taken span by span from a row that begins at any column, holes and all', () => {
    const store = new ValueStore(new NumberRooms());
    const spans = spansOf([100, 101, 0.5], [101, 104, 1], [105, 106, 0.25]);
    store.addRow(spans, 0, Float64Array.of(-1, 5, 3, NaN, 4, -1, NaN, -1), 99);
    store.addRow({ ...spans, rowStarts: Uint32Array.of(0, 0) }, 0, Float64Array.of(1), 99);
    expect(store.collect()).toEqual({ values: Float64Array.of(3, 4, 5), weights: Float64Array.of(1, 1, 0.5) });
  });

  it('may be infinite', () => {
    const percentiles = storeOf([Infinity, 1], [1, 1], [2, 0.5]).percentiles([0, 1]);
    expect(Array.from(percentiles)).toEqual([1, Infinity]);
  });

  it('one value is every percentile', () => {
    expect(Array.from(storeOf([7, 0.1]).percentiles([0, 0.5, 1]))).toEqual([7, 7, 7]);
  });
});
