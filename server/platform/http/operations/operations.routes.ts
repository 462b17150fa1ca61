import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { problemTable } from '../problems/table.ts';
import { route, type Route } from '../route.ts';
import { liveness, readiness, type Check } from './health.ts';
import type { Metrics } from './metrics.ts';

const healthAnswer = z.object({ status: z.literal('ok') });
const readinessAnswer = z.object({
  status: z.enum(['ready', 'not-ready', 'draining']),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.unknown().optional() })),
});
const problemAnswer = z.object({ code: z.string(), status: z.int(), en: z.string(), zh: z.string() });

export interface OperationsDeps {
  readonly checks: readonly Check[];
  readonly isDraining: () => boolean;
  readonly metrics: Metrics;
}

/** What probes and scrapers ask; served before anybody is asked who they are. */
export function probeRoutes({ checks, isDraining, metrics }: OperationsDeps): Route[] {
  const operation = (
    path: string,
    summary: string,
    more: Partial<Pick<Parameters<typeof route>[0], 'response' | 'produces' | 'otherStatuses'>>,
    answer: (req: Request, res: Response) => unknown,
  ): Route =>
    route({
      method: 'get',
      path,
      tag: 'operations',
      summary,
      ...more,
      access: 'public',
      async handle({ req, res }) {
        await answer(req, res);
      },
    });
  return [
    operation('/healthz', 'The process is alive; nothing else is asked', { response: healthAnswer }, liveness),
    operation(
      '/readyz',
      'Whether requests should be sent here: database migrated, storage writable',
      { response: readinessAnswer, otherStatuses: { 503: 'Not now; the checks say why' } },
      readiness(checks, isDraining),
    ),
    operation('/metrics', 'Figures in Prometheus’ text format', { produces: 'text/plain' }, metrics.expose),
  ];
}

/** The interface about itself. `describe` is asked when the document is first wanted, once every route is known. */
export function descriptionRoutes(describe: () => unknown): Route[] {
  let document: string | undefined;
  return [
    route({
      method: 'get',
      path: '/api/openapi.json',
      tag: 'operations',
      summary: 'This document, OpenAPI 3.1',
      produces: 'application/json',
      access: 'public',
      async handle({ res }) {
        document ??= JSON.stringify(describe());
        res.set('cache-control', 'no-cache').type('application/json').send(document);
      },
    }),
    route({
      method: 'get',
      path: '/problems/:code',
      tag: 'operations',
      summary: 'What a code of a problem means; the `type` of a problem points here',
      params: z.object({ code: z.string() }),
      response: problemAnswer,
      access: 'public',
      async handle({ params: { code } }) {
        const row = Object.hasOwn(problemTable, code) ? problemTable[code] : undefined;
        if (!row) throw new AppError('route-unknown');
        return { code, status: row.status, en: row.en, zh: row.zh };
      },
    }),
  ];
}
