// The server with the samples and their scenes drawn. Made once for every build: a server that draws its own has the processors busy for
// its first minutes, and whoever asks it meanwhile waits.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../server/platform/threads.ts';
import { builtAtMs } from '../runner/build-server.ts';
import { copyOfEmbedded, copyOfPostgres, OUTPUT, schemaHash, withAdmin } from '../helpers/databases.ts';
import { startServer, type RunningServer, type ServerData } from '../helpers/server.ts';

type Kind = 'embedded' | 'postgres';

/** What a hook that starts one may take: whoever comes first makes the samples, the others wait for it. */
export const DEMO_START_MS = 480_000;
const DRAWING_MS = 240_000;

const usual: Kind = process.env['TEST_DATABASE_URL'] === undefined ? 'embedded' : 'postgres';

/** On a copy of its own, which `stop` removes; on PostgreSQL where there is one, unless told otherwise. */
export async function startDemo(kind: Kind = usual): Promise<RunningServer> {
  return startServer({ database: kind, demo: true, data: await copyOfDemo(kind) });
}

async function copyOfDemo(kind: Kind): Promise<ServerData> {
  // Several checkouts may share a database server.
  const checkout = createHash('sha256').update(packageRoot).digest('hex').slice(0, 6);
  const family = `regreen_demo_${kind}_${checkout}_`;
  const name = `${family}${schemaHash()}_${Math.floor(builtAtMs()).toString(36)}`;
  const prepared = join(OUTPUT, name);
  const isThere = async (): Promise<boolean> =>
    existsSync(prepared) && (kind === 'embedded' || (await databasesLike(name)).length > 0);
  await once(`${prepared}.busy`, isThere, async () => {
    await removeFamily(kind, family);
    await prepare(kind, prepared, name);
  });
  const dataDir = await mkdtemp(join(OUTPUT, 'copy-'));
  await cp(prepared, dataDir, { recursive: true });
  const database = kind === 'postgres' ? await copyOfPostgres(adminUrl(), name) : undefined;
  return {
    dataDir,
    databaseUrl: database?.url,
    async remove() {
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Makes what is not there, one process at a time; the others wait for it. */
async function once(busy: string, isThere: () => Promise<boolean>, make: () => Promise<void>): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  while (!(await isThere())) {
    if (!claim(busy)) {
      await pause(200);
      continue;
    }
    try {
      if (!(await isThere())) await make();
    } finally {
      await rm(busy, { force: true });
    }
  }
}

/** A link to nowhere that names its maker: it is there with the name or not at all, and whoever was killed holds nobody up. */
function claim(busy: string): boolean {
  try {
    symlinkSync(String(process.pid), busy);
    return true;
  } catch {
    try {
      process.kill(Number(readlinkSync(busy)), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(busy, { force: true });
    }
    return false;
  }
}

/** Lets a server load and draw all of it, and keeps what it leaves when it has ended. */
async function prepare(kind: Kind, prepared: string, name: string): Promise<void> {
  const database = kind === 'postgres' ? await copyOfPostgres(adminUrl()) : undefined;
  const dataDir = database === undefined ? await copyOfEmbedded() : await mkdtemp(join(OUTPUT, 'draft-'));
  const data: ServerData = { dataDir, databaseUrl: database?.url, remove: () => Promise.resolve() };
  try {
    const server = await startServer({ database: kind, demo: true, data });
    try {
      await untilIdle(server.url);
    } finally {
      await server.stop();
    }
    if (database !== undefined) {
      const made = new URL(database.url).pathname.slice(1);
      await withAdmin(adminUrl(), admin => admin.query(`alter database ${made} rename to ${name}`));
    }
    renameSync(dataDir, prepared);
  } catch (error) {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Until no job waits or runs; what is left after that, each copy does for itself. */
async function untilIdle(url: string): Promise<void> {
  for (const untilMs = Date.now() + DRAWING_MS; Date.now() < untilMs; await pause(300)) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const open = [...metrics.matchAll(/^regreen_jobs_open\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
    if (open.length > 0 && open.every(count => count === 0)) return;
  }
}

/** What was made of earlier builds. */
async function removeFamily(kind: Kind, family: string): Promise<void> {
  for (const old of readdirSync(OUTPUT).filter(one => one.startsWith(family) && !one.endsWith('.busy')))
    await rm(join(OUTPUT, old), { recursive: true, force: true });
  if (kind === 'embedded') return;
  for (const old of await databasesLike(family))
    await withAdmin(adminUrl(), admin => admin.query(`drop database if exists ${old} with (force)`));
}

async function databasesLike(start: string): Promise<string[]> {
  const { rows } = await withAdmin(adminUrl(), admin =>
    admin.query<{ name: string }>('select datname as name from pg_database where starts_with(datname, $1)', [start]),
  );
  return rows.map(({ name }) => name);
}

function adminUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set');
  return url;
}
