import { AppError } from '../../platform/errors.ts';
import type { EventWriting } from './event-writing.ts';
import * as repository from './events.repository.ts';
import { recheckTransitions, withdrawEvent } from './ledger-writer.ts';

/**
 * Marks an event as retracted and gives its land back to the events beneath; answers the ids of cells that are new. What passed over
 * the land is for the caller to recheck, once whatever takes the event's place is in.
 * @throws AppError `event-retracted`
 */
export async function retractEvent(
  { tx, viewer, landRevision }: EventWriting,
  eventId: number,
  retractReason: string,
): Promise<number[]> {
  const retraction = { eventId, accountId: viewer.accountId, retractReason, landRevision };
  if (!(await repository.markRetracted(tx, retraction))) throw new AppError('event-retracted', { eventId });
  return withdrawEvent(tx, eventId);
}

/** Damage that was assumed for the sake of this event alone goes with it. Answers the ids of cells that are new. */
export async function retractAssumed(writing: EventWriting, eventId: number): Promise<number[]> {
  const cellIds: number[] = [];
  for (const id of await repository.listAssumedOnlyFor(writing.tx, eventId)) {
    cellIds.push(...(await retractEvent(writing, id, 'assumed for a retracted event')));
    await recheckTransitions(writing.tx, id);
  }
  return cellIds;
}
