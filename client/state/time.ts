import { computed, effect, signal } from '@preact/signals';
import type { IsoDate } from '../../gis/types.ts';
import { addDays, endOfYear, today, yearOf } from './calendar.ts';

/** The date that map and rates show. Set by the slider, the URL, the play button. */
export const asAt = signal<IsoDate>(today());
/** The same date once the hand on the slider rests: requests follow this one. */
export const settledAsAt = signal<IsoDate>(asAt.value);
/** First day that the slider reaches. */
export const firstDay = signal<IsoDate>('2016-01-01');
export const lastDay = signal<IsoDate>(today());
/** Dates on which something happened in the ledger that is open. */
export const eventDates = signal<readonly IsoDate[]>([]);
export const playing = signal(false);

const SETTLE_MS = 140;
const STEP_MS = 1600;

export const yearEnds = computed<readonly IsoDate[]>(() => {
  const ends: IsoDate[] = [];
  for (let year = yearOf(firstDay.value); endOfYear(year) <= lastDay.value; year++) ends.push(endOfYear(year));
  return ends;
});

/** Where arrow keys and the step buttons stop: year ends, dates of events, and today. */
export const stops = computed<readonly IsoDate[]>(() => {
  const all = new Set([...yearEnds.value, ...eventDates.value.filter(inReach), lastDay.value]);
  return [...all].sort();
});

function inReach(date: IsoDate): boolean {
  return date >= firstDay.value && date <= lastDay.value;
}

export function setAsAt(date: IsoDate): void {
  asAt.value = date < firstDay.value ? firstDay.value : date > lastDay.value ? lastDay.value : date;
}

/** Moves to the next (1) or previous (-1) stop; stays where there is none. */
export function stepTime(direction: 1 | -1, among: readonly IsoDate[] = stops.value): boolean {
  const ordered = direction === 1 ? among : [...among].reverse();
  const next = ordered.find(stop => (direction === 1 ? stop > asAt.value : stop < asAt.value));
  if (next !== undefined) setAsAt(next);
  return next !== undefined;
}

/** Starts from the beginning when the end is reached; steps from year end to year end. */
export function togglePlaying(): void {
  if (!playing.value && asAt.value >= (yearEnds.value.at(-1) ?? lastDay.value))
    setAsAt(yearEnds.value[0] ?? firstDay.value);
  playing.value = !playing.value;
}

/** Widens the slider so that a ledger that starts earlier can be seen from its first event. */
export function reachBack(date: IsoDate): void {
  const start = addDays(date, -1);
  if (start < firstDay.value) firstDay.value = start;
}

export function startTime(): void {
  let settle: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const date = asAt.value;
    clearTimeout(settle);
    settle = setTimeout(() => (settledAsAt.value = date), SETTLE_MS);
  });
  effect(() => {
    if (!playing.value) return undefined;
    const timer = setInterval(() => {
      if (!stepTime(1, yearEnds.value)) playing.value = false;
    }, STEP_MS);
    return () => clearInterval(timer);
  });
}
