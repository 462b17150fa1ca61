import { createHash, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { packageRoot } from '../../server/platform/threads.ts';

/** Where test databases live while they do; `TEST_DATABASE_DIR` = elsewhere, as in memory: each is more than a thousand files. */
export const OUTPUT = process.env['TEST_DATABASE_DIR'] ?? join(packageRoot, 'test', 'output', 'databases');

/**
 * The same cases on the embedded database and on PostgreSQL (`TEST_DATABASE_URL`), each file on a fresh migrated copy. `kind` is for
 * a case that compares with a function of one of them.
 */
export function describeOnBothDatabases(
  name: string,
  cases: (getDb: () => Database, kind: Database['kind']) => void,
): void {
  describe(`${name} (embedded)`, () => {
    cases(useDatabase(openEmbeddedCopy), 'embedded');
  });
  // Without a server that half is skipped with its reason in the title; in CI it must not be missing.
  const url = process.env['TEST_DATABASE_URL'];
  const isMissing = url === undefined;
  const reason = isMissing ? ', skipped: TEST_DATABASE_URL is not set' : '';
  describe.skipIf(isMissing && process.env['CI'] !== 'true')(`${name} (postgres${reason})`, () => {
    cases(
      useDatabase(() => openPostgresCopy(url ?? missing())),
      'postgres',
    );
  });
}

function missing(): never {
  throw new Error('TEST_DATABASE_URL is not set');
}

/** A database that lives as long as the test's `close` is not called. */
export interface TestDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

function useDatabase(open: () => Promise<TestDatabase>): () => Database {
  let opened: TestDatabase | undefined;
  beforeAll(async () => {
    opened = await open();
  }, 180_000);
  afterAll(() => opened?.close(), 60_000);
  return () => {
    if (!opened) throw new Error('The database is there inside tests and hooks only');
    return opened.database;
  };
}

/** A copy of an embedded database that was made and migrated once for this state of the migrations. */
async function openEmbeddedCopy(): Promise<TestDatabase> {
  const dataDir = await copyOfEmbedded();
  const database = await openDatabase({ dataDir });
  return {
    database,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A data folder with a migrated embedded database; the caller removes it. */
export async function copyOfEmbedded(): Promise<string> {
  const prepared = join(OUTPUT, `embedded-${schemaHash()}`);
  if (!existsSync(prepared)) await prepareEmbedded(prepared);
  const dataDir = await mkdtemp(join(OUTPUT, 'copy-'));
  await cp(prepared, dataDir, { recursive: true });
  return dataDir;
}

const STALE_MS = 3_600_000;

async function prepareEmbedded(target: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  for (const name of readdirSync(OUTPUT)) {
    const path = join(OUTPUT, name);
    // Copies of killed runs, and what belongs to migrations of another time; others may take away theirs meanwhile.
    const changedMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changedMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
  const draft = await mkdtemp(join(OUTPUT, 'draft-'));
  const database = await openDatabase({ dataDir: draft });
  await migrate(database, migrations);
  await database.close();
  try {
    renameSync(draft, target);
  } catch {
    // Another test file was faster; its copy is as good.
    await rm(draft, { recursive: true, force: true });
  }
}

/** A PostgreSQL database cloned from a migrated template; `close` drops it, `drop` alone leaves our connections. */
export async function openPostgresCopy(url: string): Promise<TestDatabase & PostgresCopy> {
  const copy = await copyOfPostgres(url);
  const database = await openDatabase({ url: copy.url, dataDir: OUTPUT });
  return {
    ...copy,
    database,
    async close() {
      await database.close();
      await copy.drop();
    },
  };
}

export interface PostgresCopy {
  readonly url: string;
  drop(): Promise<void>;
}

/** A clone of a database on the server of `url`: of one that was migrated and no more, unless another is named. */
export async function copyOfPostgres(url: string, source?: string): Promise<PostgresCopy> {
  const template = source ?? `regreen_template_${schemaHash()}`;
  const name = `regreen_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await withAdmin(url, async admin => {
    await admin.query('select pg_advisory_lock(72634)');
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 0 && source === undefined) await prepareTemplate(url, admin, template);
    await admin.query(`create database ${name} template ${template}`);
  });
  return {
    url: withDatabase(url, name),
    async drop() {
      await withAdmin(url, admin => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function prepareTemplate(url: string, admin: pg.Client, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  const database = await openDatabase({ url: withDatabase(url, draft), dataDir: OUTPUT });
  await migrate(database, migrations);
  await database.close();
  await admin.query(`alter database ${draft} rename to ${template}`);
}

export async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Changes with any migration and with the embedded engine's version. */
export function schemaHash(): string {
  const hash = createHash('sha256');
  const folder = join(packageRoot, 'migrations');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  hash.update(readFileSync(join(packageRoot, 'node_modules', '@electric-sql', 'pglite', 'package.json')));
  return hash.digest('hex').slice(0, 12);
}
