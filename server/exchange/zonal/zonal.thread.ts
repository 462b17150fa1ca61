import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { GisError } from '../../../gis/errors.ts';
import { accumulateZonal, planWithShapes } from '../../../gis/zonal/compute-zonal.ts';
import { toMessage } from '../../../gis/zonal/sums/merge-zone-sums.ts';
import { takeFrom } from './share-bands.ts';
import type { BandShare } from './share-bands.ts';
import { readShare } from './zones/read-share.ts';
import type { SharedReading } from './zones/read-share.ts';
import { openShapes } from './zones/shape-store.ts';
import type { SharedShapes } from './zones/shape-store.ts';
import { openJob } from './zonal-job.ts';
import type { ZonalJob } from './zonal-job.ts';

/** The raster is opened while the first thread looks at the zones; what to do comes by the port. */
export interface ThreadStart {
  readonly job: ZonalJob;
  readonly port: MessagePort;
}

/** To take a share in reading the zones, answered by the port; or of the blocks, which ends the thread. */
export type ThreadOrder = { readonly reading: SharedReading } | { readonly task: ThreadTask };

export interface ThreadTask {
  readonly shapes: SharedShapes;
  readonly share: BandShare;
}

const { job, port } = workerData as ThreadStart;
const opening = openJob(job);
port.on('message', (order: ThreadOrder) => {
  if ('reading' in order) port.postMessage(readShare(order.reading));
  else void measure(order.task);
});

async function measure({ shapes, share }: ThreadTask): Promise<void> {
  port.close();
  const opened = await opening;
  try {
    const request = {
      ...opened.request,
      onProgress: (fraction: number) => parentPort?.postMessage({ kind: 'progress', fraction }),
    };
    const plan = planWithShapes(request, [], openShapes(shapes));
    const sums = await accumulateZonal(plan, 0, plan.blocksDown, takeFrom(share));
    parentPort?.postMessage({ kind: 'result', value: { sums: toMessage(sums) } });
  } catch (error) {
    // Errors lose their class on the way.
    if (!(error instanceof GisError)) throw error;
    parentPort?.postMessage({ kind: 'result', value: { fault: { code: error.code, params: error.params } } });
  } finally {
    await opened.close();
  }
}
