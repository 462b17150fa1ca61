import type { IsoDate } from '../../gis/types.ts';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01. Calendar dates are counted in UTC, so that no time zone moves them. */
export const toDayNumber = (date: IsoDate): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const fromDayNumber = (day: number): IsoDate => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const addDays = (date: IsoDate, days: number): IsoDate => fromDayNumber(toDayNumber(date) + days);
export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));
export const endOfYear = (year: number): IsoDate => `${year}-12-31`;

/** Today where the reader is. */
export function today(): IsoDate {
  const now = new Date();
  return fromDayNumber(Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / DAY_MS));
}

/** A day that the calendar has, from the year 1000 on, as the server takes it. The browser reads 30 February as the second of March. */
export const isIsoDate = (text: string | null): text is IsoDate =>
  text !== null &&
  /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(toDayNumber(text)) &&
  addDays(text, 0) === text;
