import type { ErrorRequestHandler, Request, Response } from 'express';
import { isPgError, translatePgError } from '../db/pg-errors.ts';
import { AppError, nameFullDisk } from '../errors.ts';
import type { Log } from '../log.ts';
import { nounOf } from './problems/nouns.ts';
import { problemTable, type ProblemRow } from './problems/table.ts';

/**
 * RFC 9457 `application/problem+json`. `title` is English, `titleZh` the same sentence in Chinese; `detail` and `detailZh`
 * go on to say what is the matter this time, where there is more to say than the title does.
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly titleZh: string;
  readonly status: number;
  readonly detail?: string;
  readonly detailZh?: string;
  readonly instance: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly errors: readonly ProblemError[];
}

interface ProblemError {
  readonly code: string;
  readonly message: { readonly en: string; readonly zh: string };
  readonly pointer?: string;
  readonly position?: readonly [number, number];
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The status, and the sentence in both languages, of a code. An unknown code is a fault of ours: `internal`. */
export const problemRow = (code: string): ProblemRow => problemTable[code] ?? (problemTable.internal as ProblemRow);

/** The sentence of a code with its `{placeholders}` filled. */
export function wordProblem(
  code: string,
  params: Readonly<Record<string, unknown>>,
): { readonly en: string; readonly zh: string } {
  const row = problemRow(code);
  const fill = (language: 'en' | 'zh'): string =>
    row[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      const noun = nounOf(name, value);
      if (noun) return noun[language];
      if (value === undefined || value === null) return '–';
      return typeof value === 'object' ? JSON.stringify(value) : String(value as string);
    });
  return { en: fill('en'), zh: fill('zh') };
}

export const toProblem = (error: AppError, req: Request): Problem =>
  problemOf(error, req.originalUrl.split('?')[0] ?? '', requestIdOf(req));

/** The problem of a request that is known by its address and id alone. */
export function problemOf(error: AppError, instance: string, requestId: string): Problem {
  const { en, zh } = wordProblem(error.code, error.params);
  const errors = error.errors.map(({ code, params, pointer, position }) => ({
    code,
    message: wordDetail(code, params ?? {}),
    ...(pointer === undefined ? {} : { pointer }),
    ...(position === undefined ? {} : { position }),
    ...(params === undefined ? {} : { params }),
  }));
  return {
    type: `/problems/${error.code}`,
    title: en,
    titleZh: zh,
    status: problemRow(error.code).status,
    ...wordErrors(en, errors),
    instance,
    code: error.code,
    params: error.params,
    requestId,
    errors,
  };
}

const TOLD_IN_DETAIL = 3;

/** The first faults in a row, each with its place. One that only says the title again, at no other place, is no detail. */
function wordErrors(title: string, errors: readonly ProblemError[]): { detail?: string; detailZh?: string } {
  const [first] = errors;
  if (!first || (errors.length === 1 && first.message.en === title)) return {};
  const word = (language: 'en' | 'zh'): string => {
    const between = language === 'en' ? ': ' : '：';
    const told = errors
      .slice(0, TOLD_IN_DETAIL)
      // Whole sentences among them: one stop at the end of each is enough.
      .map(
        ({ pointer, message }) => `${pointer ? `${pointer}${between}` : ''}${message[language].replace(/[.。]$/u, '')}`,
      );
    const left = errors.length - told.length;
    const rest = language === 'en' ? `and ${left} more` : `另有 ${left} 处`;
    return [...told, ...(left > 0 ? [rest] : [])].join(language === 'en' ? '; ' : '；');
  };
  return { detail: word('en'), detailZh: word('zh') };
}

// A detail may carry a sentence of its own (a geometry issue, a schema fault) instead of a row in the table.
function wordDetail(code: string, params: Readonly<Record<string, unknown>>): { en: string; zh: string } {
  const { message } = params;
  if (typeof message === 'object' && message !== null && 'en' in message && 'zh' in message) {
    return { en: String(message.en), zh: String(message.zh) };
  }
  return problemTable[code] ? wordProblem(code, params) : { en: code, zh: code };
}

const requestIdOf = (req: Request): string => String(req.res?.getHeader('x-request-id') ?? '');

function sendProblem(res: Response, problem: Problem): void {
  // Asks for a token; a browser opens no box of its own for this scheme.
  if (problem.status === 401) res.set('www-authenticate', 'Bearer realm="regreen"');
  res
    .status(problem.status)
    .set('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/** The last handler: every error becomes a problem; what has no name is logged once in full and told as `internal`. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    // Given up because whoever asked has gone: nothing is wrong.
    const isGone = res.destroyed && isBreakOff(error);
    const known = toAppError(error);
    if (!known && !isGone)
      log.error({ err: error, requestId: requestIdOf(req), method: req.method, path: req.path }, 'request failed');
    if (res.headersSent) {
      if (!isGone) next(error);
      return;
    }
    // Nobody may be left to read it, but a key that waits for an answer is set free by it.
    sendProblem(res, toProblem(known ?? new AppError('internal'), req));
  };
}

/** Work that was given up, or a body that ended too early. */
const isBreakOff = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || ('type' in error && error.type === 'request.aborted'));

interface BodyParserError extends Error {
  readonly type: string;
  readonly limit?: number;
}

// express's own body parser speaks by `type`; everything else without a name is ours to mend.
function toAppError(thrown: unknown): AppError | undefined {
  const error = isPgError(thrown) ? translatePgError(thrown) : nameFullDisk(thrown);
  if (error instanceof AppError) return problemTable[error.code] ? error : undefined;
  // express, of an address with a broken percent code.
  if (error instanceof URIError) return new AppError('request-invalid', { part: 'path' });
  // zlib, of a body that is not what its Content-Encoding says.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return new AppError('body-not-unpacked', {}, { cause: error });
  if (!(error instanceof Error) || !('type' in error)) return undefined;
  const { type, limit } = error as BodyParserError;
  if (type === 'entity.too.large') return new AppError('body-too-large', { limitBytes: limit });
  if (type === 'entity.parse.failed' || type === 'request.size.invalid') return new AppError('body-not-json');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AppError('media-type-unsupported', {
      expected: 'application/json; charset=utf-8',
      accepted: ['application/json; charset=utf-8'],
    });
  }
  return undefined;
}
