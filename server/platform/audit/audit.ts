import type { Queryable } from '../db/database.ts';
import type { Viewer } from '../viewer.ts';

/** One change, as it is remembered: what was there before and what is there now; null before a creation. */
export interface AuditChange {
  /** e.g. `mine.create`, `boundary.replace`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | number;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Writes the history row of a change, in the transaction that makes the change. The table refuses updates and deletes.
 * The exact place of something sensitive must not be handed in: history is read by more people than such places.
 */
export async function recordAudit(tx: Queryable, viewer: Viewer, change: AuditChange): Promise<void> {
  await tx('audit_entry').insert({
    account_id: viewer.accountId,
    username: viewer.username,
    action: change.action,
    subject_kind: change.subjectKind,
    subject_id: String(change.subjectId),
    before: change.before === null ? null : JSON.stringify(change.before),
    after: JSON.stringify(change.after),
  });
}
