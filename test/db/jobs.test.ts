import { AsyncResource } from 'node:async_hooks';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../server/platform/errors.ts';
import { createJobs } from '../../server/platform/jobs/create-jobs.ts';
import type { Job, JobContext, Jobs } from '../../server/platform/jobs/jobs.ts';
import { createLog } from '../../server/platform/log.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';

const payload = z.strictObject({ n: z.number() });
type Handler = (payload: { n: number }, context: JobContext) => Promise<unknown>;

describeOnBothDatabases('background jobs', getDb => {
  let jobs: Jobs | undefined;

  async function startJobs(handler: Handler, works = true, options = {}): Promise<Jobs> {
    jobs = createJobs(getDb(), createLog('silent'), options);
    jobs.define('sum', payload, handler);
    await jobs.prepare();
    if (works) await jobs.work();
    return jobs;
  }

  const enqueue = (n: number, key?: string): Promise<string> =>
    getDb().transaction(tx =>
      (jobs as Jobs).enqueue(tx, 'sum', { n }, { key, createdBy: 7, subject: { kind: 'mine', id: 1 } }),
    );

  async function waitFor(id: string, isThere: (job: Job) => boolean): Promise<Job> {
    for (const endMs = Date.now() + 20_000; ;) {
      const job = await (jobs as Jobs).get(id);
      if (isThere(job)) return job;
      if (Date.now() > endMs) throw new Error(`Job stays ${JSON.stringify(job)}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
  const waitForEnd = (id: string): Promise<Job> => waitFor(id, job => job.state === 'done' || job.state === 'failed');

  afterEach(async () => {
    await jobs?.stop(1_000);
    await getDb().knex('job').delete();
  });

  test('goes on where its row has long been silent while it runs, and is taken from a dead process all the same', async () => {
    const runs: number[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>(resolve => (end = resolve));
    await startJobs(
      async ({ n }) => {
        runs.push(n);
        if (n === 1) await ended;
      },
      true,
      { orphansEveryMs: 25 },
    );
    const own = await enqueue(1);
    await waitFor(own, job => job.state === 'running');
    const foreign = await enqueue(2);
    // As if a transaction had kept the one connection for minutes, and another process had died in the meantime.
    const silent = getDb().knex.raw(`now() - interval '10 minutes'`);
    await getDb().knex('job').whereIn('id', [own, foreign]).update({ state: 'running', heartbeat_at: silent });
    await waitFor(foreign, job => job.state === 'queued');
    expect(await getDb().knex('job').where({ id: own }).first('state', 'attempt')).toEqual({ state: 'running', attempt: 1 }); // prettier-ignore
    end();
    expect(await waitForEnd(own)).toMatchObject({ state: 'done' });
    await waitForEnd(foreign);
    expect(runs.filter(n => n === 1)).toEqual([1]);
  });

  test('runs, reports progress and keeps the result', async () => {
    await startJobs(async ({ n }, { progress }) => {
      await progress(0.5);
      return { twice: 2 * n };
    });
    const id = await enqueue(21);
    expect(await waitForEnd(id)).toMatchObject({
      state: 'done',
      progress: 1,
      result: { twice: 42 },
      createdBy: 7,
      subjectKind: 'mine',
      subjectId: '1',
      code: null,
    });
  });

  test('does not exist when the transaction that enqueued it fails', async () => {
    let runs = 0;
    await startJobs(async () => ++runs);
    const failing = getDb().transaction(async tx => {
      await (jobs as Jobs).enqueue(tx, 'sum', { n: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await waitForEnd(await enqueue(2));
    expect(runs).toBe(1);
  });

  test('refuses a payload of another shape', async () => {
    await startJobs(async () => 1, false);
    await expect((jobs as Jobs).enqueue(getDb().knex, 'sum', { n: 'one' })).rejects.toThrow('expected number');
    expect(await (jobs as Jobs).countOpen()).toEqual({ queued: 0, running: 0 });
  });

  test('a named fault ends it at once under its code, another is tried three times', async () => {
    let runs = 0;
    await startJobs(async ({ n }) => {
      runs++;
      if (n === 1) throw new AppError('scene-file-missing', { file: 'b4.tif' });
      throw new Error('disk on fire');
    });
    expect(await waitForEnd(await enqueue(1))).toMatchObject({
      state: 'failed',
      code: 'scene-file-missing',
      params: { file: 'b4.tif' },
    });
    expect(runs).toBe(1);
    expect(await waitForEnd(await enqueue(2))).toMatchObject({ state: 'failed', code: 'internal', params: {} });
    expect(runs).toBe(4);
  });

  test('the same key is one job while it is open', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>(resolve => (release = resolve));
    await startJobs(() => gate);
    const first = await enqueue(1, 'scene-5');
    expect(await enqueue(1, 'scene-5')).toBe(first);
    expect(await enqueue(1, 'scene-6')).not.toBe(first);
    release();
    await waitForEnd(first);
    expect(await enqueue(1, 'scene-5')).not.toBe(first);
  });

  test('tells how far it is and can be cancelled while it writes in one transaction', async () => {
    const probe = 'while-it-writes';
    await startJobs((_payload, { signal, progress }) => {
      // Inside of the transaction the pool is out of reach.
      const outside = AsyncResource.bind((report: () => Promise<void>) => report());
      return getDb().transaction(async tx => {
        await tx('layer_revision').insert({ layer: probe, revision: 1 });
        void outside(() => progress(0.25));
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      });
    });
    const id = await enqueue(1);
    expect(await waitFor(id, job => job.progress > 0)).toMatchObject({ state: 'running', progress: 0.25 });
    expect(getDb().heldForMs() > 0).toBe(getDb().kind === 'embedded');
    expect(await (jobs as Jobs).cancel(id)).toMatchObject({ cancelRequested: true });
    expect(await waitForEnd(id)).toMatchObject({ state: 'failed', code: 'job-cancelled', cancelRequested: true });
    expect(await getDb().knex('layer_revision').where({ layer: probe })).toEqual([]);
  });

  test('cancels a waiting job at once and a running one soon', async () => {
    await startJobs(
      (_payload, { signal, progress }) =>
        new Promise((_resolve, reject) => {
          const beat = setInterval(() => void progress(0.1), 50);
          signal.addEventListener('abort', () => {
            clearInterval(beat);
            reject(signal.reason as Error);
          });
        }),
    );
    const running = await enqueue(1);
    const waiting = await enqueue(2);
    await waitFor(running, job => job.state === 'running');
    expect(await (jobs as Jobs).cancel(waiting)).toMatchObject({ state: 'failed', code: 'job-cancelled' });
    await (jobs as Jobs).cancel(running);
    expect(await waitForEnd(running)).toMatchObject({ state: 'failed', code: 'job-cancelled' });
  });

  test('hands a job back when the process stops, and the next process finishes it', async () => {
    await startJobs(
      (_payload, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const id = await enqueue(1);
    await waitFor(id, job => job.state === 'running');
    await jobs?.stop(50);
    expect((await (jobs as Jobs).get(id)).state).toBe('queued');
    await startJobs(async () => 'second life');
    expect(await waitForEnd(id)).toMatchObject({ state: 'done', result: 'second life' });
  });

  test('a job whose process died goes back to the queue', async () => {
    await startJobs(() => new Promise(() => undefined));
    const id = await enqueue(1);
    await waitFor(id, job => job.state === 'running');
    // The first process is gone without a word; its heartbeat is old.
    await getDb().knex.raw(`update job set heartbeat_at = now() - interval '5 minutes' where id = ?`, [id]);
    await startJobs(async () => 'rescued');
    expect(await waitForEnd(id)).toMatchObject({ state: 'done', result: 'rescued' });
  });
});
