import { recordAudit } from '../../platform/audit/audit.ts';
import { bumpLayer } from '../../platform/layers.ts';
import { deriveAnew, type Derived } from '../events/bulk/derive-anew.ts';
import type { EventWriting } from '../events/event-writing.ts';
import { listFaults, type LedgerFault } from './verify.repository.ts';

export interface MendedLedger {
  /** Null where nothing that is derived was at fault. */
  readonly derived: Derived | null;
  readonly before: readonly LedgerFault[];
  /** What is left: faults of events, or of what was published. */
  readonly after: readonly LedgerFault[];
}

/** Not derived from anything: a hash that no longer fits says that somebody was at the rows. */
const KEPT: ReadonlySet<LedgerFault['fault']> = new Set(['published-hash-differs']);
const OF_PASSAGES: ReadonlySet<LedgerFault['fault']> = new Set([
  'passages-differ-from-cells',
  'passage-of-another-mine',
]);

/** Verifies a mine's ledger and derives anew what differs from its events, in the transaction of the caller. */
export async function mendLedger(writing: EventWriting): Promise<MendedLedger> {
  const { tx, viewer, mine, landRevision } = writing;
  const before = await listFaults(tx, mine.id);
  const mendable = before.filter(({ fault }) => !KEPT.has(fault));
  if (mendable.length === 0) return { derived: null, before, after: before };
  const derived = mendable.every(({ fault }) => OF_PASSAGES.has(fault)) ? 'passages' : 'cells-and-passages';
  const cellIds = await deriveAnew(tx, mine.id, derived);
  const after = await listFaults(tx, mine.id);
  await recordAudit(tx, viewer, {
    action: 'ledger.mend',
    subjectKind: 'mine',
    subjectId: mine.id,
    before: { faults: before.length },
    after: { faults: after.length, derived, landRevision },
  });
  if (cellIds.length > 0) await writing.tellCells(cellIds);
  await bumpLayer(tx, 'land');
  return { derived, before, after };
}
