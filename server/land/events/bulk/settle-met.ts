import type { Queryable } from '../../../platform/db/database.ts';
import { settleCells } from '../events.repository.ts';
import { breaksRules, recheckTransitions } from '../ledger-writer.ts';
import { AT_ONCE, byDate, idsOf, partsOf } from './event-parts.ts';
import { findByKey } from './find-by-key.ts';
import { inRowAsync } from './in-row.ts';

interface MetEvent {
  readonly id: number;
  readonly effectiveOn: string;
  /** Of the file. */
  readonly row: number;
}

/**
 * Settles events that lie on land of earlier ones, and of which none lies on land of another. All have their cells before what passed
 * is written: where several take from one cell, its loss is shared among those that are there. Answers the ids of cells that are new.
 * @throws what applying a single event throws, with the `row` in its params; AppError `job-cancelled`
 */
export async function settleMet(
  tx: Queryable,
  events: readonly MetEvent[],
  signal: AbortSignal,
  atOnce = AT_ONCE,
): Promise<number[]> {
  const cellIds: number[] = [];
  if (events.length === 0) return cellIds;
  await findByKey(tx, true);
  for (const ofDate of byDate(events)) {
    for (const part of partsOf(ofDate, atOnce)) {
      signal.throwIfAborted();
      cellIds.push(...(await settleCells(tx, idsOf(part))));
    }
  }
  for (const part of partsOf(events, atOnce)) {
    signal.throwIfAborted();
    if (!(await breaksRules(tx, idsOf(part)))) continue;
    for (const { id, row } of part) await inRowAsync(row, () => recheckTransitions(tx, id));
  }
  await findByKey(tx, false);
  return cellIds;
}
