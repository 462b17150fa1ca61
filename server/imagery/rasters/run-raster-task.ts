import { AppError } from '../../platform/errors.ts';
import { runInThread, threadUrl } from '../../platform/threads.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';
import type { RasterFindings, RasterTask } from './raster.thread.ts';
import { openOutcome, type ThreadOutcome } from './thread-outcome.ts';

export interface RasterTaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Reads headers (and writes overviews) in a thread of its own. Throws AppErrors `raster-…` and `mask-extent-mismatch`; a
 * file that exhausts the thread is `raster-unreadable`.
 */
export async function runRasterTask(task: RasterTask, options: RasterTaskOptions = {}): Promise<RasterFindings> {
  try {
    const outcome = await runInThread<ThreadOutcome<RasterFindings>>(
      threadUrl(import.meta.url, './raster.thread.ts'),
      task,
      {
        signal: options.signal,
        resourceLimits: { maxOldGenerationSizeMb: IMAGERY_LIMITS.threadHeapMib },
        onMessage: message => options.onProgress?.((message as { fraction: number }).fraction),
      },
    );
    return openOutcome(outcome);
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    throw new AppError('raster-unreadable', { file: task.source.files[0]?.name ?? '', reason: 'memory' });
  }
}

/** The same for headers alone, with the time that an upload may take. */
export async function inspectInThread(source: RasterTask['source']): Promise<RasterFindings['inspected']> {
  const signal = AbortSignal.timeout(IMAGERY_LIMITS.inspectionMs);
  try {
    return (await runRasterTask({ source }, { signal })).inspected;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('raster-inspection-timeout', { limitMs: IMAGERY_LIMITS.inspectionMs });
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
