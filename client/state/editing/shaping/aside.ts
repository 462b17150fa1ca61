import { SHAPING, type ShapingAnswers, type ShapingKind, type ShapingQuestions } from './shaping-work.ts';

/** Corners up to which a shape is worked out on the page itself, between two frames. */
export const SHAPED_AT_ONCE = 400;

/**
 * Works out beside the page what might hold it up; the page itself does it where there are no workers. Given up by the
 * signal, which ends the work wherever it stands: undefined then, and where the worker failed.
 */
export function aside<K extends ShapingKind>(
  kind: K,
  question: ShapingQuestions[K],
  signal: AbortSignal,
): Promise<ShapingAnswers[K] | undefined> {
  if (typeof Worker === 'undefined') return Promise.resolve(SHAPING[kind](question));
  return new Promise(resolve => {
    const worker = new Worker(new URL('./shaping.worker.ts', import.meta.url), { type: 'module' });
    const end = (answer: ShapingAnswers[K] | undefined): void => {
      worker.terminate();
      signal.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    const giveUp = (): void => end(undefined);
    worker.onmessage = ({ data }: MessageEvent<ShapingAnswers[K]>) => end(data);
    worker.onerror = giveUp;
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) return giveUp();
    worker.postMessage({ kind, question });
  });
}
