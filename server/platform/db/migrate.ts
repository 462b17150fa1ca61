import type { Knex } from 'knex';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

/** One step of the schema. `down` works, or throws saying why it cannot. */
export interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

export type NamedMigration = readonly [name: string, migration: Migration];

/** Any constant does, as long as every version of the product uses the same. */
const LOCK = 7_263_401;

/**
 * Applies what is missing, in order, in one transaction under an advisory lock: of two processes that start at once
 * one waits and then finds nothing to do, and a killed one leaves nothing half done and no lock behind (which the query
 * builder's own migrator, with its lock row, would). Returns the names applied.
 * Error: `database-newer` when the database has steps that this version does not know.
 */
export async function migrate(
  database: Database,
  migrations: readonly NamedMigration[],
  onProgress: (text: string) => void = () => undefined,
): Promise<string[]> {
  return database.transaction(async tx => {
    const applied = await lockAndListApplied(tx);
    const known = new Set(migrations.map(([name]) => name));
    const unknown = applied.filter(name => !known.has(name));
    if (unknown.length > 0) throw new AppError('database-newer', { migrations: unknown.join(', ') });

    const missing = migrations.filter(([name]) => !applied.includes(name));
    for (const [name, migration] of missing) {
      onProgress(`Migrating: ${name}`);
      await migration.up(tx);
      await tx('schema_migration').insert({ name });
    }
    return missing.map(([name]) => name);
  });
}

/** Takes back everything after `lastKept` (all when undefined), newest first. */
export async function migrateDown(
  database: Database,
  migrations: readonly NamedMigration[],
  lastKept?: string,
): Promise<string[]> {
  return database.transaction(async tx => {
    const applied = await lockAndListApplied(tx);
    const keep = lastKept === undefined ? -1 : migrations.findIndex(([name]) => name === lastKept);
    const surplus = migrations.slice(keep + 1).filter(([name]) => applied.includes(name));
    for (const [name, migration] of surplus.reverse()) {
      await migration.down(tx);
      await tx('schema_migration').where({ name }).delete();
    }
    return surplus.map(([name]) => name);
  });
}

/** Names of migrations that are still to be applied; empty = current. */
export async function pendingMigrations(
  database: Database,
  migrations: readonly NamedMigration[],
): Promise<readonly string[]> {
  const exists = await database.knex.raw<{ rows: { found: string | null }[] }>(
    "select to_regclass('public.schema_migration')::text as found",
  );
  if (exists.rows[0]?.found == null) return migrations.map(([name]) => name);
  const applied = await database.knex<{ name: string }>('schema_migration').pluck('name');
  return migrations.map(([name]) => name).filter(name => !applied.includes(name));
}

async function lockAndListApplied(tx: Knex.Transaction): Promise<string[]> {
  await tx.raw('set local statement_timeout = 0');
  await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
  await tx.raw(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz(3) not null default now())',
  );
  return tx<{ name: string }>('schema_migration').orderBy('name').pluck('name');
}
