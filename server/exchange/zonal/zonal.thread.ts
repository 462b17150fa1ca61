import { parentPort, workerData } from 'node:worker_threads';
import { GisError } from '../../../gis/errors.ts';
import { accumulateZonal, planZonal } from '../../../gis/zonal/compute-zonal.ts';
import { toMessage } from '../../../gis/zonal/zone-sums.ts';
import { openJob } from './zonal-job.ts';
import type { ZonalJob } from './zonal-job.ts';

/** What is posted back: sums, or the code of a fault (errors lose their class on the way). */
export interface ZonalShare {
  readonly job: ZonalJob;
  readonly fromBlockRow: number;
  readonly toBlockRow: number;
}

const { job, fromBlockRow, toBlockRow } = workerData as ZonalShare;
const opened = await openJob(job);
try {
  const request = {
    ...opened.request,
    onProgress: (fraction: number) => parentPort?.postMessage({ kind: 'progress', fraction }),
  };
  const sums = await accumulateZonal(planZonal(request), fromBlockRow, toBlockRow);
  parentPort?.postMessage({ kind: 'result', value: { sums: toMessage(sums) } });
} catch (error) {
  if (!(error instanceof GisError)) throw error;
  parentPort?.postMessage({ kind: 'result', value: { fault: { code: error.code, params: error.params } } });
} finally {
  await opened.close();
}
