import { describe, expect, it } from 'vitest';
import { ValueStore, weightedPercentile } from './value-store.ts';

describe('values with weights', () => {
  it('come out sorted, equal ones joined, whatever the order and the weights', () => {
    const store = new ValueStore();
    for (const [value, weight] of [
      [3, 1],
      [1, 0.5],
      [3, 0.25],
      [1, 1],
      [2, 1],
    ] as const)
      store.add(value, weight);
    expect(store.collect()).toEqual({ values: Float64Array.of(1, 2, 3), weights: Float64Array.of(1.5, 1, 1.25) });
    store.add(2, 0.5);
    store.merge({ values: Float64Array.of(0, 2), weights: Float64Array.of(1, 2) });
    expect(store.collect()).toEqual({
      values: Float64Array.of(0, 1, 2, 3),
      weights: Float64Array.of(1, 1.5, 3.5, 1.25),
    });
  });

  it(
    'stay within their room beyond four million distinct ones, and percentiles within a millionth of the range',
    { timeout: 60_000 },
    () => {
      const store = new ValueStore();
      const count = 9_000_000;
      // A permutation of 0 … count - 1: 5_000_011 is prime and no divisor of the count.
      for (let i = 0; i < count; i += 1) store.add((i * 5_000_011) % count, 1);
      const values = store.collect();
      expect(values.values.length).toBeLessThan(5_500_000);
      expect(values.weights.reduce((sum, weight) => sum + weight, 0)).toBe(count);
      for (const fraction of [0.1, 0.5, 0.9]) {
        expect(Math.abs(weightedPercentile(values, fraction) / count - fraction)).toBeLessThan(1e-4);
      }
    },
  );

  it('one value is every percentile', () => {
    const one = { values: Float64Array.of(7), weights: Float64Array.of(0.1) };
    expect([0, 0.5, 1].map(fraction => weightedPercentile(one, fraction))).toEqual([7, 7, 7]);
  });
});
