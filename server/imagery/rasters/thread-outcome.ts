// Errors lose their class on the way out of a thread, so named faults travel as data.
import { parentPort } from 'node:worker_threads';
import { AppError } from '../../platform/errors.ts';

export type ThreadOutcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'fault'; readonly code: string; readonly params: Record<string, unknown> };

/** Runs the work of a thread and posts its outcome; faults without a name end the thread and are told as its error. */
export async function postOutcome<T>(work: () => Promise<T>): Promise<void> {
  let outcome: ThreadOutcome<T>;
  try {
    outcome = { kind: 'value', value: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    outcome = { kind: 'fault', code: error.code, params: { ...error.params } };
  }
  parentPort?.postMessage({ kind: 'result', value: outcome });
}

/** @throws AppError with the code that the thread told */
export function openOutcome<T>(outcome: ThreadOutcome<T>): T {
  if (outcome.kind === 'fault') throw new AppError(outcome.code, outcome.params);
  return outcome.value;
}
