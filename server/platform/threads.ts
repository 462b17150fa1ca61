import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type ResourceLimits, type TransferListItem } from 'node:worker_threads';

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json above ${from}`);
  }
}

/** Folder of package.json. `dist/` mirrors the sources below it, so this is the same from a source and a built file. */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));
const builtRoot = join(packageRoot, 'dist') + sep;

/**
 * Address of a thread's entry file beside the caller. Node cannot load TypeScript in a worker, so a source asks for
 * its compiled twin in `dist/`; a built file for its neighbour.
 */
export function threadUrl(callerUrl: string, specifier: string): URL {
  const asked = fileURLToPath(new URL(specifier, callerUrl)).replace(/\.ts$/, '.js');
  const built = asked.startsWith(builtRoot) ? asked : join(builtRoot, relative(packageRoot, asked));
  if (!existsSync(built)) throw new Error(`Not built: ${built} (npm run build:server)`);
  return pathToFileURL(built);
}

export interface ThreadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly TransferListItem[] | undefined;
  readonly resourceLimits?: ResourceLimits | undefined;
  /** What the thread posts before its last message. */
  readonly onMessage?: ((message: unknown) => void) | undefined;
}

/** What a thread posts when it is done; anything else it posts goes to `onMessage`. */
export type ThreadResult<T> = { readonly kind: 'result'; readonly value: T };

/**
 * Starts a thread with `workerData = data` and waits for its `{kind: 'result', value}`. The thread is ended afterwards.
 * Rejects with what the thread threw, when it ends without a result, or with the signal's reason (the thread is killed).
 */
export function runInThread<T>(url: URL, data: unknown, options: ThreadOptions = {}): Promise<T> {
  const { signal, transfer, resourceLimits, onMessage } = options;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const worker = new Worker(url, {
      workerData: data,
      ...(transfer && { transferList: [...transfer] }),
      ...(resourceLimits && { resourceLimits }),
    });
    const abort = (): void => settle(() => reject(signal?.reason as Error));
    const settle = (report: () => void): void => {
      signal?.removeEventListener('abort', abort);
      report();
      void worker.terminate();
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: unknown) => {
      if (isResult<T>(message)) settle(() => resolve(message.value));
      else onMessage?.(message);
    });
    worker.on('error', error => settle(() => reject(error)));
    worker.on('exit', code => settle(() => reject(new Error(`The thread ended without a result (exit ${code})`))));
  });
}

const isResult = <T>(message: unknown): message is ThreadResult<T> =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'result';
