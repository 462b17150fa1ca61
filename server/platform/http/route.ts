import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { PUBLIC_VIEWER, type Viewer } from '../viewer.ts';
import { misspeltParameters } from './schema/misspelt-parameter.ts';
import { schemaDetail } from './schema/schema-detail.ts';
import { acceptedTypes, assertAccepted, type MultipartBody } from './serving/media-type.ts';
import { assertFewVertices } from './serving/vertex-limit.ts';

/** Faults told of one request: a drawing can have one at each of its vertices. */
const MAX_ERRORS = 100;
/** Characters of one step of a pointer: a field's name may be as long as a whole body. */
const MAX_STEP = 200;

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
  /** Instead of `body`: files with JSON fields, which the handler reads from the request itself. */
  readonly multipart?: MultipartBody;
  /** Absent = the handler writes the answer itself (`produces` says what), or there is none (204). */
  readonly response?: R;
  /** Media type of an answer that the handler writes itself, e.g. `image/png`, or those that it may have. */
  readonly produces?: string | readonly string[];
  /** Default 200. */
  readonly status?: number;
  /** Other answers that are no problems, e.g. 204 of an empty tile. */
  readonly otherStatuses?: Readonly<Record<number, string>>;
  readonly access: 'public' | 'signed-in';
  /** What the policy calls it; told to whoever has to sign in first. */
  readonly action?: string;
  readonly repeat?: Repeat<z.input<R>>;
  handle(input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.input<R> | void>;
}

/**
 * What is kept of the answer of a POST for whoever sends it again under the same `Idempotency-Key`: the answer itself
 * (default), nothing (secrets: the key is ignored), or, where an answer may hold what not everybody may see, only the id
 * of the thing made, which is then read again with the rights that the caller has by then.
 */
export type Repeat<R> = 'answer' | 'never' | ((made: MadeBefore) => Promise<R>);

export interface MadeBefore {
  /** The thing's own, as the first answer gave it. */
  readonly id: string | number;
  /** The parameters of the address. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
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
  readonly multipart: MultipartBody | undefined;
  readonly produces: readonly string[];
  readonly status: number;
  readonly otherStatuses: Readonly<Record<number, string>>;
  readonly access: 'public' | 'signed-in';
  readonly action: string | undefined;
  readonly repeat: Repeat<unknown>;
  /** The parameters of the address as the schema reads them. */
  readParams(req: Request): Readonly<Record<string, unknown>>;
  serve(req: Request, res: Response): Promise<void>;
}

export function route<
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
  R extends z.ZodType = z.ZodType<void>,
>(spec: RouteSpec<P, Q, B, R>): Route {
  const status = spec.status ?? 200;
  const accepted = acceptedTypes(spec);
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    schemas: { params: spec.params, query: spec.query, body: spec.body, response: spec.response },
    multipart: spec.multipart,
    produces: spec.produces === undefined ? [] : [spec.produces].flat(),
    status,
    otherStatuses: spec.otherStatuses ?? {},
    access: spec.access,
    action: spec.action,
    repeat: spec.repeat ?? 'answer',
    readParams: req => parse(spec.params, req.params, 'path', 'request-invalid') as Readonly<Record<string, unknown>>,
    async serve(req, res) {
      const viewer = viewerOf(res);
      if (spec.access === 'signed-in' && viewer.role === 'public')
        throw new AppError('sign-in-required', { action: spec.action });
      assertAccepted(req, accepted);
      if (spec.body) assertFewVertices(req.body as unknown);
      const errors = misspeltParameters(spec.query, req.query);
      if (errors.length > 0) throw new AppError('request-invalid', { part: 'query' }, { errors });
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
        if (status === 204) res.status(204).send();
        return;
      }
      const revision = (result as { revision?: unknown }).revision;
      if (typeof revision === 'number') res.set('etag', `"${revision}"`);
      if (!res.hasHeader('cache-control')) res.set('cache-control', 'no-store');
      res.status(status).type('application/json').send(JSON.stringify(result));
    },
  };
}

/**
 * Longer addresses first where both match, so `/land-events/preview` is not taken for an id. `before` gives the steps
 * that a route needs before it is served.
 */
export function mountRoutes(
  router: Router,
  routes: readonly Route[],
  before: (one: Route) => readonly RequestHandler[] = () => [],
): void {
  const parameters = (path: string): number => path.split(':').length;
  for (const one of routes.toSorted((a, b) => parameters(a.path) - parameters(b.path))) {
    router[one.method](one.path, ...before(one), (req: Request, res: Response) => one.serve(req, res));
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
  const parsed = tryParse(schema, value);
  if (parsed === undefined) throw new AppError(code, { part });
  if (parsed.success) return parsed.data;
  throw new AppError(
    code,
    { part },
    { errors: parsed.error.issues.slice(0, MAX_ERRORS).map(issue => schemaDetail(issue, pointerOf(issue, part))) },
  );
}

/** Undefined where a hundred thousand faults are more than the library can carry. */
function tryParse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> | undefined {
  try {
    // With its input an issue can say in either language what it received.
    return schema.safeParse(value, { reportInput: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function pointerOf(issue: z.core.$ZodIssue, part: string): string {
  const where = issue.path.map(step => String(step).slice(0, MAX_STEP)).join('/');
  return part === 'body' ? `/${where}` : `${part}: ${where}`;
}

/** @throws AppError `if-match-invalid` for an If-Match that is not one quoted revision */
function readIfMatch(req: Request): number | undefined {
  const header = req.get('if-match');
  if (header === undefined) return undefined;
  const quoted = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  if (!quoted) throw new AppError('if-match-invalid');
  return Number(quoted[1]);
}
