import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { GisError } from '../../../gis/errors.ts';
import type { ZoneSumsMessage } from '../../../gis/zonal/sums/merge-zone-sums.ts';
import { runInThread } from '../../platform/threads.ts';
import type { ZonalJob } from './zonal-job.ts';
import type { ThreadOrder, ThreadStart, ThreadTask } from './zonal.thread.ts';
import type { ReadShare, SharedReading } from './zones/read-share.ts';

type ThreadAnswer =
  | { readonly sums: ZoneSumsMessage }
  | { readonly fault: { readonly code: string; readonly params: Readonly<Record<string, unknown>> } };

/** A thread that is started before there is anything to do, so that it is ready when there is. */
export interface ZonalHelper {
  /** Called once at most, and before `run`. */
  readonly readZones: (reading: SharedReading) => Promise<ReadShare>;
  /** Called once. Rejects with GisError. */
  readonly run: (task: ThreadTask, onProgress: (fraction: number) => void) => Promise<ZoneSumsMessage>;
}

/** Threads (of `zonal.thread.ts`) that open the job's files and wait. `signal` ends those that are still at work or were never needed. */
export function startHelpers(thread: URL, job: ZonalJob, count: number, signal: AbortSignal): ZonalHelper[] {
  return Array.from({ length: count }, () => startHelper(thread, job, signal));
}

/** A helper makes next to nothing that lives: room for more young objects would only fill with them. */
const YOUNG_MB = 4;

function startHelper(thread: URL, job: ZonalJob, signal: AbortSignal): ZonalHelper {
  const { port1, port2 } = new MessageChannel();
  let report: ((fraction: number) => void) | undefined;
  const answer = runInThread<ThreadAnswer>(thread, { job, port: port2 } satisfies ThreadStart, {
    signal,
    transfer: [port2],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    onMessage: message => {
      const fraction = fractionOf(message);
      if (fraction !== undefined) report?.(fraction);
    },
  });
  // Heard by whoever runs the helper; one that is never run may end as it likes.
  answer.catch(() => undefined);
  const order = (what: ThreadOrder): void => port1.postMessage(what);
  return {
    async readZones(reading) {
      const read = once(port1, 'message') as Promise<[ReadShare]>;
      order({ reading });
      // A thread that breaks down answers nothing there.
      const [share] = await Promise.race([read, answer.then(() => read)]);
      return share;
    },
    async run(task, onProgress) {
      report = onProgress;
      order({ task });
      const message = await answer;
      port1.close();
      if ('fault' in message) throw new GisError(message.fault.code, message.fault.params);
      return message.sums;
    },
  };
}

const fractionOf = (message: unknown): number | undefined =>
  typeof message === 'object' && message !== null && 'fraction' in message && typeof message.fraction === 'number'
    ? message.fraction
    : undefined;
