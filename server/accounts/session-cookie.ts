import type { Request, Response } from 'express';

const NAME = 'regreen_session';

export function readSessionCookie(req: Request): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === NAME) return pair.slice(at + 1).trim();
  }
  return undefined;
}

// `Secure` follows the connection: the demonstration runs on plain http at the loopback address, where a browser would
// throw a secure cookie away.
const attributes = (req: Request) => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: req.secure });

export function writeSessionCookie(req: Request, res: Response, secret: string, maxAgeSeconds: number): void {
  res.cookie(NAME, secret, { ...attributes(req), maxAge: maxAgeSeconds * 1000 });
}

export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(NAME, attributes(req));
}
