// Computes zonal statistics beside the event loop.
import { parentPort, workerData } from 'node:worker_threads';
import type { SceneSource } from '../rasters/open-scene.ts';
import { postOutcome } from '../rasters/thread-outcome.ts';
import type { ZonalIndex } from '../vegetation/vegetation.contract.ts';
import { measureZones, type ZoneTarget } from './measure-zones.ts';

export interface ZonalTask {
  readonly source: SceneSource;
  readonly targets: readonly ZoneTarget[];
  readonly indices: readonly ZonalIndex[];
}

const { source, targets, indices } = workerData as ZonalTask;
await postOutcome(() =>
  measureZones(source, targets, { indices, onProgress: fraction => parentPort?.postMessage({ fraction }) }),
);
