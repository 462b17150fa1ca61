import { describe, expect, it } from 'vitest';
import { fitHarmonic, harmonicValue } from './harmonic.ts';
import type { HarmonicFit } from './harmonic.ts';
import { conditionOf, singularParts } from './singular-values.ts';

const fitted = (result: ReturnType<typeof fitHarmonic>): HarmonicFit => {
  if (result.status !== 'ok') throw new Error(`no fit: ${result.reason}`);
  return result;
};
const truth = (year: number): number => 0.35 + 0.03 * (year - 2020) + 0.21 * Math.cos(2 * Math.PI * (year - 0.55));
const monthly = (years: number, value = truth) =>
  Array.from({ length: 12 * years }, (_, i) => ({ yearDecimal: 2019 + i / 12, value: value(2019 + i / 12) }));

/** Made once: uneven dates, noise of about 0.01, and three wild values (a cloud, a shadow, a saturated cell). */
const YEARS = [
  2019.05, 2019.13, 2019.21, 2019.3, 2019.38, 2019.46, 2019.55, 2019.63, 2019.71, 2019.8, 2019.88, 2019.96, 2020.07,
  2020.19, 2020.33, 2020.41, 2020.52, 2020.66, 2020.74, 2020.91, 2021.11, 2021.27, 2021.36, 2021.58, 2021.69, 2021.85,
];
const VALUES = [
  0.11, 0.1194, 0.2033, 0.3005, 0.02, 0.5016, 0.522, 0.5154, 0.4383, 0.3385, 0.2267, 0.159, 0.1213, 0.2223, 0.3828,
  0.4767, -0.1, 0.5061, 0.441, 0.2369, 0.1665, 0.3372, 0.95, 0.6032, 0.5111, 0.3271,
];
const uneven = YEARS.map((yearDecimal, i) => ({ yearDecimal, value: VALUES[i] as number }));

describe('fitHarmonic', () => {
  it('gives back level, trend, amplitude and phase of a series without noise', () => {
    const fit = fitted(fitHarmonic(monthly(4)));
    expect(fit.trendPerYear).toBeCloseTo(0.03, 10);
    expect(fit.amplitude).toBeCloseTo(0.21, 10);
    expect(fit.peakPhase).toBeCloseTo(0.55, 10);
    expect(fit.level).toBeCloseTo(0.35 + 0.03 * (fit.referenceYear - 2020), 10);
    expect(fit.noise).toBeLessThan(1e-12);
    expect(harmonicValue(fit, 2021.25)).toBeCloseTo(truth(2021.25), 10);
  });

  it('agrees with an M-estimate computed elsewhere (numpy lstsq, bisquare, MAD), wild values and all', () => {
    const fit = fitted(fitHarmonic(uneven));
    expect(fit.level).toBeCloseTo(0.3492113901761561, 8);
    expect(fit.trendPerYear).toBeCloseTo(0.029908581491579704, 8);
    expect(fit.waves[0]?.cosine).toBeCloseTo(-0.19801021231585164, 8);
    expect(fit.waves[0]?.sine).toBeCloseTo(-0.06600872156128304, 8);
    expect(fit.noise).toBeCloseTo(0.010517216747970593, 8);
    expect(fit.condition).toBeCloseTo(1.4304844206551646, 8);
    expect(fit).toMatchObject({ outlierCount: 3, pointCount: 26 });
    // scipy: t(0.975, 22) times the standard error.
    expect((fit.highPerYear - fit.lowPerYear) / 2).toBeCloseTo(0.0051966203421273055, 7);
    // Plain least squares would say 0.080 a year, and an amplitude of 0.149.
    expect(Math.abs(fit.trendPerYear - 0.03)).toBeLessThan(0.001);
  });

  it('agrees with the closed form where dates are even and whole years: Fourier sums', () => {
    const square = monthly(3, year => ((year + 1e-9) % 1 < 0.5 ? 0.6 : 0.2));
    const fit = fitted(fitHarmonic(square, { waves: 2 }));
    // Trend-free apart from the season's own lean: compare with the normal equations, solved by elimination.
    const rows = square.map(({ yearDecimal: t }) => [
      1,
      t - fit.referenceYear,
      ...[1, 2].flatMap(k => [Math.cos(2 * Math.PI * k * t), Math.sin(2 * Math.PI * k * t)]),
    ]);
    const weights = weightsOf(square, fit);
    const solution = normalEquations(
      rows,
      square.map(({ value }) => value),
      weights,
    );
    const ours = [fit.level, fit.trendPerYear, ...fit.waves.flatMap(({ cosine, sine }) => [cosine, sine])];
    ours.forEach((value, i) => expect(value).toBeCloseTo(solution[i] as number, 8));
  });

  it('says what it had and what it needed', () => {
    expect(fitHarmonic(uneven.slice(0, 11))).toEqual({
      status: 'insufficient-data',
      reason: 'too-few-points',
      have: 11,
      need: 12,
    });
    expect(fitHarmonic(uneven.slice(0, 12))).toMatchObject({ reason: 'span-too-short', need: 1.5 });
    expect(fitHarmonic(uneven.map((point, i) => (i < 20 ? { ...point, value: NaN } : point)))).toMatchObject({
      reason: 'too-few-points',
      have: 6,
    });
    // Every summer and never a winter: level and season are one and the same thing.
    const summers = Array.from({ length: 24 }, (_, i) => 2018 + Math.floor(i / 4) + 0.5 + (i % 4) * 0.02);
    const result = fitHarmonic(summers.map(yearDecimal => ({ yearDecimal, value: truth(yearDecimal) })));
    expect(result).toMatchObject({ status: 'insufficient-data', reason: 'seasons-missing', need: 30 });
    expect(result.status !== 'ok' && result.have).toBeGreaterThan(30);
    // The same day every year: the columns depend on each other.
    const sameDay = Array.from({ length: 14 }, (_, i) => ({ yearDecimal: 2005.5 + i, value: i }));
    expect(fitHarmonic(sameDay)).toMatchObject({ reason: 'seasons-missing' });
  });

  it('takes a constant series for what it is', () => {
    expect(fitted(fitHarmonic(monthly(3, () => 0.4)))).toMatchObject({ noise: expect.closeTo(0, 12) });
  });
});

const bisquare = (u: number): number => (Math.abs(u) < 4.685 ? (1 - (u / 4.685) ** 2) ** 2 : 0);
const weightsOf = (points: readonly { yearDecimal: number; value: number }[], fit: HarmonicFit): number[] =>
  points.map(({ yearDecimal, value }) =>
    fit.noise > 0 ? bisquare((value - harmonicValue(fit, yearDecimal)) / fit.noise) : 1,
  );

/** Xᵀ W X b = Xᵀ W y by Gaussian elimination. */
function normalEquations(rows: readonly number[][], values: readonly number[], weights: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const sum = (term: (row: number[], i: number) => number): number =>
    rows.reduce((total, row, i) => total + (weights[i] as number) * term(row, i), 0);
  const table = Array.from({ length: size }, (_, a) => [
    ...Array.from({ length: size }, (__, b) => sum(row => (row[a] as number) * (row[b] as number))),
    sum((row, i) => (row[a] as number) * (values[i] as number)),
  ]);
  for (let p = 0; p < size; p += 1) {
    const pivot = table[p] as number[];
    for (let r = 0; r < size; r += 1) {
      if (r === p) continue;
      const row = table[r] as number[];
      const factor = (row[p] as number) / (pivot[p] as number);
      for (let c = p; c <= size; c += 1) row[c] = (row[c] as number) - factor * (pivot[c] as number);
    }
  }
  return table.map((row, i) => (row[size] as number) / (row[i] as number));
}

describe('singularParts', () => {
  it('finds the singular values of a Läuchli matrix, of which the squares would lose the small ones', () => {
    // [1 1; e 0; 0 e]: sqrt(2 + e²) and e.
    const e = 1e-9;
    const { values } = singularParts([Float64Array.of(1, e, 0), Float64Array.of(1, 0, e)]);
    expect(Math.max(...values)).toBeCloseTo(Math.SQRT2, 12);
    expect(Math.min(...values) / e).toBeCloseTo(1, 6);
    expect(conditionOf(singularParts([Float64Array.of(1, 2), Float64Array.of(2, 4)]))).toBeGreaterThan(1e15);
  });
});
