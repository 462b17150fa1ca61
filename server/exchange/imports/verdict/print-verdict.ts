import { runInThread, threadUrl } from '../../../platform/threads.ts';
import { createTurns } from '../../turns.ts';
import type { VerdictSheet } from './draw-verdict.ts';

/** Threads cost memory: few at a time, however many ask. */
const inTurn = createTurns({ atOnce: 2, longestLine: 40, busyCode: 'export-busy' });

/** The signed verdict as PDF, drawn in a thread. @throws AppError `export-busy` */
export const printVerdict = (sheet: VerdictSheet): Promise<Buffer> =>
  inTurn(async () =>
    Buffer.from(await runInThread<Uint8Array>(threadUrl(import.meta.url, './verdict.thread.ts'), sheet)),
  );
