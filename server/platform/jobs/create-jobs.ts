import PgBoss from 'pg-boss';
import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import { bossDatabase } from './boss-database.ts';
import { countOpenJobs, finishJob, getJob, insertJob, requestCancel, requeueOrphans } from './job-rows.ts';
import type { Job, JobContext, Jobs } from './jobs.ts';
import { createLiveJobs } from './live-jobs.ts';
import { runJob, SHUTTING_DOWN } from './run-job.ts';

const POLL_MS = 2_000;
/** A job enqueued in this process is looked for soon after its transaction may have committed. */
const LOOK_SOON_MS = [20, 120, 500];
const ORPHANS_EVERY_MS = 20_000;
/** More often than this a process died under the same job: it is the job. */
const MAX_DELIVERIES = 10;

interface Kind {
  readonly payload: z.ZodType;
  readonly handler: (payload: never, context: JobContext) => Promise<unknown>;
}

/** Jobs on pg-boss's queue, in the same database as the data. `orphansEveryMs`: how often jobs of dead processes are looked for. */
export function createJobs(database: Database, log: Log, { orphansEveryMs = ORPHANS_EVERY_MS } = {}): Jobs {
  const { knex } = database;
  const boss = new PgBoss({ db: bossDatabase(knex), schedule: false, supervise: true });
  boss.on('error', error => log.warn({ err: error }, 'queue'));
  const live = createLiveJobs();
  const kinds = new Map<string, Kind>();
  const wakers = new Map<string, () => void>();
  const shutdown = new AbortController();
  const loops: Promise<void>[] = [];
  let prepared: Promise<void> | undefined;
  let orphanTimer: NodeJS.Timeout | undefined;
  let isStopping = false;

  const kindOf = (name: string): Kind => {
    const kind = kinds.get(name);
    if (!kind) throw new Error(`No job kind ${name}`);
    return kind;
  };

  /** The embedded database admits one process, so what runs is known here, also while it holds the one connection. */
  const get = async (id: string): Promise<Job> =>
    (database.kind === 'embedded' ? live.get(id) : undefined) ?? getJob(knex, id);

  async function prepare(): Promise<void> {
    await boss.start();
    for (const name of kinds.keys())
      await boss.createQueue(name, { name, retryLimit: MAX_DELIVERIES, retryDelay: 1, expireInHours: 23 });
  }

  async function rescueOrphans(all: boolean): Promise<void> {
    for (const { id, kind } of await requeueOrphans(knex, all, live.ids())) {
      log.warn({ jobId: id, kind }, 'job whose process died goes back to the queue');
      await boss.fail(kind, id);
    }
  }

  async function takeTurns(name: string): Promise<void> {
    while (!isStopping) {
      const isBusy = await takeOne(name).catch((error: unknown) => {
        log.error({ err: error, kind: name }, 'queue');
        return false;
      });
      if (!isBusy && !isStopping) await nap(name);
    }
  }

  /** Fetches and runs one job; false when there was none. */
  async function takeOne(name: string): Promise<boolean> {
    const [offered] = await boss.fetch<object>(name, { batchSize: 1 });
    if (!offered) return false;
    const { payload, handler } = kindOf(name);
    const outcome = await runJob(
      database,
      log,
      { id: offered.id, kind: name, run: (given, context) => handler(payload.parse(given) as never, context) },
      shutdown.signal,
      live,
    );
    if (outcome === 'ended') await boss.complete(name, offered.id);
    else await boss.fail(name, offered.id);
    await failExhausted(name, offered.id);
    return true;
  }

  /** The queue gives up after MAX_DELIVERIES; our row must not wait for ever then. */
  async function failExhausted(name: string, id: string): Promise<void> {
    const queued = await boss.getJobById(name, id);
    if (queued?.state === 'failed') await finishJob(knex, id, { state: 'failed', code: 'internal', params: {} });
  }

  function nap(name: string): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(wake, POLL_MS);
      function wake(): void {
        clearTimeout(timer);
        wakers.delete(name);
        resolve();
      }
      wakers.set(name, wake);
    });
  }

  return {
    define(kind, payload, handler) {
      kinds.set(kind, { payload, handler });
    },

    async enqueue(tx, kind, payload, options = {}) {
      const { id, isNew } = await insertJob(tx, kind, kindOf(kind).payload.parse(payload), options);
      if (isNew) await boss.send(kind, {}, { id, db: bossDatabase(tx) });
      for (const delayMs of LOOK_SOON_MS) setTimeout(() => wakers.get(kind)?.(), delayMs).unref();
      return id;
    },

    get,

    async cancel(id) {
      // Where the job may run in another process the row says so first: one told here may have ended before it is written.
      if (database.kind === 'postgres') await requestCancel(knex, id);
      const isTold = live.cancel(id);
      if (!isTold && database.kind === 'embedded') await requestCancel(knex, id);
      return get(id);
    },

    prepare: () => (prepared ??= prepare()),

    async work(only = [...kinds.keys()]) {
      // The embedded database admits one process: whatever ran in it before is dead.
      await rescueOrphans(database.kind === 'embedded');
      orphanTimer = setInterval(() => {
        rescueOrphans(false).catch((error: unknown) => log.warn({ err: error }, 'queue'));
      }, orphansEveryMs);
      for (const name of only) loops.push(takeTurns(name));
    },

    async stop(graceMs) {
      isStopping = true;
      clearInterval(orphanTimer);
      for (const wake of wakers.values()) wake();
      const timer = setTimeout(() => shutdown.abort(SHUTTING_DOWN), graceMs);
      await Promise.all(loops);
      clearTimeout(timer);
      if (prepared) await boss.stop({ graceful: false, close: false, wait: false });
    },

    isStopping: () => isStopping,

    countOpen: () => countOpenJobs(knex),
  };
}
