import type { Response } from 'express';

/** Aborted once whoever asked has gone, or has the whole answer. */
export function whileAsked(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  return gone.signal;
}
