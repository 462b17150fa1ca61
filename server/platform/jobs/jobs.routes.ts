import { z } from 'zod';
import { AppError, forbidden } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { Viewer } from '../viewer.ts';
import type { Job, Jobs } from './jobs.ts';

const jobParams = z.object({ id: z.uuid() });
const jobAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress: z.number().min(0).max(1),
  code: z.string().nullable().describe('What failed; a code of the problem table'),
  params: z.record(z.string(), z.unknown()).nullable(),
  result: z.unknown(),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  createdBy: z.number().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  cancelRequested: z.boolean(),
});

const LOOK_EVERY_MS = 400;
const KEEP_ALIVE_MS = 15_000;
/** A client reconnects by itself; a stream for ever would outlive every proxy. */
const STREAM_MS = 30 * 60_000;

export function jobsRoutes(jobs: Jobs): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/jobs/:id',
      tag: 'jobs',
      summary: 'How far a background job is',
      params: jobParams,
      response: jobAnswer,
      access: 'signed-in',
      action: 'job.read',
      handle: ({ params }) => jobs.get(params.id),
    }),
    route({
      method: 'get',
      path: '/api/v1/jobs/:id/events',
      tag: 'jobs',
      summary: 'The same as server-sent events, until the job ends',
      params: jobParams,
      produces: 'text/event-stream',
      access: 'signed-in',
      action: 'job.read',
      async handle({ params, req, res }) {
        let job = await jobs.get(params.id);
        res.status(200).set({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        res.flushHeaders();
        let isOpen = true;
        req.on('close', () => (isOpen = false));
        let shown = '';
        let saidAtMs = 0;
        const endsAtMs = Date.now() + STREAM_MS;
        while (isOpen && !jobs.isStopping() && Date.now() < endsAtMs) {
          const text = JSON.stringify(job);
          if (text !== shown) {
            res.write(`data: ${text}\n\n`);
            shown = text;
            saidAtMs = Date.now();
          } else if (Date.now() - saidAtMs > KEEP_ALIVE_MS) {
            res.write(':\n\n');
            saidAtMs = Date.now();
          }
          if (job.state === 'done' || job.state === 'failed') break;
          await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
          if (isOpen) job = await jobs.get(params.id);
        }
        res.end();
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/jobs/:id/cancel',
      tag: 'jobs',
      summary: 'End a background job that is no longer wanted',
      params: jobParams,
      response: jobAnswer,
      access: 'signed-in',
      action: 'job.cancel',
      // Ended twice is ended; a key would have to be written where the job itself may hold the only connection.
      repeat: 'never',
      async handle({ params, viewer }) {
        assertMayCancel(viewer, await jobs.get(params.id));
        return jobs.cancel(params.id);
      },
    }),
  ];
}

function assertMayCancel(viewer: Viewer, job: Job): void {
  if (viewer.accountId === null) throw new AppError('sign-in-required', { action: 'job.cancel' });
  if (viewer.role !== 'admin' && job.createdBy !== viewer.accountId) throw forbidden('job.cancel');
}
