import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import { readSessionCookie } from './accounts/session-cookie.ts';
import type { Container } from './container.ts';
import { AppError } from './platform/errors.ts';
import { authenticate } from './platform/http/authenticate.ts';
import { idempotency } from './platform/http/idempotency.ts';
import { describeRoutes } from './platform/http/openapi.ts';
import { createMetrics } from './platform/http/operations/metrics.ts';
import { descriptionRoutes, probeRoutes } from './platform/http/operations/operations.routes.ts';
import { problemHandler } from './platform/http/problem.ts';
import { mountRoutes, type Route } from './platform/http/route.ts';
import { readBody } from './platform/http/serving/body.ts';
import { compress } from './platform/http/serving/compress.ts';
import { openData, securityHeaders } from './platform/http/serving/security-headers.ts';
import { signInLimit } from './platform/http/serving/sign-in-limit.ts';
import { firstStep, staticFiles } from './platform/http/serving/static-files.ts';

export interface AppOptions {
  readonly container: Container;
  readonly clientFolder: string;
  /** True from the moment the process was told to end. */
  readonly isDraining: () => boolean;
}

/** The product over HTTP: one list of steps that every request walks through, then the rooms' routes. */
export async function createApp({ container, clientFolder, isDraining }: AppOptions): Promise<Express> {
  const { config, log, database, jobs, accounts, routes } = container;
  const metrics = createMetrics({ database, jobs });
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', config.trustedProxies);

  app.use(requestId, metrics.observe, securityHeaders(config.basemap));
  const probes = probeRoutes({ checks: container.checks, isDraining, metrics });
  const descriptions = descriptionRoutes(() => describeRoutes(all, container.version));
  const all = [...probes, ...descriptions, ...routes];
  mountRoutes(app, probes);
  app.use(await staticFiles(clientFolder, new Set(all.map(({ path }) => firstStep(path)))));

  app.use(openData, compress);
  mountRoutes(app, descriptions);

  app.use(authenticate(accounts.resolveViewer, readSessionCookie));
  app.use(readBody());
  app.use(['/api/v1/session', '/api/v1/tokens'], ...signInLimit());
  mountRoutes(app, routes, one => (one.method === 'post' ? [idempotency(database.knex, one)] : []));
  refuseOtherMethods(app, all);
  app.use(() => {
    throw new AppError('route-unknown');
  });
  app.use(problemHandler(log));
  return app;
}

/** Taken from a proxy that sets it, so that its log and ours can be laid side by side. */
const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  res.set('x-request-id', given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID());
  next();
};

function refuseOtherMethods(app: Express, routes: readonly Route[]): void {
  const methodsByPath = new Map<string, string[]>();
  for (const { path, method } of routes)
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), method.toUpperCase()]);
  for (const [path, methods] of methodsByPath) {
    const allowed = methods.flatMap(method => (method === 'GET' ? [method, 'HEAD'] : [method])).join(', ');
    app.all(path, (_req, res) => {
      res.set('allow', allowed);
      throw new AppError('method-not-allowed');
    });
  }
}
