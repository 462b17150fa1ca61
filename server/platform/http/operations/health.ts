import type { Request, Response } from 'express';

export interface Check {
  readonly name: string;
  /** Throws when it is not as it should be; may return details worth showing. */
  readonly run: () => Promise<unknown>;
}

const PATIENCE_MS = 5_000;

/** The process answers: nothing is asked, so that a busy database cannot get it restarted. */
export const liveness = (_req: Request, res: Response): void => {
  res.set('cache-control', 'no-store').json({ status: 'ok' });
};

/** Whether requests should be sent here: every check answers in time. 503 with the names of those that do not. */
export function readiness(checks: readonly Check[], isDraining: () => boolean) {
  return async (_req: Request, res: Response): Promise<void> => {
    const results = await Promise.all(checks.map(judge));
    const isReady = !isDraining() && results.every(result => result.ok);
    res
      .status(isReady ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({
        status: isDraining() ? 'draining' : isReady ? 'ready' : 'not-ready',
        checks: Object.fromEntries(results.map(({ name, ...rest }) => [name, rest])),
      });
  };
}

async function judge({ name, run }: Check): Promise<{ name: string; ok: boolean; detail?: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  try {
    const detail = await Promise.race([run(), late]);
    return detail === undefined ? { name, ok: true } : { name, ok: true, detail };
  } catch (error) {
    // A public address: the class of the fault is enough, its text may name hosts or paths.
    return {
      name,
      ok: false,
      detail: error instanceof Error && error.message === 'no answer in time' ? 'late' : 'failed',
    };
  } finally {
    clearTimeout(timer);
  }
}
