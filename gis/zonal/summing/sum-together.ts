import { isSameGrid } from '../../raster/raster-grid.ts';
import { resultsOf } from '../compute-zonal.ts';
import type { ZonalResults } from '../compute-zonal.ts';
import { NumberRooms } from '../percentiles/number-rooms.ts';
import { needsOf } from '../statistics.ts';
import type { ZonalPlan } from '../zonal-plan.ts';
import { createZoneSums } from '../sums/zone-sums.ts';
import { accumulateLayers } from './accumulate-blocks.ts';
import type { Layer } from './accumulate-blocks.ts';
import { referenceImage } from './layer-inputs.ts';

/**
 * The results of several plans, in their order. Those with the same shapes on blocks of the same size go through the blocks together: each
 * zone's coverage is made once for all of them, and a block that several of them read is decoded once.
 */
export async function sumTogether(plans: readonly ZonalPlan[]): Promise<ZonalResults[]> {
  const rooms = new NumberRooms();
  const layers = plans.map(plan => ({ plan, sums: createZoneSums(plan.shapes.length, needsOf(plan.stats), rooms) }));
  const groups: Layer[][] = [];
  for (const layer of layers) {
    const mates = groups.find(([mate]) => mate !== undefined && areOnSameBlocks(mate.plan, layer.plan));
    if (mates === undefined) groups.push([layer]);
    else mates.push(layer);
  }
  for (const group of groups) {
    const { onProgress } = (group[0] as Layer).plan.request;
    const before = groups.slice(0, groups.indexOf(group)).reduce((sum, { length }) => sum + length, 0);
    const tell = onProgress && ((done: number) => onProgress((before + done * group.length) / layers.length));
    const told = group.map(({ plan, sums }) => ({
      sums,
      plan: { ...plan, request: { ...plan.request, onProgress: tell } },
    }));
    await accumulateLayers(told, 0, (group[0] as Layer).plan.blocksDown);
  }
  return layers.map(({ plan, sums }) => resultsOf(plan, [sums]));
}

function areOnSameBlocks(a: ZonalPlan, b: ZonalPlan): boolean {
  const [one, other] = [referenceImage(a.request), referenceImage(b.request)];
  return (
    a.shapes === b.shapes &&
    isSameGrid(one.grid, other.grid) &&
    one.blockWidth === other.blockWidth &&
    one.blockHeight === other.blockHeight
  );
}
