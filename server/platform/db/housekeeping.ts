import type { Log } from '../log.ts';
import type { Database } from './database.ts';

const FIRST_LOOK_MS = 3_000;
const LOOK_EVERY_MS = 60_000;
/** How long one table waits for a moment in which nobody else wants the one connection. */
const PATIENCE_MS = 5_000;
const MOMENT_MS = 50;

/**
 * What autovacuum does elsewhere: the embedded database has no process of its own for it, and a planner without figures
 * joins thousands of cells as if they were one. Counters of changes live as long as the process; what was written
 * before is told by the size of a table, which its last statistics remember.
 */
const UNTIDY_TABLES = `
  select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_all_tables s on s.relid = c.oid
  cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int as pages) as now
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and c.relpersistence = 'p'
    and (
      (c.reltuples < 0 and now.pages > 0)
      or abs(now.pages - c.relpages) > 10 + 0.2 * c.relpages
      or s.n_mod_since_analyze > 500 + 0.1 * greatest(c.reltuples, 0)
      or s.n_dead_tup > 500 + 0.2 * greatest(c.reltuples, 0)
    )
  order by 1`;

/**
 * Figures about outlines mislead this build of PostGIS: for some, the share of a join comes out above 1, and the planner ends the statement
 * with "invalid join selectivity". Without figures it plans by its index.
 */
const OUTLINES_WITH_FIGURES = `
  select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, quote_ident(a.attname) as outline
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  where t.typname in ('geometry', 'geography') and c.relkind = 'r' and c.relpersistence = 'p' and not a.attisdropped
    and n.nspname not in ('pg_catalog', 'information_schema') and coalesce(a.attstattarget, -1) <> 0
  order by 1, 2`;

export interface Housekeeping {
  /** Vacuums and analyses the tables that have changed much, one after the other. Returns their names. */
  run(): Promise<readonly string[]>;
  /** Does so soon, and then whenever the counters say so, in moments when nobody asks for anything. */
  start(): void;
  /** Waits for the table in hand. */
  stop(): Promise<void>;
}

/** On a PostgreSQL server, which looks after itself, it does nothing. */
export function createHousekeeping({ kind, knex }: Database, log: Log): Housekeeping {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isStopping = false;

  async function run(): Promise<readonly string[]> {
    if (kind !== 'embedded') return [];
    const { rows: outlines } = await knex.raw<{ rows: { name: string; outline: string }[] }>(OUTLINES_WITH_FIGURES);
    for (const { name, outline } of outlines) {
      await knex.raw(`alter table ${name} alter column ${outline} set statistics 0`);
    }
    // Without this the counters are those of some seconds ago, or of never where nothing else flushes them.
    await knex.raw('select pg_stat_force_next_flush()');
    const { rows } = await knex.raw<{ rows: { name: string }[] }>(UNTIDY_TABLES);
    const done: string[] = [];
    for (const { name } of rows) {
      await quietMoment();
      if (isStopping) break;
      await knex.raw(`vacuum (analyze) ${name}`);
      done.push(name);
    }
    return done;
  }

  /** Each table is one statement, and between two of them whoever has waited is served first. */
  async function quietMoment(): Promise<void> {
    const { pool } = knex.client as { pool: Record<'numUsed' | 'numPendingAcquires', () => number> };
    for (const untilMs = Date.now() + PATIENCE_MS; Date.now() < untilMs && !isStopping;) {
      if (pool.numUsed() === 0 && pool.numPendingAcquires() === 0) return;
      await new Promise(resolve => setTimeout(resolve, MOMENT_MS));
    }
  }

  function lookIn(ms: number): void {
    timer = setTimeout(() => {
      last = run()
        .then(tables => tables.length > 0 && log.debug({ tables }, 'tables tidied'))
        .catch((error: unknown) => log.warn({ err: error }, 'tables not tidied'))
        .finally(() => !isStopping && lookIn(LOOK_EVERY_MS));
    }, ms);
    timer.unref();
  }

  return {
    run,
    start() {
      if (kind === 'embedded') lookIn(FIRST_LOOK_MS);
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await last;
    },
  };
}
