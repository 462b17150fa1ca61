import type { Knex } from 'knex';
import type { Viewer } from '../../platform/viewer.ts';
import type { MineDates } from './event-rules.ts';

/** One transaction that changes the ledger of a mine, which it has locked: what all its steps share. */
export interface EventWriting {
  readonly tx: Knex.Transaction;
  readonly viewer: Viewer;
  readonly mine: MineDates & { readonly id: number };
  /** The revision that the ledger has from this transaction on. */
  readonly landRevision: number;
  readonly now: Date;
  /** Tells those who depend on cells which ones are new. */
  readonly tellCells: (cellIds: readonly number[]) => Promise<void>;
}
