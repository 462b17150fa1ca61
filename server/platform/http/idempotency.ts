import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { Queryable } from '../db/database.ts';
import { viewerOf } from './route.ts';

interface StoredAnswer {
  readonly request_hash: Buffer | Uint8Array;
  readonly status: number | null;
  readonly body: string | null;
  readonly etag: string | null;
}

const HEADER = 'idempotency-key';
const MAX_KEY_LENGTH = 200;

/**
 * A POST with an `Idempotency-Key` is carried out once: the same account sending it again within a day gets the first
 * answer. The same key with another content is refused; while the first one still runs, `busy`. Answers that failed on
 * our side (5xx) are forgotten, so that they can be tried again.
 */
export function idempotency(db: Queryable): RequestHandler {
  return async (req, res, next) => {
    const key = req.get(HEADER);
    const { accountId } = viewerOf(res);
    if (req.method !== 'POST' || key === undefined || accountId === null || req.is('multipart/form-data')) {
      next();
      return;
    }
    if (key.length > MAX_KEY_LENGTH) throw new AppError('request-invalid', { part: 'Idempotency-Key' });
    const requestHash = createHash('sha256')
      .update(`${req.method} ${req.originalUrl}\n${JSON.stringify(req.body ?? null)}`)
      .digest();
    const where = { account_id: accountId, key };
    await db('idempotent_request').whereRaw(`created_at < now() - interval '1 day'`).delete();
    const claimed = await db('idempotent_request')
      .insert({ ...where, request_hash: requestHash })
      .onConflict(['account_id', 'key'])
      .ignore()
      .returning('key');
    if (claimed.length > 0) {
      remember(res, answer => store(db, where, answer));
      next();
      return;
    }
    const first = await db('idempotent_request').where(where).first<StoredAnswer | undefined>();
    if (!first || first.status === null) throw new AppError('busy');
    if (!requestHash.equals(Buffer.from(first.request_hash))) throw new AppError('idempotency-key-reused');
    if (first.etag !== null) res.set('etag', first.etag);
    res
      .status(first.status)
      .set('idempotent-replayed', 'true')
      .type(first.status < 400 ? 'application/json' : 'application/problem+json')
      .send(first.body ?? '');
  };
}

interface Answer {
  readonly status: number;
  readonly body: string | null;
  readonly etag: string | null;
}

async function store(db: Queryable, where: { account_id: number; key: string }, answer: Answer): Promise<void> {
  const row = db('idempotent_request').where(where);
  await (answer.status >= 500 ? row.delete() : row.update({ ...answer }));
}

/** The answer is stored before it is sent, so that whoever has it can rely on it being replayed. */
function remember(res: Response, keep: (answer: Answer) => Promise<void>): void {
  const send = res.send.bind(res);
  res.send = (body: unknown) => {
    res.send = send;
    const etag = res.getHeader('etag');
    const answer: Answer = {
      status: res.statusCode,
      body: typeof body === 'string' ? body : null,
      etag: typeof etag === 'string' ? etag : null,
    };
    void keep(answer).then(
      () => send(body),
      (error: unknown) => res.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return res;
  };
}
