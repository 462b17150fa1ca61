import { describe, expect, it } from 'vitest';
import { recoveryIndex } from './recovery.ts';
import { compareSeason, dayOfYear, sameSeason, yearDecimal } from './season.ts';
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
    // S = 28 of 28 pairs, variance 8 * 7 * 21 / 18 = 65.33, z = 27 / 8.083.
    expect(result.status === 'ok' && result.pValue).toBeCloseTo(0.000837, 5);
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
    expect(compareSeason(all, { from: 2020, to: 2022 }, { centreDay: 195 })).toMatchObject({
      status: 'insufficient-data',
      year: 2022,
      have: 0,
      need: 1,
    });
  });
});

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
    expect(recoveryIndex({ ...good, cell: seen(NaN) })).toMatchObject({ status: 'insufficient-data' });
  });
});
