import { GisError } from '../../../gis/errors.ts';
import type { ZonalPlan, ZonalRequest, ZonalResult } from '../../../gis/zonal/compute-zonal.ts';
import { accumulateZonal, finishZonal, planZonal } from '../../../gis/zonal/compute-zonal.ts';
import type { ZoneSums, ZoneSumsMessage } from '../../../gis/zonal/zone-sums.ts';
import { runInThread, threadUrl } from '../../platform/threads.ts';
import type { ZonalJob } from './zonal-job.ts';
import type { ZonalShare } from './zonal.thread.ts';

type ThreadAnswer =
  | { readonly sums: ZoneSumsMessage }
  | { readonly fault: { readonly code: string; readonly params: Readonly<Record<string, unknown>> } };

/** Runs a job in `threads` shares of about equal work: this thread takes the first, others the rest. */
export async function runShares(
  job: ZonalJob,
  request: ZonalRequest,
  threads: number,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<ZonalResult[]> {
  const done: number[] = [];
  const report = (share: number) => (fraction: number) => {
    done[share] = fraction;
    onProgress?.(done.reduce((sum, value) => sum + (value ?? 0), 0) / shares.length);
  };
  const plan = planZonal({ ...request, onProgress: fraction => report(0)(fraction) });
  const shares = shareBlockRows(plan, threads);
  const [own, ...others] = shares;
  if (own === undefined) return finishZonal(plan, [await accumulateZonal(plan, 0, 0)]);
  const elsewhere = others.map(([fromBlockRow, toBlockRow], index) => {
    const share: ZonalShare = { job, fromBlockRow, toBlockRow };
    const url = threadUrl(import.meta.url, './zonal.thread.ts');
    return runInThread<ThreadAnswer>(url, share, { onMessage: message => hearProgress(message, report(index + 1)) });
  });
  const parts = await Promise.all([accumulateZonal(plan, own[0], own[1]), ...elsewhere.map(openAnswer)]);
  return finishZonal(plan, parts);
}

function hearProgress(message: unknown, report: (fraction: number) => void): void {
  if (
    typeof message === 'object' &&
    message !== null &&
    'fraction' in message &&
    typeof message.fraction === 'number'
  ) {
    report(message.fraction);
  }
}

async function openAnswer(answer: Promise<ThreadAnswer>): Promise<ZoneSums | ZoneSumsMessage> {
  const message = await answer;
  if ('fault' in message) throw new GisError(message.fault.code, message.fault.params);
  return message.sums;
}

/** Ranges of block rows with about as many needed blocks each; fewer than asked for where there are not enough rows. */
function shareBlockRows(plan: ZonalPlan, threads: number): (readonly [from: number, to: number])[] {
  const rowsPerBlock = Math.ceil(plan.grid.height / plan.blocksDown);
  const perRow = new Float64Array(plan.blocksDown + 1);
  for (const shape of plan.shapes) {
    if (typeof shape === 'string') continue;
    const from = Math.max(0, Math.floor(shape.minV / rowsPerBlock));
    const to = Math.min(plan.blocksDown - 1, Math.floor(shape.maxV / rowsPerBlock));
    for (let row = from; row <= to; row += 1) perRow[row] = (perRow[row] as number) + 1;
  }
  // A row's cost levels off: every block is decoded once, however many zones lie in it.
  const cost = perRow.map(zones => (zones === 0 ? 0 : 1 - Math.exp(-zones / 20)));
  const total = cost.reduce((sum, value) => sum + value, 0);
  const shares: (readonly [number, number])[] = [];
  let from = 0;
  let spent = 0;
  for (let row = 0; row < plan.blocksDown; row += 1) {
    spent += cost[row] as number;
    const isLast = row === plan.blocksDown - 1;
    if (isLast || (spent >= (total * (shares.length + 1)) / threads && shares.length < threads - 1)) {
      shares.push([from, row + 1]);
      from = row + 1;
    }
  }
  return shares;
}
