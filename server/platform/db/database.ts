import type { Knex } from 'knex';

/** A connection pool or one transaction: what a repository takes. */
export type Queryable = Knex;

/** The door to the data, the same for the embedded database and for PostgreSQL. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  readonly knex: Knex;
  /** Version of PostGIS, e.g. `3.3.2`. */
  readonly postgis: string;
  /**
   * Runs `work` in one transaction. Serialization failures and deadlocks are tried twice more; other database errors
   * leave as `AppError` where SQLSTATE and constraint name say what happened.
   * Inside, only `tx` may be used: the embedded database has one connection, so the pool would wait for itself. That
   * mistake throws on both databases.
   */
  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** How long one transaction has kept the only connection of the embedded database from everybody else; 0 with a server. */
  heldForMs(): number;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…`; absent = embedded, below `dataDir`. */
  readonly url?: string | undefined;
  readonly dataDir: string;
  /** Told what takes time, in words for a terminal. */
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Called when the embedded database dies under us; nothing works after that. */
  readonly onLost?: ((error: Error) => void) | undefined;
}

/** What the two ways of opening have to give. */
export interface OpenedDatabase {
  readonly kind: Database['kind'];
  readonly knex: Knex;
  close(): Promise<void>;
}
