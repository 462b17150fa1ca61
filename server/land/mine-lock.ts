import type { Queryable } from '../platform/db/database.ts';

/** Holds the ledger of a mine still until the transaction ends, without counting as a write to it. */
export async function lockMine(tx: Queryable, mineId: number): Promise<void> {
  await tx('mine').where({ id: mineId }).forUpdate().first('id');
}
