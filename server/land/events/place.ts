import type { Scope } from '../../../gis/ledger/vocabulary.ts';
import type { MultiPolygon } from '../../../gis/types.ts';
import { findCountryFault } from '../../mines/policy.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findPlacement, type Placement } from './events.repository.ts';

/**
 * How far licensed land may lie from the outlines of its mine, m. Roads and dumps that outgrow a licence lie beside it, and a drawing
 * traced from a map with the offset of Chinese web maps is some 100 to 700 m off: both stay within, and what lies outside is a
 * finding. A wrong zone, swapped digits or the wrong mine move a drawing by kilometres.
 */
const MAX_DISTANCE_M = 1000;

/**
 * What is wrong with the place of a drawing: `outside-country`, or `event-far-from-mine` for licensed land that meets no outline of its
 * mine and lies far from all of them. Legacy, voluntary and temporary land may lie anywhere.
 */
export async function findMisplacement(
  db: Queryable,
  mine: { readonly id: number; readonly province: string | null },
  geometry: MultiPolygon,
  event: { readonly scope: Scope; readonly effectiveOn: string },
): Promise<AppError | undefined> {
  const abroad = findCountryFault(geometry, mine.province);
  if (abroad || event.scope !== 'LIC') return abroad;
  return faultOfPlacement(await findPlacement(db, mine.id, geometry, event.effectiveOn));
}

/** `event-far-from-mine` where a drawing lies farther off than it may. */
export function faultOfPlacement({ distanceM, lng, lat }: Placement): AppError | undefined {
  if (distanceM === null || distanceM <= MAX_DISTANCE_M) return undefined;
  const position = [lng, lat] as const;
  const params = { distanceKm: Math.round(distanceM / 100) / 10, limitM: MAX_DISTANCE_M, position };
  const code = 'event-far-from-mine';
  return new AppError(code, params, { errors: [{ code, pointer: '/geometry', position, params }] });
}
