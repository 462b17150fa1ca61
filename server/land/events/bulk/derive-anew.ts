import type { Queryable } from '../../../platform/db/database.ts';
import { listStanding, settleCells, writeTransitions } from '../events.repository.ts';
import { AT_ONCE, byDate, idsOf, partsOf } from './event-parts.ts';
import { findByKey } from './find-by-key.ts';

/** What of a ledger is made again. Passages are made from cells; where those are sound, they keep their ids and what was measured on them. */
export type Derived = 'passages' | 'cells-and-passages';

/**
 * Makes what is derived from the events of a mine again, from nothing, by the statements that keep it up otherwise. The events stay as they
 * are, and so does what was published. Rules are not asked: the events were recorded under them. Answers the ids of cells that are new.
 */
export async function deriveAnew(tx: Queryable, mineId: number, derived: Derived): Promise<number[]> {
  await tx.raw('set local statement_timeout = 0');
  const events = await listStanding(tx, mineId);
  await findByKey(tx, true);
  await tx('land_transition').where({ mine_id: mineId }).delete();
  if (derived === 'cells-and-passages') {
    await tx('land_cell').where({ mine_id: mineId }).delete();
    for (const ofDate of byDate(events))
      for (const part of partsOf(ofDate, AT_ONCE)) await settleCells(tx, idsOf(part));
  }
  for (const part of partsOf(events, AT_ONCE)) await writeTransitions(tx, idsOf(part));
  await findByKey(tx, false);
  if (derived === 'passages') return [];
  return ((await tx('land_cell').where({ mine_id: mineId }).orderBy('id').select('id')) as { id: number }[]).map(({ id }) => id); // prettier-ignore
}
