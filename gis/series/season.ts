import type { IsoDate } from '../types.ts';

/** One observation of one target, with what is known of its quality. */
export interface Observation {
  readonly acquiredOn: IsoDate;
  readonly value: number;
  /** Share of the target that was seen, 0..1. */
  readonly validFraction: number;
}

/** The share of a target that must be seen for a value to count; below it a value is listed and never used. */
export const MIN_VALID_FRACTION = 0.8;

const DAY_MS = 86_400_000;
const utcMs = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`);

/** Whole days from one date to another, whichever comes first. */
export const daysBetween = (a: IsoDate, b: IsoDate): number => Math.abs(Math.round((utcMs(b) - utcMs(a)) / DAY_MS));

/** Day of the year, 1..366. */
export function dayOfYear(date: IsoDate): number {
  return Math.round((utcMs(date) - Date.UTC(Number(date.slice(0, 4)), 0, 1)) / DAY_MS) + 1;
}

/** 2024-07-01 as 2024.497…: the share of the days of that year. */
export function yearDecimal(date: IsoDate): number {
  const year = Number(date.slice(0, 4));
  const start = Date.UTC(year, 0, 1);
  return year + (utcMs(date) - start) / (Date.UTC(year + 1, 0, 1) - start);
}

export interface SeasonOptions {
  /** Middle of the season, a day of the year. */
  readonly centreDay: number;
  /** Days before and after it that still belong to it; 30 unless said otherwise. */
  readonly halfWidthDays?: number | undefined;
  readonly minValidFraction?: number | undefined;
  /** Observations that each of two compared seasons needs; 1 unless said otherwise. */
  readonly minObservations?: number | undefined;
}

/** Observations of one season (across the turn of the year too) that saw enough of the target, in the order of time. */
export function sameSeason<T extends Observation>(observations: readonly T[], options: SeasonOptions): T[] {
  const half = options.halfWidthDays ?? 30;
  const least = options.minValidFraction ?? MIN_VALID_FRACTION;
  return observations
    .filter(({ value, validFraction }) => Number.isFinite(value) && validFraction >= least)
    .filter(({ acquiredOn }) => {
      const distance = Math.abs(dayOfYear(acquiredOn) - options.centreDay);
      return Math.min(distance, 365 - distance) <= half;
    })
    .sort((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : a.acquiredOn > b.acquiredOn ? 1 : 0));
}

export type SeasonComparison =
  | {
      readonly status: 'ok';
      /** Median of the season of the later year less that of the earlier one. */
      readonly change: number;
      readonly from: number;
      readonly to: number;
      readonly fromCount: number;
      readonly toCount: number;
    }
  | {
      readonly status: 'insufficient-data';
      /** `low-coverage`: the season was looked at, but no look saw enough of the target; `have` is the best valid fraction. */
      readonly reason: 'too-few-in-season' | 'low-coverage';
      readonly year: number;
      readonly have: number;
      readonly need: number;
    };

/**
 * Compares the same season of two years by its medians, so that plants of May are never held against plants of September and one cloud does
 * not decide; a year belongs to the day of the season's middle.
 */
export function compareSeason(
  observations: readonly Observation[],
  years: { readonly from: number; readonly to: number },
  options: SeasonOptions,
): SeasonComparison {
  const need = Math.max(1, options.minObservations ?? 1);
  const least = options.minValidFraction ?? MIN_VALID_FRACTION;
  const looks = sameSeason(observations, { ...options, minValidFraction: -Infinity });
  const ofYear = (year: number): Observation[] =>
    looks.filter(({ acquiredOn }) => Math.round(yearDecimal(acquiredOn) - options.centreDay / 365) === year);
  const seen = { from: ofYear(years.from), to: ofYear(years.to) };
  const usable = (looked: readonly Observation[]): number[] =>
    looked.filter(({ validFraction }) => validFraction >= least).map(({ value }) => value);
  const [from, to] = [usable(seen.from), usable(seen.to)];
  for (const [year, looked, found] of [
    [years.from, seen.from, from],
    [years.to, seen.to, to],
  ] as const) {
    if (found.length >= need) continue;
    if (found.length === 0 && looked.length > 0) {
      const best = Math.max(...looked.map(({ validFraction }) => validFraction));
      return { status: 'insufficient-data', reason: 'low-coverage', year, have: best, need: least };
    }
    return { status: 'insufficient-data', reason: 'too-few-in-season', year, have: found.length, need };
  }
  return {
    status: 'ok',
    change: median(to) - median(from),
    from: median(from),
    to: median(to),
    fromCount: from.length,
    toCount: to.length,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
