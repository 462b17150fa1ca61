import type { ZonalResults } from '../../../gis/zonal/compute-zonal.ts';
import type { ZonalPlan } from '../../../gis/zonal/zonal-plan.ts';
import { accumulateZonal, bandsOf, resultsOf, planWithShapes } from '../../../gis/zonal/compute-zonal.ts';
import { shareBands, takeFrom } from './share-bands.ts';
import type { BandShare } from './share-bands.ts';
import type { ZonalHelper } from './zonal-helpers.ts';
import { openShapes } from './zones/shape-store.ts';
import type { SharedShapes } from './zones/shape-store.ts';

/** Measures zones in this thread and its helpers, in shares of about equal work. Each result is made when it is asked for. */
export async function runShares(
  request: ZonalPlan['request'],
  ids: ZonalPlan['ids'],
  shapes: SharedShapes,
  helpers: readonly ZonalHelper[],
  onProgress: ((fraction: number) => void) | undefined,
): Promise<ZonalResults> {
  const done: number[] = [];
  const report = (share: number) => (fraction: number) => {
    done[share] = fraction;
    onProgress?.(
      Math.min(
        1,
        done.reduce((sum, value) => sum + (value ?? 0), 0),
      ),
    );
  };
  const plan = planWithShapes({ ...request, onProgress: report(0) }, ids, openShapes(shapes));
  if (helpers.length === 0) return resultsOf(plan, [await accumulateZonal(plan)]);
  const [own, ...others] = shareBands(bandsOf(plan), helpers.length + 1);
  const parts = await Promise.all([
    ...others.map((share, index) => (helpers[index] as ZonalHelper).run({ shapes, share }, report(index + 1))),
    accumulateZonal(plan, 0, plan.blocksDown, takeFrom(own as BandShare)),
  ]);
  return resultsOf(plan, parts);
}
