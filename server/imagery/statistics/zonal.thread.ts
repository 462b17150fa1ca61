// Computes zonal statistics beside the event loop, task after task. Results go out group by group: taking in all of them at once would hold
// up the thread that answers requests.
import { parentPort } from 'node:worker_threads';
import type { IndexCode } from '../indices.ts';
import type { SceneSource } from '../rasters/open-scene.ts';
import { postOutcome } from '../rasters/thread-outcome.ts';
import { measureZones, type ZoneMeasure, type ZoneTarget } from './measure-zones.ts';

export interface ZonalTask {
  readonly source: SceneSource;
  readonly targets: readonly ZoneTarget[];
  readonly indices: readonly IndexCode[];
}

export interface MeasuredGroup {
  /** Places in `targets`. */
  readonly zones: readonly number[];
  readonly measures: readonly ZoneMeasure[][];
  /** Share of all targets done. */
  readonly fraction: number;
}

parentPort?.on('message', ({ source, targets, indices }: ZonalTask) => {
  // What has no name ends the thread, and is told as its error.
  void postOutcome(async () => {
    await measureZones(source, targets, {
      indices,
      onGroup: (zones, measures, fraction) =>
        parentPort?.postMessage({ zones, measures, fraction } satisfies MeasuredGroup),
    });
    return targets.length;
  });
});
