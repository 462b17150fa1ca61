import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { Queryable } from '../db/database.ts';
import { viewerOf, type Repeat, type Route } from './route.ts';
import { digestOnTheWay, readDigest } from './serving/upload-digest.ts';

interface StoredAnswer {
  readonly method_and_path: string;
  readonly body_sha256: string;
  readonly status: number | null;
  readonly answer: unknown;
  readonly etag: string | null;
}

const HEADER = 'idempotency-key';
const MAX_KEY_LENGTH = 200;
/** How long a second request waits for the answer of the first. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 100;
/** How long an answer waits for being stored, and how often that is tried again once it has been sent. */
const KEEPING_PATIENCE_MS = 1_500;
const LATE_ATTEMPTS = 20;
const RETRY_AFTER_SECONDS = 5;
/** Whoever left the key without an answer for this long has died, or sends a file, which is known by its content when it comes again. */
const ABANDONED = '10 minutes';

export interface IdempotencyOptions {
  readonly patienceMs?: number;
}

/**
 * A POST with an `Idempotency-Key` is carried out once: the same account sending it again within a day gets the first
 * answer, and one that arrives while the first still runs waits for it. The same key with another content is refused.
 * Of an upload the parts count, in their order, and not the boundary between them.
 * Answers that failed on our side (5xx) are forgotten, so that they can be tried again. What is kept of an answer is the
 * route's to say (`repeat`): an exact place of a sensitive species never lies in this table.
 *
 * The step before a route is served. Errors: `idempotency-key-reused`, `idempotency-key-in-use`.
 */
export function idempotency(
  db: Queryable,
  one: Route,
  { patienceMs = PATIENCE_MS }: IdempotencyOptions = {},
): RequestHandler {
  const { repeat } = one;
  return async (req, res, next) => {
    const key = req.get(HEADER);
    const { accountId } = viewerOf(res);
    if (repeat === 'never' || key === undefined || accountId === null) {
      next();
      return;
    }
    if (key.length > MAX_KEY_LENGTH) throw new AppError('request-invalid', { part: 'Idempotency-Key' });
    // What an upload holds is known when all of it has come, which is after its work has begun.
    const isUpload = one.multipart !== undefined && req.is('multipart/form-data') !== false;
    const request = isUpload ? { ...describe(req), body_sha256: UNDER_WAY } : describe(req);
    const where = { account_id: accountId, key };
    await db('idempotency')
      .whereRaw(`created_at < now() - interval '1 day'`)
      .orWhereRaw(`status is null and created_at < now() - interval '${ABANDONED}'`)
      .delete();
    const claim = async (): Promise<boolean> => {
      const claimed = await db('idempotency')
        .insert({ ...where, ...request })
        .onConflict(['account_id', 'key'])
        .ignore()
        .returning('key');
      return claimed.length > 0;
    };
    for (const untilMs = Date.now() + patienceMs; ; await sleep(LOOK_EVERY_MS)) {
      if (await claim()) {
        const content = isUpload ? digestOnTheWay(req) : () => request.body_sha256;
        remember(res, answer => store(db, where, { ...answer, body_sha256: content() }, repeat));
        next();
        return;
      }
      const first = await db('idempotency').where(where).first<StoredAnswer | undefined>();
      const isOtherContent = !isUpload && first?.body_sha256 !== request.body_sha256;
      if (first && (first.method_and_path !== request.method_and_path || isOtherContent))
        throw new AppError('idempotency-key-reused');
      if (first && first.status !== null) {
        if (isUpload && (await readDigest(req)) !== first.body_sha256) throw new AppError('idempotency-key-reused');
        await replay(first, one, req, res);
        return;
      }
      // Gone = the first one failed on our side in the meantime: it is this one's turn.
      if (first && (Date.now() > untilMs || res.destroyed)) {
        res.set('retry-after', String(RETRY_AFTER_SECONDS));
        throw new AppError('idempotency-key-in-use');
      }
    }
  };
}

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

const describe = (req: Request): Pick<StoredAnswer, 'method_and_path' | 'body_sha256'> => ({
  method_and_path: `${req.method} ${req.originalUrl}`,
  body_sha256: createHash('sha256')
    .update(JSON.stringify(req.body ?? null))
    .digest('hex'),
});

async function replay(first: StoredAnswer, one: Route, req: Request, res: Response): Promise<void> {
  const status = first.status ?? 200;
  res.set('idempotent-replayed', 'true');
  if (typeof one.repeat === 'function' && status < 300) {
    const { id } = first.answer as { id: string | number };
    const params = one.readParams(req);
    const made = (await one.repeat({ id, params, viewer: viewerOf(res) })) as { readonly revision?: unknown };
    if (typeof made.revision === 'number') res.set('etag', `"${made.revision}"`);
    res.status(status).set('cache-control', 'no-store').type('application/json').send(JSON.stringify(made));
    return;
  }
  if (first.etag !== null) res.set('etag', first.etag);
  res
    .status(status)
    .set('cache-control', 'no-store')
    .type(status < 400 ? 'application/json' : 'application/problem+json')
    .send(first.answer === null ? '' : JSON.stringify(first.answer));
}

/** Stands for the digest of an upload until it is known. */
const UNDER_WAY = 'under way';

interface Answer {
  readonly status: number;
  /** JSON text. */
  readonly answer: string | null;
  readonly etag: string | null;
}

async function store(
  db: Queryable,
  where: { account_id: number; key: string },
  answer: Answer & { readonly body_sha256: string | undefined },
  repeat: Repeat<unknown>,
): Promise<void> {
  const row = db('idempotency').where(where);
  // A refusal of such a route may point at a place too (where an outline crosses itself): it is judged anew.
  const isRefused = typeof repeat === 'function' && answer.status >= 300;
  // An upload that was refused before all of it had come did nothing, and nobody knows what else would have come.
  const isForgotten = answer.status >= 500 || isRefused || answer.body_sha256 === undefined;
  if (isForgotten) await row.delete();
  else if (typeof repeat === 'function') await row.update({ ...answer, answer: idOf(answer.answer) });
  else await row.update({ ...answer });
}

const idOf = (answer: string | null): string =>
  JSON.stringify({ id: (JSON.parse(answer ?? '{}') as { id?: string | number }).id });

/**
 * The answer is stored before it is sent, so that whoever has it can rely on it being replayed. It does not wait for ever, though: the job
 * that it tells of may hold the embedded database's one connection until somebody who has the answer ends it. Then it is sent, and stored
 * when there is a connection; until then a repetition waits as for a request that still runs.
 */
function remember(res: Response, keep: (answer: Answer) => Promise<void>): void {
  const send = res.send.bind(res);
  res.send = (body: unknown) => {
    res.send = send;
    const etag = res.getHeader('etag');
    const answer: Answer = {
      status: res.statusCode,
      answer: typeof body === 'string' && body !== '' ? body : null,
      etag: typeof etag === 'string' ? etag : null,
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => (timer = setTimeout(resolve, KEEPING_PATIENCE_MS)));
    const kept = keep(answer);
    void Promise.race([kept, late]).then(
      () => send(body),
      (error: unknown) => res.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    void kept.catch(() => keepLate(() => keep(answer))).finally(() => clearTimeout(timer));
    return res;
  };
}

/** Each attempt waits for a connection as long as the pool lets it. */
async function keepLate(keep: () => Promise<void>): Promise<void> {
  for (let attempts = 0; attempts < LATE_ATTEMPTS; attempts++) {
    const isKept = await keep().then(
      () => true,
      () => false,
    );
    if (isKept) return;
  }
}
