import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { GisError } from '../../../gis/errors.ts';
import { accumulateZonal, planWithShapes } from '../../../gis/zonal/compute-zonal.ts';
import { toMessage } from '../../../gis/zonal/zone-sums.ts';
import { takeFrom } from './share-bands.ts';
import type { BandShare } from './share-bands.ts';
import { openShapes } from './zones/shape-store.ts';
import type { SharedShapes } from './zones/shape-store.ts';
import { openJob } from './zonal-job.ts';
import type { ZonalJob } from './zonal-job.ts';

/** The files are opened while the first thread still reads the zones; what to do comes by the port. */
export interface ThreadStart {
  readonly job: ZonalJob;
  readonly port: MessagePort;
}

export interface ThreadTask {
  readonly shapes: SharedShapes;
  readonly share: BandShare;
}

const { job, port } = workerData as ThreadStart;
const [opened, [task]] = await Promise.all([openJob(job), once(port, 'message') as Promise<[ThreadTask]>]);
port.close();
try {
  const request = {
    ...opened.request,
    onProgress: (fraction: number) => parentPort?.postMessage({ kind: 'progress', fraction }),
  };
  const plan = planWithShapes(request, [], openShapes(task.shapes));
  const sums = await accumulateZonal(plan, 0, plan.blocksDown, takeFrom(task.share));
  parentPort?.postMessage({ kind: 'result', value: { sums: toMessage(sums) } });
} catch (error) {
  // Errors lose their class on the way.
  if (!(error instanceof GisError)) throw error;
  parentPort?.postMessage({ kind: 'result', value: { fault: { code: error.code, params: error.params } } });
} finally {
  await opened.close();
}
