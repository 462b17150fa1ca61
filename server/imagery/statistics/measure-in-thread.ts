import { Worker } from 'node:worker_threads';
import { threadUrl, type ThreadResult } from '../../platform/threads.ts';
import { openOutcome, type ThreadOutcome } from '../rasters/thread-outcome.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';
import type { ZoneMeasure } from './measure-zones.ts';
import type { MeasuredGroup, ZonalTask } from './zonal.thread.ts';

/** One thread for all that a job measures: starting one takes longer than a scene with a handful of targets. */
export interface MeasuringThread {
  /** `measureZones` beside the event loop; one task at a time. Throws as it does, what ends the thread, or the signal's reason. */
  measure(task: ZonalTask, onProgress?: (fraction: number) => void): Promise<ZoneMeasure[][]>;
  /** Ends the thread and gives its memory back. */
  close(): Promise<void>;
}

type Message = MeasuredGroup | ThreadResult<ThreadOutcome<number>>;

/** Starts when the first task comes, and anew after it was lost. */
export function createMeasuringThread(signal?: AbortSignal): MeasuringThread {
  let worker: Worker | undefined;

  function start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: IMAGERY_LIMITS.threadHeapMib };
    const started = new Worker(threadUrl(import.meta.url, './zonal.thread.ts'), { resourceLimits });
    // One that is lost between two tasks is noticed by the next, not by the process.
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  }

  async function close(): Promise<void> {
    await worker?.terminate();
  }

  function ask(task: ZonalTask, onGroup: (group: MeasuredGroup) => void): Promise<ThreadOutcome<number>> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const thread = (worker ??= start());
      const hear = (message: Message): void => {
        if (!('kind' in message)) return onGroup(message);
        forget();
        resolve(message.value);
      };
      const lose = (error: Error): void => {
        forget();
        if (worker === thread) worker = undefined;
        void thread.terminate();
        reject(error);
      };
      const exit = (code: number): void => lose(new Error(`The thread ended without a result (exit ${code})`));
      const abort = (): void => lose(signal?.reason as Error);
      const forget = (): void => {
        thread.off('message', hear).off('error', lose).off('exit', exit);
        signal?.removeEventListener('abort', abort);
      };
      thread.on('message', hear).on('error', lose).on('exit', exit);
      signal?.addEventListener('abort', abort, { once: true });
      thread.postMessage(task);
    });
  }

  return {
    async measure(task, onProgress) {
      const measures: ZoneMeasure[][] = task.targets.map(() => []);
      const outcome = await ask(task, group => {
        for (const [at, zone] of group.zones.entries()) measures[zone] = group.measures[at] as ZoneMeasure[];
        onProgress?.(group.fraction);
      });
      openOutcome(outcome);
      return measures;
    },
    close,
  };
}
