import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { migrations } from '../migrations/index.ts';
import { DEMO_PASSWORD, DEMO_USERNAMES } from './accounts/demo-accounts.ts';
import { createApp } from './app.ts';
import { createContainer, openFoundations, type Container } from './container.ts';
import { WRITE_IMPORT } from './exchange/imports/imports.service.ts';
import { ConfigError, type Config } from './platform/config.ts';
import { openDatabase } from './platform/db/open-database.ts';
import { migrate, pendingMigrations } from './platform/db/migrate.ts';
import { AppError, nameFullDisk } from './platform/errors.ts';
import { problemOf, wordProblem } from './platform/http/problem.ts';
import { createLog } from './platform/log.ts';
import { packageRoot } from './platform/threads.ts';

/** Where a command talks to its caller. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** How long requests and jobs in hand may take after the process was told to end. */
const GRACE_MS = 20_000;

/** Runs the server until it is told to end (SIGTERM, Ctrl-C); resolves with the exit code. */
export async function serve(config: Config, io: Io): Promise<number> {
  const startedAtMs = performance.now();
  const say = (text: string): void => void io.stdout.write(`${text}\n`);
  const log = createLog(config.logLevel);
  const ending = untilToldToEnd();
  const { server, handle } = await listen(config);
  let isStarted = false;
  // Nobody waits for a start that was called off; whatever it was doing is made to be cut short.
  void ending.then(() => {
    if (!isStarted) process.exit(130);
  });

  const container = await prepare(config, say, error => {
    log.fatal({ err: error }, 'database lost');
    process.exit(1);
  });
  if (config.isDemo) await seed(container, say);
  if (config.workers > 0) await container.jobs.work();
  let isDraining = false;
  const clientFolder = join(packageRoot, 'dist', 'client');
  handle(await createApp({ container, clientFolder, isDraining: () => isDraining }));
  greet(config, server, say, performance.now() - startedAtMs);
  isStarted = true;
  container.housekeeping.start();

  await ending;
  isDraining = true;
  say('Ending: finishing what is in hand …');
  await drain(server, container);
  say('Ended.');
  return 0;
}

/** Takes jobs from the queue until it is told to end; any number of these may run beside the server. */
export async function runWorker(config: Config, io: Io): Promise<number> {
  if (config.databaseUrl === undefined) throw new AppError('worker-needs-server');
  const ending = untilToldToEnd();
  const container = await prepare(
    { ...config, isDemo: false },
    () => undefined,
    () => process.exit(1),
  );
  await container.jobs.work();
  io.stdout.write('Waiting for jobs. Ctrl-C ends.\n');
  await ending;
  await container.jobs.stop(GRACE_MS);
  await container.database.close();
  return 0;
}

/** Brings the database to this version and ends. */
export async function runMigrate(config: Config, io: Io): Promise<number> {
  const container = await prepare(
    config,
    text => void io.stdout.write(`${text}\n`),
    () => process.exit(1),
  );
  await container.jobs.stop(0);
  await container.database.close();
  io.stdout.write('The database is current.\n');
  return 0;
}

/** Loads the samples and demo accounts where they are missing, and ends. Their scenes are computed when jobs next run. */
export async function runSeed(config: Config, io: Io): Promise<number> {
  const say = (text: string): void => void io.stdout.write(`${text}\n`);
  const container = await prepare(config, say, () => process.exit(1));
  await seed(container, say);
  await container.housekeeping.run();
  await container.jobs.stop(0);
  await container.database.close();
  say('The samples are there.');
  return 0;
}

/** Compares the stored ledger with its events; changes nothing. Resolves with 1 when it is not sound. */
export async function runVerify(config: Config, io: Io): Promise<number> {
  const { runVerifyCommand } = await import('./land/verify.command.ts');
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    const missing = await pendingMigrations(database, migrations);
    if (missing.length > 0) throw new AppError('database-not-migrated', { migrations: missing.join(', ') });
    return await runVerifyCommand(database, io);
  } finally {
    await database.close();
  }
}

/** Writes one export beside the database. Resolves with 2 for arguments that cannot be used. */
export async function runExport(config: Config, argv: readonly string[], io: Io): Promise<number> {
  const { EXPORT_USAGE, parseExportArguments, runExportCommand } = await import('./exchange/export.command.ts');
  if (argv.includes('--help')) {
    io.stdout.write(`${EXPORT_USAGE}\n`);
    return 0;
  }
  const parsed = parseExportArguments(argv);
  if ('fault' in parsed) {
    io.stderr.write(`regreen export: ${parsed.fault}\n`);
    return 2;
  }
  const tell = { onProgress: () => undefined, onLost: () => process.exit(1) };
  const foundations = await openFoundations(config, createLog(config.logLevel), tell);
  try {
    const missing = await pendingMigrations(foundations.database, migrations);
    if (missing.length > 0) throw new AppError('database-not-migrated', { migrations: missing.join(', ') });
    return await runExportCommand(parsed, createContainer(foundations), io);
  } finally {
    await foundations.jobs.stop(0);
    await foundations.database.close();
  }
}

/** Examines files beside the database and writes them in jobs of this process. Resolves with 2 for arguments that cannot be used. */
export async function runImport(config: Config, argv: readonly string[], io: Io): Promise<number> {
  const { IMPORT_USAGE, parseImportArguments, runImportCommand } = await import('./exchange/import.command.ts');
  if (argv.includes('--help')) {
    io.stdout.write(`${IMPORT_USAGE}\n`);
    return 0;
  }
  const parsed = parseImportArguments(argv);
  if ('fault' in parsed) {
    io.stderr.write(`regreen import: ${parsed.fault}\n`);
    return 2;
  }
  const tell = { onProgress: () => undefined, onLost: () => process.exit(1) };
  const foundations = await openFoundations(config, createLog(config.logLevel), tell);
  const { database, jobs } = foundations;
  try {
    const missing = await pendingMigrations(database, migrations);
    if (missing.length > 0) throw new AppError('database-not-migrated', { migrations: missing.join(', ') });
    const container = createContainer(foundations);
    await jobs.prepare();
    if (!parsed.isCheck) await jobs.work([WRITE_IMPORT]);
    return await runImportCommand(parsed, container, io);
  } finally {
    await jobs.stop(GRACE_MS);
    await database.close();
  }
}

async function seed(container: Container, say: (text: string) => void): Promise<void> {
  const { seedSamples } = await import('./seed.ts');
  await seedSamples(container, text => say(`  ${text} …`));
}

/** `path-unusable` {path, reason} for a file or folder that the operating system refuses: no rights, read-only, a file in the way. */
function nameFileFault(error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error)) return nameFullDisk(error);
  return new AppError('path-unusable', { path: error.path, reason: error.code }, { cause: error });
}

/** Words a failure in both languages; what has no name is thrown on. Returns the exit code. */
export function tellFailure(error: unknown, io: Io): number {
  if (error instanceof ConfigError) {
    io.stderr.write(`${error.message}\n`);
    return 2;
  }
  const named = nameFileFault(error);
  if (!(named instanceof AppError)) throw error;
  const { en, zh } = wordProblem(named.code, named.params);
  io.stderr.write(`regreen: ${named.code}\n${en}\n${zh}\n`);
  return 1;
}

/** Database open and migrated, queues made, the administrator there if a password was set. */
export async function prepare(
  config: Config,
  say: (text: string) => void,
  onLost: (error: Error) => void,
): Promise<Container> {
  const onProgress = (text: string): void => say(`  ${text} …`);
  const foundations = await openFoundations(config, createLog(config.logLevel), { onProgress, onLost });
  try {
    const container = createContainer(foundations);
    await migrate(container.database, migrations, onProgress);
    await container.jobs.prepare();
    await container.imagery.catchUp();
    if (config.adminPassword !== undefined)
      await container.accounts.ensureAccount({
        username: 'admin',
        password: config.adminPassword,
        role: 'admin',
        organisationId: null,
      });
    return container;
  } catch (error) {
    await foundations.jobs.stop(0);
    await foundations.database.close();
    throw error;
  }
}

type Handler = Parameters<typeof createServer>[1] & object;

/** Listens before anything slow is done: a taken port is told at once, and probes get an answer from the beginning. */
async function listen(config: Config): Promise<{ server: Server; handle: (handler: Handler) => void }> {
  let handler: Handler = (req, res) => {
    const isAlive = req.url === '/healthz';
    const requestId = randomUUID();
    res.writeHead(isAlive ? 200 : 503, {
      'content-type': isAlive ? 'application/json' : 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': '2',
      'x-request-id': requestId,
    });
    const instance = req.url?.split('?')[0] ?? '/';
    res.end(isAlive ? '{"status":"ok"}' : JSON.stringify(problemOf(new AppError('starting-up'), instance, requestId)));
  };
  const server = createServer((req, res) => handler(req, res));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { host, port } = config;
      const code = error.code === 'EADDRINUSE' ? 'port-taken' : 'address-unusable';
      reject(new AppError(code, { host, port, reason: error.code ?? error.message }, { cause: error }));
    });
    server.listen(config.port, config.host, resolve);
  });
  return { server, handle: next => (handler = next) };
}

function greet(config: Config, server: Server, say: (text: string) => void, tookMs: number): void {
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  say(`\nRegreen · 复绿  http://${host}:${port}   (ready in ${(tookMs / 1000).toFixed(1)} s)`);
  if (config.isDemo) say(`Demo accounts · 演示账号：${DEMO_USERNAMES.join(', ')}   password · 密码：${DEMO_PASSWORD}`);
  say('Ctrl-C ends.');
}

async function drain(server: Server, container: Container): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await Promise.all([closed, container.jobs.stop(GRACE_MS), container.housekeeping.stop()]);
  clearTimeout(cut);
  await container.database.close();
}

/** Resolves at the first signal; the second one ends the process where it stands. */
function untilToldToEnd(): Promise<void> {
  return new Promise(resolve => {
    let isTold = false;
    const told = (): void => {
      if (isTold) process.exit(130);
      isTold = true;
      resolve();
    };
    process.on('SIGTERM', told);
    process.on('SIGINT', told);
  });
}
