import { isSameGrid } from '../../raster/raster-grid.ts';
import { gridOf, planWithShapes, planZonal } from '../compute-zonal.ts';
import type { ZonalResults } from '../compute-zonal.ts';
import type { ZonalPlan, ZonalRequest } from '../zonal-plan.ts';
import { sumTogether } from './sum-together.ts';

/**
 * Statistics of the same zones on several dates in one pass, date by date in the order given: zones are shaped once for each grid, each
 * block of each date is read once, and where dates lie on blocks of the same size a zone's coverage of them is made once.
 */
export async function computeDates(
  dates: readonly Pick<ZonalRequest, 'bands' | 'mask'>[],
  common: Omit<ZonalRequest, 'bands' | 'mask'>,
): Promise<ZonalResults[]> {
  const plans: ZonalPlan[] = [];
  for (const date of dates) {
    const request = { ...common, ...date };
    const grid = gridOf(request);
    const known = plans.find(plan => isSameGrid(plan.grid, grid));
    plans.push(known === undefined ? planZonal(request) : planWithShapes(request, known.ids, known.shapes));
  }
  return sumTogether(plans);
}
