import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../../errors.ts';

const WINDOW_MS = 5 * 60_000;
const FAILURES_PER_ACCOUNT = 10;
const FAILURES_PER_ADDRESS = 50;

const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');
const usernameOf = (req: Request): string => {
  const { username } = (req.body ?? {}) as { username?: unknown };
  return typeof username === 'string' ? username.slice(0, 100).toLowerCase() : '';
};

/** Failed sign-ins in five minutes: ten an account and address, fifty an address. Successful ones do not count. */
export function signInLimit(): RequestHandler[] {
  const limit = (most: number, keyGenerator: (req: Request) => string): RequestHandler =>
    rateLimit({
      windowMs: WINDOW_MS,
      limit: most,
      keyGenerator,
      skip: req => req.method !== 'POST',
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_req, _res, next) => next(new AppError('too-many-requests')),
    });
  return [
    limit(FAILURES_PER_ACCOUNT, req => `${addressOf(req)} ${usernameOf(req)}`),
    limit(FAILURES_PER_ADDRESS, addressOf),
  ];
}
