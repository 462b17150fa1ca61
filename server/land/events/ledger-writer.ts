import { AppError } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/db/database.ts';
import * as repository from './events.repository.ts';

/**
 * Keeps the stored partition equal to what the events say, inside the transaction that changes an event: only cells that the event
 * touches are written. Answers the ids of cells that are new. Rules that show only in the result are
 * checked here and throw, so nothing of a refused event stays.
 */
export async function applyEvent(tx: Queryable, eventId: number): Promise<number[]> {
  const cellIds = await repository.settleCells(tx, [eventId]);
  await recheckTransitions(tx, eventId);
  return cellIds;
}

/** The reverse, for an event that has just been marked as retracted: the events beneath get back what it had taken. */
export const withdrawEvent = (tx: Queryable, eventId: number): Promise<number[]> =>
  repository.settleCells(tx, [eventId]);

/**
 * Rewrites and judges what passed over the land of an event. After a withdrawal: a step of its own, because an event that takes the
 * place of another one must be in before anybody is blamed for what was missing in between.
 */
export async function recheckTransitions(tx: Queryable, eventId: number): Promise<void> {
  await assertLawful(tx, eventId, await repository.writeTransitions(tx, [eventId]));
}

/** The same for several events at once. Answers whether a rule is broken; by which of them, `recheckTransitions` of each tells. */
export async function breaksRules(tx: Queryable, eventIds: readonly number[]): Promise<boolean> {
  for (const suspect of await repository.writeTransitions(tx, eventIds)) {
    if ((await repository.findFaultyLand(tx, suspect)) !== undefined) return true;
  }
  return false;
}

async function assertLawful(tx: Queryable, eventId: number, suspects: readonly repository.SuspectRow[]): Promise<void> {
  for (const suspect of suspects) {
    const land = await repository.findFaultyLand(tx, suspect);
    if (land === undefined) continue;
    const position = [land.lng, land.lat] as const;
    const code = land.eventId === eventId ? suspect.fault : 'breaks-later-event';
    const params = {
      eventId: land.eventId,
      stage: land.stage,
      fromStage: land.fromStage,
      effectiveOn: land.effectiveOn,
      areaM2: Math.round(land.areaM2 * 100) / 100,
      fault: suspect.fault,
      earliestOn: suspect.earliestOn,
      position,
    };
    throw new AppError(code, params, { errors: [{ code, pointer: '/geometry', position, params }] });
  }
}
