import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { setViewer } from './route.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Credentials {
  readonly sessionSecret?: string | undefined;
  readonly bearerSecret?: string | undefined;
}

/**
 * Finds out who is asking, once per request. A cookie session may only write from the server's own pages: unsafe methods
 * need an `Origin` equal to the server's own; a bearer token is never sent by a browser on its own and needs none.
 */
export function authenticate(
  resolveViewer: (presented: Credentials) => Promise<Viewer>,
  readSessionCookie: (req: Request) => string | undefined,
): RequestHandler {
  return async (req, res, next) => {
    const bearerSecret = readBearer(req.get('authorization') ?? '');
    const sessionSecret = bearerSecret === undefined ? readSessionCookie(req) : undefined;
    if (sessionSecret !== undefined && !SAFE_METHODS.has(req.method)) assertOwnOrigin(req);
    setViewer(res, await resolveViewer({ sessionSecret, bearerSecret }));
    next();
  };
}

/**
 * Undefined for no token and for other schemes, which a proxy may need for itself.
 * @throws AppError `token-unknown` for a token that is none: a script whose variable is empty must not be shown the public view
 */
function readBearer(authorization: string): string | undefined {
  if (!/^Bearer(\s|$)/i.test(authorization)) return undefined;
  const secret = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (secret === undefined) throw new AppError('token-unknown');
  return secret;
}

function assertOwnOrigin(req: Request): void {
  const own = `${req.protocol}://${req.get('host') ?? ''}`;
  if (req.get('origin') !== own) throw new AppError('origin-mismatch');
}
