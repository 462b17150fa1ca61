import type { Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../../db/database.ts';
import type { Jobs } from '../../jobs/jobs.ts';

export interface Metrics {
  /** Times every request by route template, never by address: ids would make a series each. */
  readonly observe: RequestHandler;
  /** `GET /metrics` in Prometheus' text format. */
  readonly expose: (req: Request, res: Response) => Promise<void>;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

export function createMetrics({ database, jobs }: { database: Database; jobs: Jobs }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'regreen_http_request_duration_seconds',
    help: 'Time to the end of the answer, by route template',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  new Gauge({
    name: 'regreen_jobs_open',
    help: 'Background jobs that wait or run',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      const { queued, running } = await jobs.countOpen();
      this.set({ state: 'queued' }, queued);
      this.set({ state: 'running' }, running);
    },
  });
  new Gauge({
    name: 'regreen_database_connections',
    help: 'Connections of the pool',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      const { pool } = database.knex.client as {
        pool: Record<'numUsed' | 'numFree' | 'numPendingAcquires', () => number>;
      };
      this.set({ state: 'used' }, pool.numUsed());
      this.set({ state: 'free' }, pool.numFree());
      this.set({ state: 'awaited' }, pool.numPendingAcquires());
    },
  });
  return {
    observe(req, res, next) {
      // Anybody can send a method of their own making, and the server's parser knows dozens.
      const end = durations.startTimer({ method: METHODS.has(req.method) ? req.method : 'other' });
      res.on('close', () => {
        const route = (req.route as { path?: unknown } | undefined)?.path;
        end({ route: typeof route === 'string' ? route : 'other', status: String(res.statusCode) });
      });
      next();
    },
    async expose(_req, res) {
      res
        .set('cache-control', 'no-store')
        .type(registry.contentType)
        .send(await registry.metrics());
    },
  };
}
