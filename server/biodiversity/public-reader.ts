import type { Database, Queryable } from '../platform/db/database.ts';

/** Runs queries that must not be able to reach exact places. */
export type PublicReader = <T>(work: (db: Queryable) => Promise<T>) => Promise<T>;

const ROLE = 'regreen_public';

/**
 * Puts on the database role that cannot open the schema of exact places and to which row security shows open rows alone,
 * for the length of one transaction. Where the database account could not make that role, the queries' own conditions
 * hold alone.
 */
export function createPublicReader(db: Database): PublicReader {
  let available: Promise<boolean> | undefined;
  return async work => {
    available ??= isRoleReady(db.knex);
    if (!(await available.catch(forget))) return work(db.knex);
    return db.transaction(async tx => {
      await tx.raw(`set local role ${ROLE}`);
      return work(tx);
    });
  };

  function forget(error: unknown): never {
    available = undefined;
    throw error;
  }
}

async function isRoleReady(db: Queryable): Promise<boolean> {
  const ready = (await db('pg_roles')
    .where('rolname', ROLE)
    .whereRaw(`pg_has_role(current_user, oid, 'MEMBER')`)
    .whereRaw(`has_table_privilege(oid, 'habitat_patch', 'SELECT')`)
    .first('rolname')) as { rolname: string } | undefined;
  return ready !== undefined;
}
