import type { Knex } from 'knex';
import type { Queryable } from '../db/database.ts';

interface RawConnection {
  query(config: { text: string; values?: readonly unknown[] }): Promise<{ rows: unknown[] } | { rows: unknown[] }[]>;
}

interface RawClient {
  acquireConnection(): Promise<RawConnection>;
  releaseConnection(connection: RawConnection): Promise<void>;
}

/**
 * The queue's own statements through our door, on either database; given a transaction they belong to it. They go to
 * the driver's connection directly, because they number their parameters (`$1`) where the query builder wants `?`.
 */
export const bossDatabase = (db: Queryable) => ({
  async executeSql(text: string, values?: readonly unknown[]): Promise<{ rows: never[] }> {
    const client = (db as Knex).client as RawClient;
    const connection = await client.acquireConnection();
    try {
      const result = await connection.query(values === undefined ? { text } : { text, values });
      // A script of several statements answers with a list.
      const last = Array.isArray(result) ? result.at(-1) : result;
      return { rows: (last?.rows ?? []) as never[] };
    } catch (error) {
      // A script that opens its own transaction leaves it open when it breaks off; the pool must not inherit that.
      if (values === undefined && !('isTransaction' in db && db.isTransaction))
        await connection.query({ text: 'rollback' });
      throw error;
    } finally {
      await client.releaseConnection(connection);
    }
  },
});
