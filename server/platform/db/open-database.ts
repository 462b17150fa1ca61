import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import type { Database, DatabaseOptions } from './database.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { isRetryable, translatePgError } from './pg-errors.ts';
import { openPostgres } from './postgres.ts';

const RETRIES = 2;

/**
 * Opens the database and makes sure of PostGIS. Does not migrate.
 * Errors: `embedded-database-in-use`, `embedded-database-other-version`, `embedded-database-damaged`,
 * `database-unreachable`, `database-too-old`, `postgis-missing`, `postgis-too-old`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const opened = options.url === undefined ? await openEmbedded(options) : await openPostgres(options.url);
  const { kind, knex } = opened;
  const insideTransaction = new AsyncLocalStorage<true>();
  refuseOutsideUse(knex, insideTransaction);
  let postgis: string;
  try {
    const found = await knex.raw<{ rows: { version: string }[] }>('select postgis_lib_version() as version');
    postgis = found.rows[0]?.version ?? '';
  } catch (error) {
    await opened.close();
    throw error;
  }
  let heldSinceMs: number | undefined;
  return {
    kind,
    knex,
    postgis,
    heldForMs: () => (kind === 'postgres' || heldSinceMs === undefined ? 0 : performance.now() - heldSinceMs),
    close: () => opened.close(),
    async transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
      for (let attempt = 0; ; attempt++) {
        try {
          return await knex.transaction(async tx => {
            heldSinceMs = performance.now();
            try {
              return await insideTransaction.run(true, () => work(tx));
            } finally {
              heldSinceMs = undefined;
            }
          });
        } catch (error) {
          if (!isRetryable(error) || attempt >= RETRIES) throw translatePgError(error);
        }
      }
    },
  };
}

/** Makes the pool refuse a caller that is inside `transaction`, instead of letting it wait for its own connection, and say what a vain wait means. */
function refuseOutsideUse(knex: Knex, insideTransaction: AsyncLocalStorage<true>): void {
  const client = knex.client as { acquireConnection(): Promise<unknown> };
  const acquire = client.acquireConnection.bind(client);
  client.acquireConnection = () => {
    if (!insideTransaction.getStore())
      return acquire().catch((error: unknown) => Promise.reject(translatePgError(error)));
    return Promise.reject(new Error('Inside a transaction the pool was asked for a connection: use `tx` instead'));
  };
}
