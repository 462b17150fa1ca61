import type { Position } from '../../gis/types.ts';

/** What the server says when it refuses, as data: components look at `code`, never at a status number. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Where the fault lies, EPSG:4326. */
  readonly position?: Position | undefined;
}

interface ProblemBody {
  readonly code: string;
  readonly title?: string | undefined;
  readonly titleZh?: string | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  readonly requestId?: string | undefined;
}

/** Thrown by `send`. `title`/`titleZh` are the server's wordings; a client-side code (`network`, `not-json`) has none. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly title: string | undefined;
  readonly titleZh: string | undefined;
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | undefined;

  constructor(body: ProblemBody) {
    super(body.title ?? body.code);
    this.name = 'ApiProblem';
    this.code = body.code;
    this.params = body.params ?? {};
    this.title = body.title;
    this.titleZh = body.titleZh;
    this.errors = body.errors ?? [];
    this.requestId = body.requestId;
  }
}

/** Any thrown value as a problem, so that a panel never shows a stack trace. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({
    code: 'unexpected',
    params: { text: error instanceof Error ? error.message : String(error) },
  });
}

/** Reads an `application/problem+json` body; a body of another kind becomes the code `unexpected`. */
export function problemFrom(body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    return new ApiProblem(body as ProblemBody);
  }
  return new ApiProblem({ code: 'unexpected' });
}
