import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { Queryable } from '../db/database.ts';
import { viewerOf } from './route.ts';

interface StoredAnswer {
  readonly method_and_path: string;
  readonly body_sha256: string;
  readonly status: number | null;
  readonly answer: unknown;
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
    const request = {
      method_and_path: `${req.method} ${req.originalUrl}`,
      body_sha256: createHash('sha256')
        .update(JSON.stringify(req.body ?? null))
        .digest('hex'),
    };
    const where = { account_id: accountId, key };
    await db('idempotency').whereRaw(`created_at < now() - interval '1 day'`).delete();
    const claimed = await db('idempotency')
      .insert({ ...where, ...request })
      .onConflict(['account_id', 'key'])
      .ignore()
      .returning('key');
    if (claimed.length > 0) {
      remember(res, answer => store(db, where, answer));
      next();
      return;
    }
    const first = await db('idempotency').where(where).first<StoredAnswer | undefined>();
    if (!first || first.status === null) throw new AppError('busy');
    if (first.method_and_path !== request.method_and_path || first.body_sha256 !== request.body_sha256) {
      throw new AppError('idempotency-key-reused');
    }
    if (first.etag !== null) res.set('etag', first.etag);
    res
      .status(first.status)
      .set('idempotent-replayed', 'true')
      .type(first.status < 400 ? 'application/json' : 'application/problem+json')
      .send(first.answer === null ? '' : JSON.stringify(first.answer));
  };
}

interface Answer {
  readonly status: number;
  /** JSON text. */
  readonly answer: string | null;
  readonly etag: string | null;
}

async function store(db: Queryable, where: { account_id: number; key: string }, answer: Answer): Promise<void> {
  const row = db('idempotency').where(where);
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
      answer: typeof body === 'string' && body !== '' ? body : null,
      etag: typeof etag === 'string' ? etag : null,
    };
    void keep(answer).then(
      () => send(body),
      (error: unknown) => res.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return res;
  };
}
