import createKnex, { type Knex } from 'knex';
import { AppError } from '../errors.ts';
import type { OpenedDatabase } from './database.ts';
import { pgTypes } from './pg-types.ts';
import { thrownAnyway } from './thrown-anyway.ts';

const MIN_POSTGRES = 150_000;
const MIN_POSTGIS = [3, 3] as const;
/** A statement for a waiting user; jobs and migrations raise it with `set local statement_timeout`. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Connects to a PostgreSQL server and makes sure that version and PostGIS suffice. */
export async function openPostgres(url: string): Promise<OpenedDatabase> {
  const knex = createKnex({
    client: 'pg',
    connection: () => ({
      connectionString: url,
      types: pgTypes as never,
      application_name: 'regreen',
      statement_timeout: STATEMENT_TIMEOUT_MS,
    }),
    pool: {
      min: 0,
      max: 10,
      // Spatial functions are costed so high that the planner compiles statements of milliseconds for hundreds of them.
      afterCreate: (
        connection: { query(sql: string, done: (error?: Error) => void): void },
        done: (error?: Error) => void,
      ) => connection.query('set jit = off', done),
    },
    acquireConnectionTimeout: 30_000,
    log: thrownAnyway,
  });
  const close = (): Promise<void> => knex.destroy();
  try {
    await assertVersions(knex);
  } catch (error) {
    await close();
    if (error instanceof AppError) throw error;
    throw new AppError(
      'database-unreachable',
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  return { kind: 'postgres', knex, close };
}

async function assertVersions(knex: Knex): Promise<void> {
  const server = await one<{ number: number; text: string }>(
    knex,
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
  );
  if (server.number < MIN_POSTGRES) throw new AppError('database-too-old', { found: server.text, needed: '15' });

  const { installed, available } = await one<{ installed: string | null; available: string | null }>(
    knex,
    `select (select extversion from pg_extension where extname = 'postgis') as installed,
            (select default_version from pg_available_extensions where name = 'postgis') as available`,
  );
  const version = installed ?? available;
  if (version === null) throw new AppError('postgis-missing', { reason: 'not installed on the server' });
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_POSTGIS[0] || (major === MIN_POSTGIS[0] && minor < MIN_POSTGIS[1]))
    throw new AppError('postgis-too-old', { found: version, needed: MIN_POSTGIS.join('.') });
  if (installed === null) await createExtension(knex);
}

async function createExtension(knex: Knex): Promise<void> {
  try {
    // Two processes that start at once may both find it absent; `if not exists` alone does not settle that race.
    await knex.transaction(async tx => {
      await tx.raw("select pg_advisory_xact_lock(hashtext('regreen.extension'))");
      await tx.raw('create extension if not exists postgis');
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('postgis-missing', { reason }, { cause: error });
  }
}

async function one<Row>(knex: Knex, sql: string): Promise<Row> {
  const { rows } = await knex.raw<{ rows: Row[] }>(sql);
  const row = rows[0];
  if (row === undefined) throw new Error('no row');
  return row;
}
