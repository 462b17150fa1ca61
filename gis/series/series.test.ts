import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recoveryIndex } from './recovery.ts';
import { compareSeason, dayOfYear, sameSeason, yearDecimal } from './season.ts';
import { seasonTrend } from './season-trend.ts';
import { trend } from './trend.ts';

const yearly = (values: readonly number[]) => values.map((value, i) => ({ yearDecimal: 2015 + i, value }));

describe('trend', () => {
  it('is the slope of a straight line, and sure of it', () => {
    const result = trend(yearly([1, 3, 5, 7, 9, 11, 13, 15]));
    expect(result).toMatchObject({
      status: 'ok',
      slopePerYear: 2,
      lowPerYear: 2,
      highPerYear: 2,
      kendallS: 28,
      pointCount: 8,
    });
    // One order of 8! rises all the way, one falls.
    expect(result.status === 'ok' && result.pValue).toBeCloseTo(2 / 40_320, 12);
  });

  it("is Theil's, Sen's and Kendall's, by the figures that are published", () => {
    // Hollander and Wolfe (1973), example 9.1: rainfall of seeded clouds, years 1 to 5. C = -6, one-sided P = 0.117 (Kendall's table).
    const seeded = trend(yearly([1.26, 1.27, 1.12, 1.16, 1.03]), { minPoints: 5 });
    expect(seeded).toMatchObject({ status: 'ok', kendallS: -6, pMethod: 'exact' });
    if (seeded.status === 'ok') {
      expect(seeded.slopePerYear).toBeCloseTo(-0.05625, 12);
      expect(seeded.pValue / 2).toBeCloseTo(0.117, 3);
    }
    // Kendall (1970), appendix table 1, one-sided: n = 8, S = 20 and n = 10, S = 15.
    const eight = trend(yearly([2, 1, 4, 3, 6, 5, 8, 7]));
    expect(eight).toMatchObject({ kendallS: 20 });
    expect(eight.status === 'ok' && eight.pValue / 2).toBeCloseTo(0.0071, 4);
    const ten = trend(yearly([2, 5, 4, 3, 7, 6, 9, 10, 8, 1]));
    expect(ten).toMatchObject({ kendallS: 15 });
    expect(ten.status === 'ok' && ten.pValue / 2).toBeCloseTo(0.108, 3);
    // R 4.2, cor.test(method = "kendall", exact = TRUE).
    const climbing = trend(yearly([0.2, 0.26, 0.23, 0.31, 0.28, 0.36, 0.33, 0.41]));
    expect(climbing.status === 'ok' && climbing.pValue).toBeCloseTo(0.00550595238095, 12);
    // scipy.stats.theilslopes: slope and 95 % interval.
    const twelve = trend(yearly([0.31, 0.29, 0.35, 0.33, 0.41, 0.38, 0.44, 0.47, 0.43, 0.52, 0.5, 0.55]));
    expect(twelve).toMatchObject({ status: 'ok', pMethod: 'normal', kendallS: 54 });
    if (twelve.status === 'ok') {
      expect(twelve.slopePerYear).toBeCloseTo(0.0225, 12);
      expect(twelve.lowPerYear).toBeCloseTo(0.01875, 12);
      expect(twelve.highPerYear).toBeCloseTo(0.02833333333333334, 12);
    }
  });

  it('counts the orders of a small series as going through all of them does', () => {
    const values = [3, 1, 4, 2, 6, 5];
    const sOf = (order: readonly number[]): number =>
      order.reduce((s, a, i) => s + order.slice(i + 1).reduce((t, b) => t + Math.sign(b - a), 0), 0);
    const orders = (rest: readonly number[]): number[][] =>
      rest.length === 0 ? [[]] : rest.flatMap((v, i) => orders(rest.toSpliced(i, 1)).map(tail => [v, ...tail]));
    const all = orders(values);
    const far = all.filter(order => Math.abs(sOf(order)) >= Math.abs(sOf(values)));
    const result = trend(yearly(values));
    expect(result.status === 'ok' && result.pValue).toBeCloseTo(far.length / all.length, 12);
  });

  it('does not depend on the order of points, on units or on where values are counted from', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 14 });
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 14, maxLength: 14 });
    const read = (points: Parameters<typeof trend>[0]) => {
      const result = trend(points, { minSpanYears: 0 });
      if (result.status !== 'ok') throw new Error(result.reason);
      return result;
    };
    fc.assert(
      fc.property(times, values, fc.integer({ min: -4, max: 4 }), (months, numbers, rise) => {
        // Eighths of years and of values: sums and products of them are exact.
        const points = months.map((month, i) => ({ yearDecimal: 2000 + month / 8, value: (numbers[i] as number) / 8 }));
        const own = read(points);
        expect(read(points.toReversed())).toEqual(own);
        const turned = read(points.map(({ yearDecimal, value }) => ({ yearDecimal, value: 3 - 2 * value })));
        expect(turned.slopePerYear).toBeCloseTo(-2 * own.slopePerYear, 12);
        expect(turned.kendallS + own.kendallS).toBe(0);
        expect(turned.pValue).toBe(own.pValue);
        const tilted = read(
          points.map(({ yearDecimal, value }) => ({ yearDecimal, value: value + rise * yearDecimal })),
        );
        expect(tilted.slopePerYear).toBeCloseTo(own.slopePerYear + rise, 9);
        expect(own.lowPerYear).toBeLessThanOrEqual(own.slopePerYear);
        expect(own.highPerYear).toBeGreaterThanOrEqual(own.slopePerYear);
        expect(own.pValue).toBeGreaterThan(0);
        expect(own.pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('is not moved by one wrong value', () => {
    const result = trend(yearly([1, 3, 5, -90, 9, 11, 13, 15]));
    expect(result.status === 'ok' && Math.abs(result.slopePerYear - 2)).toBeLessThan(0.3);
  });

  it('counts ties: a level series has no slope and no significance', () => {
    expect(trend(yearly([4, 4, 4, 4, 4, 4]))).toMatchObject({ status: 'ok', slopePerYear: 0, pValue: 1, kendallS: 0 });
    // Variance with one tie of two: (6*5*17 - 2*1*9) / 18 = 27.33; S = 14.
    const tied = trend(yearly([1, 2, 2, 3, 4, 5]));
    expect(tied.status === 'ok' && tied.pValue).toBeCloseTo(0.0129, 3);
  });

  it('takes several looks of one date as ties of time, as R does', () => {
    const dates = [2015, 2015, 2016, 2016, 2017, 2018, 2019];
    const result = trend(dates.map((yearDecimal, i) => ({ yearDecimal, value: [1, 3, 2, 4, 3, 4, 5][i] as number })));
    expect(result).toMatchObject({ status: 'ok', kendallS: 13, slopePerYear: 1, pMethod: 'normal' });
    // R 4.2: cor.test(method = "kendall", exact = FALSE, continuity = TRUE).
    expect(result.status === 'ok' && result.pValue).toBeCloseTo(0.05942119, 6);
    const oneDay = Array.from({ length: 6 }, (_, i) => ({ yearDecimal: 2020.5, value: i }));
    expect(trend(oneDay, { minSpanYears: 0 })).toEqual({
      status: 'insufficient-data',
      reason: 'span-too-short',
      have: 0,
      need: 0,
    });
  });

  it('says what it had and what it needed', () => {
    expect(trend(yearly([1, 2, NaN, 3]))).toEqual({
      status: 'insufficient-data',
      reason: 'too-few-points',
      have: 3,
      need: 6,
    });
    const close = [0, 1, 2, 3, 4, 5].map(i => ({ yearDecimal: 2020 + i / 12, value: i }));
    expect(trend(close)).toMatchObject({ status: 'insufficient-data', reason: 'span-too-short', need: 2 });
  });
});

describe('season', () => {
  it('counts days and shares of a year', () => {
    expect([dayOfYear('2024-01-01'), dayOfYear('2024-12-31'), dayOfYear('2023-03-01')]).toEqual([1, 366, 60]);
    expect([yearDecimal('2023-01-01'), yearDecimal('2023-07-02')]).toEqual([2023, 2023 + 182 / 365]);
  });

  const observation = (acquiredOn: string, value: number, validFraction = 1) => ({ acquiredOn, value, validFraction });

  it('keeps one season, across the turn of the year, and what was seen well enough', () => {
    const all = [
      observation('2022-12-20', 1),
      observation('2023-01-10', 2),
      observation('2023-06-10', 3),
      observation('2023-01-05', 4, 0.5),
    ];
    expect(sameSeason(all, { centreDay: 1 }).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('compares the same season of two years, or says which year is missing', () => {
    const all = [
      observation('2020-07-10', 0.2),
      observation('2020-07-20', 0.4),
      observation('2023-07-15', 0.5),
      observation('2023-01-15', 0.1),
    ];
    const change = compareSeason(all, { from: 2020, to: 2023 }, { centreDay: 195 });
    expect(change).toMatchObject({ status: 'ok', fromCount: 2, toCount: 1 });
    expect(change.status === 'ok' && change.change).toBeCloseTo(0.2, 12);
    expect(compareSeason(all, { from: 2020, to: 2022 }, { centreDay: 195 })).toEqual({
      status: 'insufficient-data',
      reason: 'too-few-in-season',
      year: 2022,
      have: 0,
      need: 1,
    });
    expect(compareSeason(all, { from: 2020, to: 2023 }, { centreDay: 195, minObservations: 2 })).toMatchObject({
      reason: 'too-few-in-season',
      year: 2023,
      have: 1,
      need: 2,
    });
  });

  it('lets no clouded look stand for a season, and no single one decide it', () => {
    const clouded = [observation('2020-07-10', 0.3), observation('2023-07-15', 0.6, 0.09)];
    expect(compareSeason(clouded, { from: 2020, to: 2023 }, { centreDay: 195 })).toEqual({
      status: 'insufficient-data',
      reason: 'low-coverage',
      year: 2023,
      have: 0.09,
      need: 0.8,
    });
    const shadowed = ['2023-06-20', '2023-07-01', '2023-07-20'].map((day, i) =>
      observation(day, [0.5, -0.2, 0.52][i] ?? 0),
    );
    const result = compareSeason([...clouded.slice(0, 1), ...shadowed], { from: 2020, to: 2023 }, { centreDay: 195 });
    expect(result.status === 'ok' && result.change).toBeCloseTo(0.2, 12);
  });
});

describe('seasonTrend', () => {
  const looks = Array.from({ length: 7 }, (_, i) => [
    { acquiredOn: `${2016 + i}-07-12`, value: 0.2 + 0.04 * i, validFraction: 0.95 },
    { acquiredOn: `${2016 + i}-01-12`, value: 0.05, validFraction: 1 },
    { acquiredOn: `${2016 + i}-07-20`, value: 0.9, validFraction: 0.3 },
  ]).flat();

  it('counts one season and only looks that saw enough, and says what it left out', () => {
    const result = seasonTrend(looks, { centreDay: 195 });
    expect(result).toMatchObject({
      status: 'ok',
      pointCount: 7,
      leftOut: { lowCoverage: 7, outOfSeason: 7, notFinite: 0 },
    });
    expect(result.status === 'ok' && result.slopePerYear).toBeCloseTo(0.04, 4);
  });

  it('without enough of them has no slope', () => {
    expect(seasonTrend(looks.slice(0, 12), { centreDay: 195 })).toEqual({
      status: 'insufficient-data',
      reason: 'too-few-points',
      have: 4,
      need: 6,
      leftOut: { lowCoverage: 4, outOfSeason: 4, notFinite: 0 },
    });
  });
});

/** Normal numbers by the polar method from a seeded generator (Park and Miller). */
function createNormal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe('recovery index', () => {
  const seen = (mean: number, more = {}) => ({ mean, stdev: 0.05, nEff: 100, validFraction: 1, ...more });

  it('lies between disturbed ground and reference', () => {
    const result = recoveryIndex({ cell: seen(0.35), disturbed: seen(0.1), reference: seen(0.6) });
    expect(result).toMatchObject({ status: 'ok', nEff: 100 });
    expect(result.status === 'ok' && result.recoveryIndex).toBeCloseTo(0.5, 12);
    // se = sqrt(1 + 0.25 + 0.25) * 0.005 / 0.5
    if (result.status === 'ok') expect(result.high - result.low).toBeCloseTo(2 * 1.96 * Math.sqrt(1.5) * 0.01, 12);
  });

  it('refuses thin evidence, by name and number', () => {
    const good = { cell: seen(0.35), disturbed: seen(0.1), reference: seen(0.6) };
    expect(recoveryIndex({ ...good, cell: seen(0.3, { validFraction: 0.09 }) })).toEqual({
      status: 'insufficient-data',
      reason: 'low-coverage',
      part: 'cell',
      have: 0.09,
      need: 0.8,
    });
    expect(recoveryIndex({ ...good, reference: seen(0.6, { nEff: 3 }) })).toMatchObject({
      reason: 'too-small',
      part: 'reference',
      have: 3,
    });
    expect(recoveryIndex({ ...good, reference: seen(0.12) })).toMatchObject({ reason: 'no-contrast', need: 0.05 });
    const unseen = { status: 'insufficient-data', reason: 'low-coverage', have: 0, need: 0.8 };
    for (const part of ['cell', 'disturbed', 'reference'] as const) {
      expect(recoveryIndex({ ...good, [part]: seen(NaN) })).toEqual({ ...unseen, part });
      expect(recoveryIndex({ ...good, [part]: seen(Infinity) })).toEqual({ ...unseen, part });
      expect(recoveryIndex({ ...good, [part]: seen(0.3, { stdev: NaN }) })).toEqual({ ...unseen, part });
    }
  });

  it('is the formula in numbers, also beyond both ends, and its interval is that of a repeated draw', () => {
    const of = (cell: number): number => {
      const result = recoveryIndex({ cell: seen(cell), disturbed: seen(0.12), reference: seen(0.62) });
      return result.status === 'ok' ? result.recoveryIndex : NaN;
    };
    expect([of(0.12), of(0.62), of(0.32), of(0.72), of(0.07)].map(value => Number(value.toFixed(12)))).toEqual([
      0, 1, 0.4, 1.2, -0.1,
    ]);
    // Second method for the interval: the spread of the ratio over draws of the three means.
    const random = createNormal(7);
    const draws = Array.from({ length: 20_000 }, () => {
      const [cell, disturbed, reference] = [0.32, 0.12, 0.62].map(mean => mean + 0.005 * random()) as [
        number,
        number,
        number,
      ];
      return (cell - disturbed) / (reference - disturbed);
    });
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
    const result = recoveryIndex({ cell: seen(0.32), disturbed: seen(0.12), reference: seen(0.62) });
    if (result.status === 'ok')
      expect(Math.abs((result.high - result.low) / (2 * 1.96 * spread) - 1)).toBeLessThan(0.02);
    expect(result.status).toBe('ok');
  });

  it('refuses a reference that was read on another day', () => {
    const cell = { ...seen(0.35), acquiredOn: '2023-07-14' };
    const reference = { ...seen(0.6), acquiredOn: '2023-07-24' };
    expect(recoveryIndex({ cell, disturbed: seen(0.1), reference })).toEqual({
      status: 'insufficient-data',
      reason: 'not-same-day',
      part: 'reference',
      have: 10,
      need: 0,
    });
    expect(
      recoveryIndex({ cell, disturbed: seen(0.1), reference: { ...reference, acquiredOn: '2023-07-14' } }),
    ).toMatchObject({
      status: 'ok',
    });
  });
});
