import { MessageChannel } from 'node:worker_threads';
import type { Box } from '../../../../gis/types.ts';
import { nameFullDisk } from '../../../platform/errors.ts';
import { runInThread, threadUrl } from '../../../platform/threads.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import type { RecordedLand } from '../../diagnosis/gaps/recorded-land.ts';
import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import { createTurns } from '../../turns.ts';
import type { ExaminationTask, Examined } from './examine.thread.ts';
import { ReadingClock } from './reading-clock.ts';

type FileTask = Omit<ExaminationTask, 'landPort'>;

/** A thread may take its whole heap: however many files come, two are read at a time. */
const inTurn = createTurns({ atOnce: 2, longestLine: 40, busyCode: 'import-busy' });

/**
 * Examines a file in a thread of its own, within a time and a memory; beyond them there is a finding and no row. What the thread waits
 * for `recorded` is not the file's time, nor is the wait for its turn. `gone` ends it, also while it waits.
 * @throws AppError `import-busy` when too many wait; `storage-full` where the rows find no room; the reason of `gone`
 */
export const examineFile = (task: FileTask, recorded: RecordedLand, gone?: AbortSignal): Promise<Examined> =>
  inTurn(() => examineNow(task, recorded, gone));

async function examineNow(task: FileTask, recorded: RecordedLand, gone?: AbortSignal): Promise<Examined> {
  gone?.throwIfAborted();
  const clock = new ReadingClock(IMPORT_LIMITS.readingMs);
  const { port1: own, port2: landPort } = new MessageChannel();
  let fault: unknown;
  own.on('message', (boxes: readonly Box[]) => {
    const goOn = clock.pause();
    recorded(boxes)
      .catch((error: unknown) => {
        fault = error;
        clock.stop();
        return undefined;
      })
      .then(land => own.postMessage(land))
      .finally(goOn)
      .catch(() => undefined);
  });
  try {
    return await runInThread<Examined>(
      threadUrl(import.meta.url, './examine.thread.ts'),
      { ...task, landPort },
      {
        signal: gone === undefined ? clock.signal : AbortSignal.any([clock.signal, gone]),
        transfer: [landPort],
        resourceLimits: {
          maxOldGenerationSizeMb: IMPORT_LIMITS.threadHeapMib,
          maxYoungGenerationSizeMb: IMPORT_LIMITS.threadYoungMib,
          stackSizeMb: 8,
        },
      },
    );
  } catch (error) {
    if (fault !== undefined) throw fault;
    gone?.throwIfAborted();
    if (clock.signal.aborted)
      return nothingBut({ code: 'reading-too-slow', severity: 'error', params: { limitMs: IMPORT_LIMITS.readingMs } });
    if (isOutOfMemory(error)) return nothingBut({ code: 'reading-too-large', severity: 'error' });
    throw nameFullDisk(error);
  } finally {
    clock.end();
    own.close();
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY');

function nothingBut(finding: Finding): Examined {
  return {
    shown: [],
    broken: [],
    diagnosis: {
      format: null,
      encoding: null,
      crs: { declared: null, detected: null, used: null },
      order: null,
      notation: null,
      fields: [],
      layers: [],
      rowCount: 0,
      readyCount: 0,
      areaM2: 0,
      box: null,
      meeting: [],
      errorCount: 1,
      faults: { ofFile: 1, errors: [], warnings: [] },
      unready: [],
      findings: [finding],
    },
  };
}
