import type { IsoDate } from '../../../gis/types.ts';
import type { LandEvent } from '../../api/shapes/land.ts';
import { landEvents } from './land.ts';

/** Standing events after the end of `from` and up to `to`, in the order of their dates; undefined where they may not be read. */
export function eventsBetween(from: IsoDate, to: IsoDate): readonly LandEvent[] | undefined {
  return landEvents.data.value
    ?.filter(event => event.retractedAt === null && event.effectiveOn > from && event.effectiveOn <= to)
    .toSorted((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.id - b.id);
}
