import { normalQuantile } from './normal.ts';
import { conditionOfDesign, robustRegression } from './robust-regression.ts';
import type { SeriesPoint } from './trend.ts';

/** A season that repeats and a trend beneath it. Values are of the index that was fitted. */
export interface HarmonicFit {
  readonly status: 'ok';
  /** Mean over a year, at `referenceYear`. */
  readonly level: number;
  /** Middle of the time that was seen, decimal years. */
  readonly referenceYear: number;
  readonly trendPerYear: number;
  /** 95 % interval of the trend. */
  readonly lowPerYear: number;
  readonly highPerYear: number;
  /** For each wave, the annual one first: `cosine·cos(2πkt) + sine·sin(2πkt)`, t in decimal years. */
  readonly waves: readonly { readonly cosine: number; readonly sine: number }[];
  /** Half the way from trough to peak of the annual wave alone. */
  readonly amplitude: number;
  /** When the annual wave is highest, as a share of the year 0..1 (0.5 = early July). */
  readonly peakPhase: number;
  /** Noise that the model leaves: median absolute residual / 0.6745. */
  readonly noise: number;
  readonly pointCount: number;
  /** Points that the fit left out as wild (weight 0). */
  readonly outlierCount: number;
  readonly spanYears: number;
  readonly condition: number;
}

interface Shortage {
  readonly status: 'insufficient-data';
  /** `seasons-missing`: the dates lie so that season and trend cannot be told apart (condition of the design). */
  readonly reason: 'too-few-points' | 'span-too-short' | 'seasons-missing' | 'not-converged';
  readonly have: number;
  readonly need: number;
}

export type HarmonicResult = HarmonicFit | Shortage;

export interface HarmonicOptions {
  /** Waves a year: 1 (the annual one, default) or 2. */
  readonly waves?: 1 | 2 | undefined;
  /** Points that are needed; three times the coefficients unless said otherwise, and never fewer than four more than these. */
  readonly minPoints?: number | undefined;
  /** 1.5 years unless said otherwise: within one year a trend is taken for a season. */
  readonly minSpanYears?: number | undefined;
  /** Greatest condition of the design with columns of equal length; 30 unless said otherwise (Belsley, Kuh and Welsch 1980). */
  readonly maxCondition?: number | undefined;
}

/**
 * Level, trend and season of a series of any spacing: `y = level + trend·(t − t₀) + Σ waves`, by a robust fit, so that a cloud that the
 * mask missed moves nothing. Points that are not finite are left out before counting. A shortage is a status, never a number.
 */
export function fitHarmonic(points: readonly SeriesPoint[], options: HarmonicOptions = {}): HarmonicResult {
  const waveCount = options.waves ?? 1;
  const coefficientCount = 2 + 2 * waveCount;
  const minPoints = Math.max(coefficientCount + 4, options.minPoints ?? 3 * coefficientCount);
  const minSpanYears = options.minSpanYears ?? 1.5;
  const maxCondition = options.maxCondition ?? 30;
  const valid = points.filter(point => Number.isFinite(point.value) && Number.isFinite(point.yearDecimal));
  const lacking = (reason: Shortage['reason'], have: number, need: number): Shortage => ({
    status: 'insufficient-data',
    reason,
    have,
    need,
  });
  if (valid.length < minPoints) return lacking('too-few-points', valid.length, minPoints);
  const years = Float64Array.from(valid, point => point.yearDecimal);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const spanYears = last - first;
  if (!(spanYears >= minSpanYears)) return lacking('span-too-short', spanYears, minSpanYears);
  const referenceYear = (first + last) / 2;
  const columns = [years.map(() => 1), years.map(year => year - referenceYear)];
  for (let k = 1; k <= waveCount; k += 1) {
    columns.push(
      years.map(year => Math.cos(phase(k, year))),
      years.map(year => Math.sin(phase(k, year))),
    );
  }
  const condition = conditionOfDesign(columns);
  if (!(condition <= maxCondition)) return lacking('seasons-missing', condition, maxCondition);
  const fit = robustRegression(
    columns,
    Float64Array.from(valid, point => point.value),
  );
  if (!fit.isConverged) return lacking('not-converged', 0, 1);
  const coefficient = (i: number): number => fit.coefficients[i] as number;
  const waves = Array.from({ length: waveCount }, (_, k) => ({
    cosine: coefficient(2 + 2 * k),
    sine: coefficient(3 + 2 * k),
  }));
  const [annual] = waves as [(typeof waves)[number]];
  const half = studentQuantile975(valid.length - coefficientCount) * (fit.standardErrors[1] as number);
  return {
    status: 'ok',
    level: coefficient(0),
    referenceYear,
    trendPerYear: coefficient(1),
    lowPerYear: coefficient(1) - half,
    highPerYear: coefficient(1) + half,
    waves,
    amplitude: Math.hypot(annual.cosine, annual.sine),
    peakPhase: (Math.atan2(annual.sine, annual.cosine) / (2 * Math.PI) + 1) % 1,
    noise: fit.scale,
    pointCount: valid.length,
    outlierCount: fit.weights.filter(weight => weight === 0).length,
    spanYears,
    condition,
  };
}

/** Whole years add nothing to an angle: taken away first, they cost no digits. */
const phase = (k: number, year: number): number => 2 * Math.PI * k * (year - Math.floor(year));

/** What the fitted model says for a time; beyond the time that was seen it is a guess. */
export function harmonicValue(fit: HarmonicFit, yearDecimal: number): number {
  return fit.waves.reduce(
    (sum, { cosine, sine }, k) =>
      sum + cosine * Math.cos(phase(k + 1, yearDecimal)) + sine * Math.sin(phase(k + 1, yearDecimal)),
    fit.level + fit.trendPerYear * (yearDecimal - fit.referenceYear),
  );
}

/** Student's t at 97.5 % by the Cornish-Fisher expansion about the normal quantile; within 0.03 % from four degrees of freedom on. */
function studentQuantile975(degrees: number): number {
  const z = normalQuantile(0.975);
  const v = degrees;
  return (
    z +
    (z ** 3 + z) / (4 * v) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92_160 * v ** 4)
  );
}
