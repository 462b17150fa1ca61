import { runInThread, threadUrl } from '../../../platform/threads.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import type { ExaminationTask, Examined } from './examine.thread.ts';

/** Examines a file in a thread of its own, within a time and a memory; beyond them there is a finding and no row. */
export async function examineFile(task: ExaminationTask): Promise<Examined> {
  const signal = AbortSignal.timeout(IMPORT_LIMITS.readingMs);
  try {
    return await runInThread<Examined>(threadUrl(import.meta.url, './examine.thread.ts'), task, {
      signal,
      resourceLimits: { maxOldGenerationSizeMb: IMPORT_LIMITS.threadHeapMib, stackSizeMb: 8 },
    });
  } catch (error) {
    if (signal.aborted)
      return nothingBut({ code: 'reading-too-slow', severity: 'error', params: { limitMs: IMPORT_LIMITS.readingMs } });
    if (isOutOfMemory(error)) return nothingBut({ code: 'reading-too-large', severity: 'error' });
    throw error;
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY');

function nothingBut(finding: Finding): Examined {
  return {
    shown: [],
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
