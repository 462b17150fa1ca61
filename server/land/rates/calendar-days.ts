/** The day before a date `YYYY-MM-DD`. */
export const dayBefore = (date: string): string => moved(date, -1);

/** The day after a date `YYYY-MM-DD`. */
export const dayAfter = (date: string): string => moved(date, 1);

/** In UTC, where every day has 24 hours. */
function moved(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
