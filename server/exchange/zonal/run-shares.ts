import type { ZonalResult } from '../../../gis/zonal/compute-zonal.ts';
import type { ZonalPlan } from '../../../gis/zonal/zonal-plan.ts';
import { accumulateZonal, bandsOf, finishZonal } from '../../../gis/zonal/compute-zonal.ts';
import { shareBands, takeFrom } from './share-bands.ts';
import type { BandShare } from './share-bands.ts';
import { shareShapes } from './shared-shapes.ts';
import type { ZonalHelper } from './zonal-helpers.ts';

/** Runs a plan in this thread and its helpers, in shares of about equal work. */
export async function runShares(
  planned: ZonalPlan,
  helpers: readonly ZonalHelper[],
  onProgress: ((fraction: number) => void) | undefined,
): Promise<ZonalResult[]> {
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
  const plan = { ...planned, request: { ...planned.request, onProgress: report(0) } };
  if (helpers.length === 0) return finishZonal(plan, [await accumulateZonal(plan)]);
  const [own, ...others] = shareBands(bandsOf(plan), helpers.length + 1);
  const shapes = shareShapes(plan.shapes);
  const parts = await Promise.all([
    ...others.map((share, index) => (helpers[index] as ZonalHelper).run({ shapes, share }, report(index + 1))),
    accumulateZonal(plan, 0, plan.blocksDown, takeFrom(own as BandShare)),
  ]);
  return finishZonal(plan, parts);
}
