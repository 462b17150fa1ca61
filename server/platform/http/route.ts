import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { PUBLIC_VIEWER, type Viewer } from '../viewer.ts';
import { schemaDetail } from './schema-issues.ts';

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** What a handler is given: parsed, typed, and with the answer to who is asking. */
export interface RouteInput<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly viewer: Viewer;
  /** Revision in `If-Match: "<revision>"`, undefined when the header is absent. */
  readonly ifMatch: number | undefined;
  readonly req: Request;
  readonly res: Response;
}

export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  readonly method: Method;
  /** Full address in express style, e.g. `/api/v1/mines/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Absent = the handler writes the answer itself (tiles, streams), or there is none (204). */
  readonly response?: R;
  /** Default 200. */
  readonly status?: number;
  readonly access: 'public' | 'signed-in';
  handle(input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<R> | void>;
}

/** One address of the product: mounted by `mountRoutes`, described by the OpenAPI document. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly schemas: {
    readonly params?: z.ZodType | undefined;
    readonly query?: z.ZodType | undefined;
    readonly body?: z.ZodType | undefined;
    readonly response?: z.ZodType | undefined;
  };
  readonly status: number;
  readonly access: 'public' | 'signed-in';
  serve(req: Request, res: Response): Promise<void>;
}

export function route<
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
  R extends z.ZodType = z.ZodType<void>,
>(spec: RouteSpec<P, Q, B, R>): Route {
  const status = spec.status ?? 200;
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    schemas: { params: spec.params, query: spec.query, body: spec.body, response: spec.response },
    status,
    access: spec.access,
    async serve(req, res) {
      const viewer = viewerOf(res);
      if (spec.access === 'signed-in' && viewer.role === 'public')
        throw new AppError('sign-in-required', { action: spec.summary });
      const result = await spec.handle({
        params: parse(spec.params, req.params, 'path', 'request-invalid'),
        query: parse(spec.query, req.query, 'query', 'request-invalid'),
        body: parse(spec.body, req.body as unknown, 'body', 'body-invalid'),
        viewer,
        ifMatch: readIfMatch(req),
        req,
        res,
      });
      // Tiles and streams are answered by their handler, which may still be compressing when it returns.
      if (result === undefined) {
        if (status === 204) res.status(204).end();
        return;
      }
      const revision = (result as { revision?: unknown }).revision;
      if (typeof revision === 'number') res.set('etag', `"${revision}"`);
      if (!res.hasHeader('cache-control')) res.set('cache-control', 'no-store');
      res.status(status).type('application/json').send(JSON.stringify(result));
    },
  };
}

/** Longer addresses first where both match, so `/land-events/preview` is not taken for an id. */
export function mountRoutes(router: Router, routes: readonly Route[]): void {
  const parameters = (path: string): number => path.split(':').length;
  for (const one of routes.toSorted((a, b) => parameters(a.path) - parameters(b.path))) {
    router[one.method](one.path, (req: Request, res: Response) => one.serve(req, res));
  }
}

/** Kept on the response by the authentication step, once per request. */
export const setViewer = (res: Response, viewer: Viewer): void => {
  res.locals['viewer'] = viewer;
};
export const viewerOf = (res: Response): Viewer => (res.locals['viewer'] as Viewer | undefined) ?? PUBLIC_VIEWER;

function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  part: 'path' | 'query' | 'body',
  code: string,
): z.output<S> {
  if (!schema) return {} as z.output<S>;
  // With its input an issue can say in either language what it received.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new AppError(
    code,
    { part },
    { errors: parsed.error.issues.map(issue => schemaDetail(issue, pointerOf(issue, part))) },
  );
}

function pointerOf(issue: z.core.$ZodIssue, part: string): string {
  const where = issue.path.map(step => String(step)).join('/');
  return part === 'body' ? `/${where}` : `${part}: ${where}`;
}

/** @throws AppError `request-invalid` for an If-Match that is not one quoted revision */
function readIfMatch(req: Request): number | undefined {
  const header = req.get('if-match');
  if (header === undefined) return undefined;
  const quoted = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  if (!quoted) throw new AppError('request-invalid', { part: 'If-Match' });
  return Number(quoted[1]);
}
