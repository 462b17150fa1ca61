import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEMO_PASSWORD, DEMO_USERNAMES } from './accounts/demo-accounts.ts';
import { createApp } from './app.ts';
import type { Container } from './container.ts';
import type { Config } from './platform/config.ts';
import { AppError } from './platform/errors.ts';
import { problemOf } from './platform/http/problem.ts';
import { createLog } from './platform/log.ts';
import { packageRoot } from './platform/threads.ts';
import { prepare, seed } from './prepare.ts';
import type { Io } from './tell-failure.ts';

/** How long requests and jobs in hand may take after the process was told to end. */
const GRACE_MS = 20_000;

/** The largest scene, sent over ten megabits a second. Without a word of ours a request is cut off after five minutes. */
const REQUEST_MS = 2 * 3_600_000;

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
  const server = createServer({ requestTimeout: REQUEST_MS }, (req, res) => handler(req, res));
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
