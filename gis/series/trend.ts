import { normalQuantile, normalTail } from './normal.ts';

/** One value at a time in decimal years. */
export interface SeriesPoint {
  readonly yearDecimal: number;
  readonly value: number;
}

export type TrendResult =
  | {
      readonly status: 'ok';
      readonly slopePerYear: number;
      /** 95 % interval of the slope (Sen 1968, by the variance of Kendall's S). */
      readonly lowPerYear: number;
      readonly highPerYear: number;
      /** Mann-Kendall, two-sided. */
      readonly pValue: number;
      /** `exact`: all orders of up to ten different values counted; `normal`: with ties and continuity correction. */
      readonly pMethod: 'exact' | 'normal';
      /** Kendall's S: pairs that rise less pairs that fall. */
      readonly kendallS: number;
      readonly pointCount: number;
      readonly spanYears: number;
    }
  | {
      readonly status: 'insufficient-data';
      readonly reason: 'too-few-points' | 'span-too-short';
      readonly have: number;
      readonly need: number;
    };

export interface TrendOptions {
  /** Fewer points than this are no trend; 6 unless said otherwise: four points in a row rise by chance one time in twenty-four. */
  readonly minPoints?: number | undefined;
  /** 2 years unless said otherwise: within one year a season is easily taken for a trend. */
  readonly minSpanYears?: number | undefined;
}

/**
 * Theil-Sen slope (median of the slopes of all pairs) with Mann-Kendall significance: neither is moved by a few wrong values. Points that are not
 * finite are left out before counting. Compare points of one season only (`sameSeason`).
 */
export function trend(points: readonly SeriesPoint[], options: TrendOptions = {}): TrendResult {
  const minPoints = Math.max(3, options.minPoints ?? 6);
  const minSpanYears = options.minSpanYears ?? 2;
  const valid = points.filter(point => Number.isFinite(point.value) && Number.isFinite(point.yearDecimal));
  const n = valid.length;
  if (n < minPoints) return { status: 'insufficient-data', reason: 'too-few-points', have: n, need: minPoints };
  const years = valid.map(point => point.yearDecimal);
  const spanYears = Math.max(...years) - Math.min(...years);
  // Without two dates there is no slope, however little of a span is asked for.
  if (!(spanYears > 0 && spanYears >= minSpanYears)) {
    return { status: 'insufficient-data', reason: 'span-too-short', have: spanYears, need: minSpanYears };
  }
  const slopes: number[] = [];
  let kendallS = 0;
  for (const [i, a] of valid.entries()) {
    for (const b of valid.slice(i + 1)) {
      const run = b.yearDecimal - a.yearDecimal;
      if (run === 0) continue;
      // A level pair has the slope 0, also where time runs backwards: never -0, which would be written so.
      const slope = (b.value - a.value) / run + 0;
      slopes.push(slope);
      kendallS += Math.sign(slope);
    }
  }
  slopes.sort((a, b) => a - b);
  const variance = kendallVariance(valid);
  const isExact = n <= MAX_EXACT && variance === (n * (n - 1) * (2 * n + 5)) / 18;
  const z = variance > 0 && kendallS !== 0 ? (Math.abs(kendallS) - 1) / Math.sqrt(variance) : 0;
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] as number;
  return {
    status: 'ok',
    slopePerYear: medianOfSorted(slopes),
    lowPerYear: at((slopes.length - half) / 2 - 1),
    highPerYear: at((slopes.length + half) / 2),
    pValue: isExact ? exactPValue(n, kendallS) : z > 0 ? Math.min(1, 2 * normalTail(z)) : 1,
    pMethod: isExact ? 'exact' : 'normal',
    kendallS,
    pointCount: n,
    spanYears,
  };
}

const MAX_EXACT = 10;

/**
 * Two-sided share of all orders of n different values whose S is as far from 0 or further (Kendall 1970, appendix table 1). Orders are
 * counted by inversions: the k-th value can stand before 0 … k-1 of its forerunners.
 */
function exactPValue(n: number, kendallS: number): number {
  let counts = [1];
  for (let k = 2; k <= n; k += 1) {
    const next = Array.from<number>({ length: counts.length + k - 1 }).fill(0);
    counts.forEach((count, i) => {
      for (let j = 0; j < k; j += 1) next[i + j] = (next[i + j] as number) + count;
    });
    counts = next;
  }
  const pairs = (n * (n - 1)) / 2;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const far = counts.reduce((sum, count, i) => (Math.abs(pairs - 2 * i) >= Math.abs(kendallS) ? sum + count : sum), 0);
  return far / total;
}

/** Variance of S with groups of equal values and of equal times (Kendall 1975). */
function kendallVariance(points: readonly SeriesPoint[]): number {
  const n = points.length;
  const values = tiesOf(points.map(point => point.value));
  const times = tiesOf(points.map(point => point.yearDecimal));
  const sum = (ties: readonly number[], term: (t: number) => number): number =>
    ties.reduce((total, t) => total + term(t), 0);
  const first = (t: number): number => t * (t - 1) * (2 * t + 5);
  const pairs = (t: number): number => t * (t - 1);
  const triples = (t: number): number => t * (t - 1) * (t - 2);
  return (
    (first(n) - sum(values, first) - sum(times, first)) / 18 +
    (sum(values, triples) * sum(times, triples)) / (9 * triples(n)) +
    (sum(values, pairs) * sum(times, pairs)) / (2 * pairs(n))
  );
}

/** Sizes of the groups of equal numbers. */
function tiesOf(numbers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

const medianOfSorted = (sorted: readonly number[]): number => {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
};
