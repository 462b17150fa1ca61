import type { Queryable } from '../../../platform/db/database.ts';
import { settleCells } from '../events.repository.ts';
import { breaksRules, recheckTransitions } from '../ledger-writer.ts';
import { inRowAsync } from './in-row.ts';

interface MetEvent {
  readonly id: number;
  readonly effectiveOn: string;
  /** Of the file. */
  readonly row: number;
}

/** What one statement takes: enough for its planning not to count, few enough to be cancelled after. */
const AT_ONCE = 32;

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

/**
 * Plans that were made while the ledger was small, or know nothing of what this transaction has written, read whole tables for a few rows:
 * with every part of a file more than with the one before.
 */
async function findByKey(tx: Queryable, isOn: boolean): Promise<void> {
  await tx.raw(`set local enable_seqscan to ${isOn ? 'off' : 'default'}`);
  await tx.raw('discard plans');
}

function byDate(events: readonly MetEvent[]): Iterable<readonly MetEvent[]> {
  const dates = new Map<string, MetEvent[]>();
  for (const event of events) {
    const ofDate = dates.get(event.effectiveOn);
    if (ofDate === undefined) dates.set(event.effectiveOn, [event]);
    else ofDate.push(event);
  }
  return dates.values();
}

const idsOf = (events: readonly MetEvent[]): number[] => events.map(event => event.id);

function* partsOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
