import { AppError, nameFullDisk } from '../errors.ts';
import type { Database } from '../db/database.ts';
import { translatePgError } from '../db/pg-errors.ts';
import type { Log } from '../log.ts';
import { claimJob, finishJob, reportJob, requeueJob } from './job-rows.ts';
import type { JobContext } from './jobs.ts';
import type { LiveJobs } from './live-jobs.ts';

const HEARTBEAT_MS = 5_000;
const PROGRESS_MS = 250;
const MAX_ATTEMPTS = 3;

/** Reasons a signal carries; a handler that throws them back is understood. */
const CANCELLED = new AppError('job-cancelled');
export const SHUTTING_DOWN = new AppError('shutting-down');

export interface RunnableJob {
  readonly id: string;
  readonly kind: string;
  /** Validates the payload and does the work. */
  run(payload: unknown, context: JobContext): Promise<unknown>;
}

/**
 * Runs one job to its end and keeps its row true all the while. Returns `ended`, or `again` when the queue shall offer
 * it once more.
 */
export async function runJob(
  { knex }: Database,
  log: Log,
  job: RunnableJob,
  shutdown: AbortSignal,
  live: LiveJobs,
): Promise<'ended' | 'again'> {
  const claimed = await claimJob(knex, job.id);
  if (!claimed) return 'ended';
  if (claimed.job.cancelRequested) {
    await finishJob(knex, job.id, { state: 'failed', code: CANCELLED.code, params: {} });
    return 'ended';
  }
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, shutdown]);
  const report = reporter(knex, log, job.id, live, () => own.abort(CANCELLED));
  live.begin(claimed.job, () => own.abort(CANCELLED));
  try {
    const result = await job.run(claimed.payload, { jobId: job.id, signal, progress: report.progress });
    await report.stop();
    await finishJob(knex, job.id, { state: 'done', result });
    return 'ended';
  } catch (thrown) {
    await report.stop();
    const error = own.signal.aborted ? CANCELLED : nameFullDisk(translatePgError(thrown));
    if (!own.signal.aborted && shutdown.aborted) {
      await requeueJob(knex, job.id, false);
      return 'again';
    }
    const isNamed = error instanceof AppError;
    if (!isNamed) log.error({ err: error, jobId: job.id, kind: job.kind, attempt: claimed.attempt }, 'job failed');
    const isWorthRetrying = !isNamed || error.code === 'busy' || error.code === 'storage-full';
    if (isWorthRetrying && claimed.attempt < MAX_ATTEMPTS) {
      await requeueJob(knex, job.id, true);
      return 'again';
    }
    const { code, params } = isNamed ? error : new AppError('internal');
    await finishJob(knex, job.id, { state: 'failed', code, params });
    return 'ended';
  } finally {
    live.end(job.id);
  }
}

/** Writes progress and heartbeats, one statement at a time, and notices a request to end. */
function reporter(knex: Database['knex'], log: Log, id: string, live: LiveJobs, onCancel: () => void) {
  let fraction = 0;
  let reportedAtMs = 0;
  let last: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    reportedAtMs = Date.now();
    last = last
      .then(() => reportJob(knex, id, fraction))
      .then(({ isCancelled }) => {
        if (isCancelled) onCancel();
      })
      .catch((error: unknown) => log.warn({ err: error, jobId: id }, 'job progress not written'));
    return last;
  };
  const heartbeat = setInterval(() => void write(), HEARTBEAT_MS);
  return {
    progress: async (value: number): Promise<void> => {
      fraction = Math.min(1, Math.max(fraction, Number.isFinite(value) ? value : 0));
      live.progress(id, fraction);
      if (Date.now() - reportedAtMs >= PROGRESS_MS) await write();
    },
    async stop(): Promise<void> {
      clearInterval(heartbeat);
      await last;
    },
  };
}
