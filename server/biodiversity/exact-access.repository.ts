import type { Queryable } from '../platform/db/database.ts';

/** Who read which exact places, by which way. Append-only; holds ids, never coordinates. */
export async function insertExactAccess(
  db: Queryable,
  access: { accountId: number; role: string; route: string; subjectKind: string; subjectIds: readonly string[] },
): Promise<void> {
  await db.raw(
    `insert into restricted.exact_access_log (account_id, role, route, subject_kind, subject_ids)
     values (?, ?, ?, ?, array(select cast(id as uuid) from jsonb_array_elements_text(cast(? as jsonb)) as given(id)))`,
    [access.accountId, access.role, access.route, access.subjectKind, JSON.stringify(access.subjectIds)],
  );
}
