import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../server/platform/db/database.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { packageRoot } from '../../server/platform/threads.ts';
import { copyOfEmbedded, OUTPUT } from '../helpers/databases.ts';

const folders: string[] = [];
async function folder(make: () => Promise<string> = copyOfEmbedded): Promise<string> {
  const dataDir = await make();
  folders.push(dataDir);
  return dataDir;
}
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

const inDatabase = (dataDir: string, name: string): string => join(dataDir, 'database', name);

/** Digest of every file of the database, except the lock that an attempt takes and gives back. */
function fingerprint(dataDir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(inDatabase(dataDir, ''), { recursive: true, encoding: 'utf8' }).sort()) {
    const path = inDatabase(dataDir, entry);
    if (entry !== 'lock' && statSync(path).isFile()) hash.update(entry).update(readFileSync(path));
  }
  return hash.digest('hex');
}

async function refusal(dataDir: string): Promise<{ code: string; params: Record<string, unknown> }> {
  try {
    const database = await openDatabase({ dataDir });
    await database.close();
  } catch (error) {
    return error as { code: string; params: Record<string, unknown> };
  }
  throw new Error('It was opened');
}

/** A process that opens the database with the compiled door and says so; then it writes rows until it is killed. */
function startWriter(dataDir: string): { child: ChildProcess; lastRow(): number; opened: Promise<void> } {
  const script = join(OUTPUT, 'writer.mjs');
  writeFileSync(
    script,
    `import { openDatabase } from ${JSON.stringify(join(packageRoot, 'dist/server/platform/db/open-database.js'))};
     const database = await openDatabase({ dataDir: process.argv[2] });
     process.send('opened');
     await database.knex.raw('create table if not exists scratch (n int primary key)');
     for (let n = 1; ; n++) { await database.knex('scratch').insert({ n }); process.send(n); }`,
  );
  const child = fork(script, [dataDir], { stdio: 'ignore' });
  let last = 0;
  const opened = new Promise<void>((resolve, reject) => {
    child.on('message', message => {
      if (message === 'opened') resolve();
      else last = Number(message);
    });
    child.once('exit', () => reject(new Error('the writer ended')));
  });
  return { child, lastRow: () => last, opened };
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

describe('the embedded database', () => {
  it('is open in one process at a time, and free again when that was killed, with every acknowledged row', async () => {
    const dataDir = await folder();
    const writer = startWriter(dataDir);
    await writer.opened;
    expect(await refusal(dataDir)).toMatchObject({
      code: 'embedded-database-in-use',
      params: { pid: writer.child.pid },
    });
    while (writer.lastRow() < 50) await new Promise(resolve => setTimeout(resolve, 10));
    await kill(writer.child);
    const acknowledged = writer.lastRow();

    const database = await openDatabase({ dataDir });
    const row = await database.knex('scratch').max<{ max: number }>('n').first();
    await database.close();
    expect(row?.max).toBeGreaterThanOrEqual(acknowledged);
  });

  it('starts over when its first start was killed', async () => {
    const dataDir = await folder(() => mkdtemp(join(OUTPUT, 'new-')));
    const writer = startWriter(dataDir);
    writer.opened.catch(() => undefined);
    while (!existsSync(inDatabase(dataDir, 'files/PG_VERSION'))) await new Promise(resolve => setTimeout(resolve, 5));
    await kill(writer.child);
    expect(JSON.parse(readFileSync(inDatabase(dataDir, 'regreen.json'), 'utf8'))).toMatchObject({
      state: 'initialising',
    });

    const database = await openDatabase({ dataDir });
    expect(database.postgis).toMatch(/^3\./);
    await database.close();
    // A first start, and on a busy machine a long one.
  }, 180_000);

  it.each<[string, string, (dataDir: string) => void]>([
    ['its marker is gone', 'no-marker', dataDir => rmSync(inDatabase(dataDir, 'regreen.json'))],
    [
      'its marker is unreadable',
      'marker-unreadable',
      dataDir => writeFileSync(inDatabase(dataDir, 'regreen.json'), '{"'),
    ],
    ['its version file is gone', 'missing PG_VERSION', dataDir => rmSync(inDatabase(dataDir, 'files/PG_VERSION'))],
    ['its control file is cut off', '', dataDir => truncateSync(inDatabase(dataDir, 'files/global/pg_control'), 100)],
  ])('refuses and keeps a damaged one: %s', async (_case, reason, damage) => {
    const dataDir = await folder();
    damage(dataDir);
    const before = fingerprint(dataDir);
    const { code, params } = await refusal(dataDir);
    expect(code).toBe('embedded-database-damaged');
    expect(String(params['reason'])).toContain(reason);
    expect(fingerprint(dataDir)).toBe(before);
  });

  it('names as damaged what the engine itself cannot open', async () => {
    const dataDir = await folder();
    writeFileSync(inDatabase(dataDir, 'files/global/pg_control'), Buffer.alloc(8_192));
    expect((await refusal(dataDir)).code).toBe('embedded-database-damaged');
    expect(readFileSync(inDatabase(dataDir, 'files/global/pg_control'))).toEqual(Buffer.alloc(8_192));
  });

  it('refuses and keeps one of another version', async () => {
    const dataDir = await folder();
    const path = inDatabase(dataDir, 'regreen.json');
    const marker = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...marker, postgresMajor: '16', pglite: '0.2.1' }));
    const before = fingerprint(dataDir);
    expect(await refusal(dataDir)).toMatchObject({
      code: 'embedded-database-other-version',
      params: { found: expect.stringContaining('PostgreSQL 16') as string },
    });
    expect(fingerprint(dataDir)).toBe(before);
  });

  it('takes over a lock of a dead process, of a reused process number and of a broken write', async () => {
    const dataDir = await folder();
    const holders = [
      JSON.stringify({ pid: 999_999_999, host: 'somewhere', startedAt: '' }),
      JSON.stringify({ pid: process.pid, host: hostname(), startedAt: 'another boot/1' }),
      '{"pid"',
    ];
    for (const text of holders) {
      const lock = inDatabase(dataDir, 'lock');
      writeFileSync(lock, text);
      utimesSync(lock, new Date(0), new Date(0));
      const database = await openDatabase({ dataDir });
      await database.close();
    }
  });

  it('keeps the process free while a statement runs for seconds', async () => {
    const dataDir = await folder();
    let database: Database | undefined;
    try {
      database = await openDatabase({ dataDir });
      let turns = 0;
      const clock = setInterval(() => turns++, 5);
      await database.knex.raw('select count(*) from generate_series(1, 12000000) as n where sqrt(n) > 3');
      clearInterval(clock);
      // A process that waited for the statement would have had no turn at all.
      expect(turns).toBeGreaterThan(20);
    } finally {
      await database?.close();
    }
  });
});
