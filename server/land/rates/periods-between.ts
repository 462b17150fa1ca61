import { AppError } from '../../platform/errors.ts';

/** Most periods of one series: twenty years by month. */
const MAX_PERIODS = 240;

export interface Period {
  /** Opening date: the figures at the end of this day are the opening ones. */
  readonly from: string;
  /** Closing date, included. */
  readonly asAt: string;
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * Periods that end with each calendar year (or month) after `from`, the last one at `to`. From 2019-12-31 to 2022-12-31 by
 * year: three periods that close on the last days of 2020, 2021 and 2022.
 * @throws AppError `series-reversed`, `series-too-long`
 */
export function periodsBetween(from: string, to: string, step: 'year' | 'month'): Period[] {
  if (to <= from) throw new AppError('series-reversed', { from, to });
  const ends: string[] = [];
  const [year = 0, month = 1] = from.split('-').map(Number);
  const count = step === 'year' ? Number(to.slice(0, 4)) - year + 1 : monthsBetween(from, to) + 1;
  if (count > MAX_PERIODS + 1) throw new AppError('series-too-long', { count, limit: MAX_PERIODS });
  for (let i = 0; ; i++) {
    // Day 0 of a month is the last day of the month before it.
    const end = isoDay(new Date(step === 'year' ? Date.UTC(year + i, 12, 0) : Date.UTC(year, month + i, 0)));
    if (end <= from) continue;
    ends.push(end < to ? end : to);
    if (end >= to) break;
  }
  return ends.map((asAt, index) => ({ from: index === 0 ? from : (ends[index - 1] as string), asAt }));
}

function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0] = to.split('-').map(Number);
  return (y2 - y1) * 12 + (m2 - m1);
}
