import { MIN_VALID_FRACTION, sameSeason, yearDecimal } from './season.ts';
import type { Observation, SeasonOptions } from './season.ts';
import { trend } from './trend.ts';
import type { TrendOptions, TrendResult } from './trend.ts';

/** Observations that did not count, each under the first reason that holds. */
export interface LeftOut {
  readonly notFinite: number;
  readonly lowCoverage: number;
  readonly outOfSeason: number;
}

export type SeasonTrendResult = TrendResult & { readonly leftOut: LeftOut };

/**
 * Trend of one season over the years: only looks that saw enough of the target, only days of the season, and then Theil-Sen with
 * Mann-Kendall. Says in every case what was left out and why.
 */
export function seasonTrend(
  observations: readonly Observation[],
  options: SeasonOptions & TrendOptions,
): SeasonTrendResult {
  const least = options.minValidFraction ?? MIN_VALID_FRACTION;
  const finite = observations.filter(({ value }) => Number.isFinite(value));
  const seen = finite.filter(({ validFraction }) => validFraction >= least);
  const inSeason = sameSeason(seen, options);
  const leftOut: LeftOut = {
    notFinite: observations.length - finite.length,
    lowCoverage: finite.length - seen.length,
    outOfSeason: seen.length - inSeason.length,
  };
  const points = inSeason.map(({ acquiredOn, value }) => ({ yearDecimal: yearDecimal(acquiredOn), value }));
  return { ...trend(points, options), leftOut };
}
