/**
 * The latest calendar date anywhere on Earth at an instant (UTC+14): a date that somebody's calendar shows today is not in the
 * future.
 */
export function latestDateAnywhere(now: Date): string {
  return new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
}
