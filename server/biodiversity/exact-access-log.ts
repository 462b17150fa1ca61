import type { Queryable } from '../platform/db/database.ts';
import type { Viewer } from '../platform/viewer.ts';
import { insertExactAccess } from './exact-access.repository.ts';

/** Writes down which exact places of sensitive records somebody was given. */
export type ExactAccessLog = (
  viewer: Viewer,
  route: string,
  subjectKind: 'habitat' | 'occurrence',
  records: readonly { readonly id: string; readonly sensitivity: number }[],
) => Promise<void>;

const REPEAT_AFTER_MS = 60 * 60 * 1000;
const MAX_REMEMBERED = 50_000;

/** The same reading by the same account the same way is written once an hour: panning a map is one look, not a hundred. */
export function createExactAccessLog(db: Queryable, now: () => number = Date.now): ExactAccessLog {
  const lastLoggedAt = new Map<string, number>();
  return async (viewer, route, subjectKind, records) => {
    const { accountId, role } = viewer;
    if (accountId === null) return;
    const at = now();
    const keyOf = (id: string): string => `${accountId} ${role} ${route} ${id}`;
    const fresh = records.filter(
      ({ id, sensitivity }) => sensitivity !== 0 && at - (lastLoggedAt.get(keyOf(id)) ?? -Infinity) >= REPEAT_AFTER_MS,
    );
    if (fresh.length === 0) return;
    await insertExactAccess(db, { accountId, role, route, subjectKind, subjectIds: fresh.map(({ id }) => id) });
    if (lastLoggedAt.size > MAX_REMEMBERED) lastLoggedAt.clear();
    for (const { id } of fresh) lastLoggedAt.set(keyOf(id), at);
  };
}
