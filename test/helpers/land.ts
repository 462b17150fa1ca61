import type { StageCode } from '../../gis/ledger/stages.ts';
import { newEvent, type NewEvent } from '../../server/land/events/events.contract.ts';

/** A rectangle of one hundredth of a degree north of 35° N (or between the parallels given). */
export const rectangle = (west: number, east: number, south = 35, north = 35.01): NewEvent['geometry'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

/** An event as it comes through the contract; best evidence unless told otherwise. */
export const landEvent = (
  stage: StageCode,
  effectiveOn: string,
  geometry: unknown,
  more: Record<string, unknown> = {},
): NewEvent =>
  newEvent.parse({ type: 'Feature', geometry, properties: { stage, effectiveOn, evidenceGrade: 'E5', ...more } });
