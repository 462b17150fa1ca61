import type { KeptCells } from '../percentiles/kept-cells.ts';
import { ownPercentileSelection } from '../percentiles/percentile-selection.ts';
import { settledOf, storeOf } from './zone-sums.ts';
import type { ZoneSums } from './zone-sums.ts';

/** Whether values or classes of a zone are still kept. */
export const isUnsettled = ({ stores, classes }: ZoneSums, zone: number): boolean =>
  stores.has(zone) || classes.has(zone);

/**
 * Turns the values and classes of a zone, all of whose cells are summed, into figures, and lets go of them; some of the values may lie in the
 * module's memory still.
 */
export function settleZone(sums: ZoneSums, zone: number, kept?: KeptCells): void {
  const { needs, settled, stores, classes } = sums;
  const at = zone * settledOf(needs);
  // Most zones lie in one block: their values never leave the module's memory.
  const isInModule =
    kept !== undefined && !stores.has(zone) && ownPercentileSelection().writeKept(needs.fractions, settled, at);
  const store = kept === undefined || isInModule ? stores.get(zone) : storeOf(sums, zone);
  if (store !== undefined) {
    settled.set(store.percentiles(needs.fractions, kept), at);
    store.release();
    stores.delete(zone);
  }
  const weights = classes.get(zone);
  if (weights !== undefined) {
    settled[at + needs.fractions.length] = majorityOf(weights);
    settled[at + needs.fractions.length + 1] = weights.size;
    classes.delete(zone);
  }
}

/** The value with the greatest weight; the smaller one of equals, so that the answer does not depend on the order of cells. */
function majorityOf(weights: ReadonlyMap<number, number>): number {
  let best = NaN;
  let bestWeight = -1;
  for (const [value, weight] of weights) {
    if (weight > bestWeight || (weight === bestWeight && value < best)) {
      best = value;
      bestWeight = weight;
    }
  }
  return best;
}
