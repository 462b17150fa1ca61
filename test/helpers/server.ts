// The real compiled server as a child process, on a free port and a fresh data folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { createAccountsService } from '../../server/accounts/accounts.service.ts';
import { DEMO_PASSWORD, DEMO_USERNAMES, seedDemoAccounts } from '../../server/accounts/demo-accounts.ts';
import { createOrganisationsService } from '../../server/organisations/organisations.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { packageRoot } from '../../server/platform/threads.ts';
import type { Role } from '../../server/platform/viewer.ts';
import { copyOfEmbedded, openPostgresCopy, OUTPUT, schemaHash } from './databases.ts';
import { viewerOf } from './rooms.ts';

export interface ServerOptions {
  /** Default `embedded`; `postgres` needs TEST_DATABASE_URL. */
  readonly database?: 'embedded' | 'postgres';
  /** true = samples and demo accounts, as on a first start; false = accounts of every role in the organisation TEST, beside an empty one called OTHER. */
  readonly demo?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Data to run on, instead of what is made for it. */
  readonly data?: ServerData;
}

export interface RunningServer {
  readonly url: string;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** A bearer token of the account named like the role. */
  token(role: Role): Promise<string>;
  /** Ends it as an operator would and waits; resolves with the exit code. Its data is removed. */
  stop(): Promise<number | null>;
}

const START_MS = 150_000;

type Kind = NonNullable<ServerOptions['database']>;

/** The same requests to a server on the embedded database and to one on PostgreSQL (`TEST_DATABASE_URL`). */
export function describeOnBothServers(
  name: string,
  cases: (getServer: () => RunningServer, kind: Kind) => void,
  env: Readonly<Record<string, string>> = {},
): void {
  const runOn = (kind: Kind): void => {
    let server: RunningServer | undefined;
    beforeAll(async () => {
      server = await startServer({ database: kind, env });
    }, 180_000);
    afterAll(() => server?.stop(), 60_000);
    cases(() => {
      if (!server) throw new Error('The server is there inside tests and hooks only');
      return server;
    }, kind);
  };
  describe(`${name} (embedded)`, () => {
    runOn('embedded');
  });
  // Without a database server that half is skipped with its reason in the title; in CI it must not be missing.
  const isMissing = process.env['TEST_DATABASE_URL'] === undefined;
  const reason = isMissing ? ', skipped: TEST_DATABASE_URL is not set' : '';
  describe.skipIf(isMissing && process.env['CI'] !== 'true')(`${name} (postgres${reason})`, () => {
    runOn('postgres');
  });
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { database = 'embedded', demo = false, env = {} } = options;
  const { dataDir, databaseUrl, remove } = options.data ?? (await makeData(database, demo));
  const port = await freePort();
  const child = spawn(process.execPath, [join(packageRoot, 'dist/server/cli.js'), 'serve'], {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: String(port),
      REGREEN_DATA_DIR: dataDir,
      REGREEN_DEMO: demo ? '1' : '0',
      REGREEN_LOG: 'warn',
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  const tokens = new Map<Role, Promise<string>>();
  const server: RunningServer = {
    url,
    dataDir,
    child,
    output: () => printed,
    token(role) {
      const known = tokens.get(role) ?? requestToken(url, role);
      tokens.set(role, known);
      return known;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const code = await ended;
      await remove();
      return code;
    },
  };
  try {
    await untilReady(url, ended);
  } catch (error) {
    await server.stop();
    throw new Error(`The server did not start: ${printed}`, { cause: error });
  }
  return server;
}

async function untilReady(url: string, ended: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  for (const untilMs = Date.now() + START_MS; Date.now() < untilMs;) {
    if (hasEnded) throw new Error('it has ended');
    const isReady = await fetch(`${url}/readyz`).then(
      response => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('it is not ready in time');
}

async function requestToken(url: string, role: Role): Promise<string> {
  const response = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: role, password: DEMO_PASSWORD, name: 'test' }),
  });
  if (!response.ok) throw new Error(`No token for ${role}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

/** Where a server keeps what it has, and how that is taken away when it has ended. */
export interface ServerData {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly remove: () => Promise<void>;
}

async function makeData(kind: 'embedded' | 'postgres', demo: boolean): Promise<ServerData> {
  if (kind === 'postgres') {
    const admin = process.env['TEST_DATABASE_URL'];
    if (admin === undefined) throw new Error('TEST_DATABASE_URL is not set');
    const copy = await openPostgresCopy(admin);
    if (!demo) await addAccounts(copy.database);
    await mkdir(OUTPUT, { recursive: true });
    const dataDir = await mkdtemp(join(OUTPUT, 'data-'));
    await copy.database.close();
    return {
      dataDir,
      databaseUrl: copy.url,
      async remove() {
        await copy.drop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  }
  const dataDir = demo ? await copyOfEmbedded() : await copyWithAccounts();
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** Like `copyOfEmbedded`, with the accounts in it; made once for this state of the migrations. */
async function copyWithAccounts(): Promise<string> {
  const prepared = join(OUTPUT, `embedded-accounts-${schemaHash()}`);
  if (!existsSync(prepared)) {
    const draft = await copyOfEmbedded();
    const database = await openDatabase({ dataDir: draft });
    await addAccounts(database);
    await database.close();
    try {
      renameSync(draft, prepared);
    } catch {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const dataDir = await mkdtemp(join(OUTPUT, 'copy-'));
  await cp(prepared, dataDir, { recursive: true });
  return dataDir;
}

async function addAccounts(db: Database): Promise<void> {
  const organisations = createOrganisationsService({ db });
  const make = (code: string) =>
    organisations.create(viewerOf('admin'), {
      code,
      nameZh: code,
      nameEn: code,
      parentCode: null,
      kind: 'company',
    });
  const { id } = await make('TEST');
  await make('OTHER');
  const organisationIds = Object.fromEntries(DEMO_USERNAMES.map(username => [username, id]));
  await seedDemoAccounts(createAccountsService({ db }), organisationIds);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
