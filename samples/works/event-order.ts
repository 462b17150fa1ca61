import type { SampleLandEvent } from '../model.ts';

/** Events in the order in which they must be written: by date, then by name. */
export function inOrder(events: readonly SampleLandEvent[]): SampleLandEvent[] {
  return [...events].sort((a, b) => compare(a.effectiveOn, b.effectiveOn) || compare(a.key, b.key));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
