import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PercentileSelection } from './percentile-selection.ts';

const selection = new PercentileSelection();

type Weighted = readonly [value: number, weight: number];

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);

function select(all: readonly Weighted[], fractions: readonly number[]): number[] | undefined {
  const whole = all.filter(([, weight]) => weight === 1);
  const parts = all.filter(([, weight]) => weight !== 1);
  const room = selection.open(whole.length, parts.length, fractions.length);
  room?.values.set([...whole, ...parts].map(([value]) => value));
  room?.partWeights.set(parts.map(([, weight]) => weight));
  const values = all.map(([value]) => value);
  const found = room && selection.percentiles(least(values), -least(values.map(value => -value)), fractions);
  return found && [...found];
}

/** The definition as it stands, over values that a comparison has sorted and a map has joined. */
function byDefinition(all: readonly Weighted[]): (fraction: number) => number {
  const sums = new Map<number, number>();
  for (const [value, weight] of all) sums.set(value, (sums.get(value) ?? 0) + weight);
  const rising = [...sums].sort(([a], [b]) => a - b);
  let total = 0;
  const stands = rising.map(([, weight], i) => {
    const stand = i * weight + (rising.length - 1) * total;
    total += weight;
    return stand;
  });
  return fraction => {
    const target = fraction * total * (rising.length - 1);
    const right = stands.findIndex(stand => stand > target);
    if (right < 0) return rising.at(-1)?.[0] as number;
    if (right === 0) return rising[0]?.[0] as number;
    const [left, here] = [rising[right - 1]?.[0] as number, rising[right]?.[0] as number];
    const [from, to] = [stands[right - 1] as number, stands[right] as number];
    return left + ((target - from) / (to - from)) * (here - left);
  };
}

const FRACTIONS = [0.5, 0.1, 0.9, 0, 1, 1 / 3, 0.001];

/** Of the fraction, give or take a rounding of the sum of weights: between values that hardly weigh anything that is a step. */
function expectSame(all: readonly Weighted[]): void {
  const found = select(all, FRACTIONS) as number[];
  expect(found).toBeDefined();
  const percentile = byDefinition(all);
  const rounding = -1e-15 * least(all.map(([value]) => -Math.abs(value)));
  FRACTIONS.forEach((fraction, i) => {
    const [least, most] = [-1, 1].map(side => percentile(fraction + side * 1e-13) + side * rounding);
    expect(found[i]).toBeGreaterThanOrEqual(least as number);
    expect(found[i]).toBeLessThanOrEqual(most as number);
  });
}

describe('percentiles that are selected', () => {
  const share = fc.integer({ min: 1, max: 65_535 });
  const ratio = fc.tuple(share, share).map(([low, high]) => (high - low) / (high + low));
  const few = fc.constantFrom(0, -0, 1, 3, 4, -7);
  const crowd = fc.double({ min: 0.3, max: 0.3001, noNaN: true });
  // Where nothing but values too small to be divided by lie beside one another, percentiles are left to others.
  const spread = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map(value => (Math.abs(value) < 1e-290 ? 0 : value));
  const weight = fc.oneof(
    { weight: 5, arbitrary: fc.constant(1) },
    fc.constant(1e-12),
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
  );

  it.each([
    ['of ratios', ratio],
    ['of many ties, and of nought with either sign', few],
    ['of values that crowd', crowd],
    ['of values far apart', spread],
    ['of all of these', fc.oneof(ratio, few, crowd, spread)],
  ])('are those of sorted values: %s', (_, value) => {
    fc.assert(fc.property(fc.array(fc.tuple(value, weight), { minLength: 1, maxLength: 600 }), expectSame), {
      numRuns: 200,
    });
  });

  it('are those of sorted values in zones of tens of thousands of cells, one in four of them a repeat', () => {
    const cells = Array.from({ length: 60_000 }, (_, i): Weighted => {
      const high = 900 + ((i * 7919) % 3500);
      const low = 400 + ((i * 104_729) % 1999);
      return [(high - low) / (high + low), i % 11 === 0 ? ((i % 97) + 1) / 100 : 1];
    });
    expectSame([...cells, ...cells.slice(0, 20_000)]);
  });

  it('are those of sorted values where a zone is as large as may be and every value comes twice', () => {
    const once = Array.from({ length: 1 << 16 }, (_, i): Weighted => [((i * 40_503) % 65_536) / 65_536, 1]);
    expectSame([...once, ...once]);
  });

  it('are the one value there is, and none of what is empty', () => {
    expect(select([[7, 0.1]], FRACTIONS)).toEqual(FRACTIONS.map(() => 7));
    expect(
      select(
        [
          [-2.5, 1],
          [-2.5, 1e-12],
        ],
        FRACTIONS,
      ),
    ).toEqual(FRACTIONS.map(() => -2.5));
    expect(selection.open(0, 0, 1)).toBeUndefined();
  });

  it('are left to others where values crowd beside one far away, are infinite, or are too many', () => {
    const crowded = Array.from({ length: 20_000 }, (_, i): Weighted => [i / 1e9, 1]);
    expect(select([...crowded, [1e9, 1]], [0.5])).toBeUndefined();
    expect(
      select(
        [
          [1, 1],
          [2, 1],
          [Infinity, 1],
        ],
        [0.5],
      ),
    ).toBeUndefined();
    expect(selection.open(1 << 20, 0, 1)).toBeUndefined();
    expect(selection.open(10, 0, 99)).toBeUndefined();
  });
});
