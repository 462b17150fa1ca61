import { runInThread, threadUrl } from '../../platform/threads.ts';
import { openOutcome, type ThreadOutcome } from '../rasters/thread-outcome.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';
import type { ZoneMeasure } from './measure-zones.ts';
import type { MeasuredGroup, ZonalTask } from './zonal.thread.ts';

export interface MeasureInThreadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** `measureZones` in a thread of its own, so that the server's event loop stays free. Throws as it does. */
export async function measureInThread(task: ZonalTask, options: MeasureInThreadOptions = {}): Promise<ZoneMeasure[][]> {
  const measures: ZoneMeasure[][] = task.targets.map(() => []);
  const outcome = await runInThread<ThreadOutcome<number>>(threadUrl(import.meta.url, './zonal.thread.ts'), task, {
    signal: options.signal,
    resourceLimits: { maxOldGenerationSizeMb: IMAGERY_LIMITS.threadHeapMib },
    onMessage: message => {
      const group = message as MeasuredGroup;
      for (const [at, zone] of group.zones.entries()) measures[zone] = group.measures[at] as ZoneMeasure[];
      options.onProgress?.(group.fraction);
    },
  });
  openOutcome(outcome);
  return measures;
}
