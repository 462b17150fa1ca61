import type { Queryable } from '../../../platform/db/database.ts';

/**
 * Plans that were made while the ledger was small, or know nothing of what this transaction has written, read whole tables for a few rows:
 * with every part of a file more than with the one before.
 */
export async function findByKey(tx: Queryable, isOn: boolean): Promise<void> {
  await tx.raw(`set local enable_seqscan to ${isOn ? 'off' : 'default'}`);
  await tx.raw('discard plans');
}
