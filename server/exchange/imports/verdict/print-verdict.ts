import { runInThread, threadUrl } from '../../../platform/threads.ts';
import type { VerdictSheet } from './draw-verdict.ts';

/** The signed verdict as PDF, drawn in a thread. */
export async function printVerdict(sheet: VerdictSheet): Promise<Buffer> {
  return Buffer.from(await runInThread<Uint8Array>(threadUrl(import.meta.url, './verdict.thread.ts'), sheet));
}
