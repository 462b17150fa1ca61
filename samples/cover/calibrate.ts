import type { SiteDraft } from '../build-site.ts';
import type { SampleLandEvent } from '../model.ts';
import { workShape } from '../works/work-events.ts';
import { inOrder } from '../works/event-order.ts';
import { grossAndReclaimed, landHistory } from './land-history.ts';

/** The group's restoration rate (RR1, basis A, scope LIC) as its report gives it, in percent. */
export const REPORTED_RATES: readonly { readonly year: number; readonly percent: number }[] = [
  { year: 2020, percent: 81.0 },
  { year: 2021, percent: 86.15 },
  { year: 2022, percent: 89.63 },
];

/** Day of the last acceptance of the year. */
const ACCEPTED_ON = '12-18';
/** The pieces of two years overlap a little, as surveys do. */
const OVERLAP_M = 10;
const RIM_M = 5;
/** Off by less than this in the group's reclaimed area leaves the printed rate far from a rounding edge. */
const CLOSE_ENOUGH_M2 = 150;

/**
 * The yearly acceptances in the calibrating work that make the group's rate what the report says. Each one is the ground
 * between last year's line and a new line; where the new line lies is found by bisection on the measured partition.
 * Throws when the work has not enough planted ground left.
 */
export function calibratingEvents(drafts: readonly SiteDraft[]): { siteCode: string; events: SampleLandEvent[] } {
  const found = drafts.flatMap(draft =>
    draft.works.filter(work => work.spec.calibrates).map(work => ({ draft, work })),
  )[0];
  if (!found) throw new Error('no work calibrates the rate');
  const { draft, work } = found;
  const histories = drafts.map(site => landHistory(inOrder(site.works.flatMap(({ events }) => events))));
  const acceptedShare = work.spec.lanes[0]!.reduce(
    (sum, band) => sum + (band.events.some(event => event.stage === 'CMP') ? band.share : 0),
    0,
  );
  let from = work.field.progressAt(0, acceptedShare);
  const most = work.field.progressAt(0, 0.9999);
  const added: SampleLandEvent[] = [];
  for (const { year, percent } of REPORTED_RATES) {
    const asAt = `${year}-12-31`;
    const sums = histories.map(history => grossAndReclaimed(history, asAt));
    const grossM2 = sums.reduce((sum, site) => sum + site.grossM2, 0);
    const othersM2 = sums.reduce((sum, site) => sum + site.reclaimedM2, 0);
    const before = reclaimedIn(work.events, asAt);
    const wantedM2 = (grossM2 * percent) / 100 - othersM2 + before;
    const acceptance = (to: number): SampleLandEvent | undefined => {
      const geometry = workShape(work.field, draft.plane, {
        lane: 0,
        from: from - OVERLAP_M,
        to,
        rimM: RIM_M,
        laneGapM: 0,
      });
      return (
        geometry && {
          key: `${work.spec.key}/accepted-${year}`,
          stage: 'CMP',
          effectiveOn: `${year}-${ACCEPTED_ON}`,
          scope: 'LIC',
          evidenceGrade: 'E4',
          reason: null,
          damageType: null,
          severity: null,
          facilityKey: work.spec.facility ? work.spec.key : null,
          geometry,
          vegetationHolds: true,
        }
      );
    };
    const missing = (to: number): number => {
      const event = acceptance(to);
      return wantedM2 - reclaimedIn([...work.events, ...added, ...(event ? [event] : [])], asAt);
    };
    const to = lineWhere(missing, from, most, year);
    const event = acceptance(to);
    if (event) added.push(event);
    from = to;
  }
  return { siteCode: draft.spec.mine.code, events: added };
}

function reclaimedIn(events: readonly SampleLandEvent[], asAt: string): number {
  return grossAndReclaimed(landHistory(inOrder(events)), asAt).reclaimedM2;
}

/** Where a falling function crosses zero, to `CLOSE_ENOUGH_M2`: regula falsi, halving where it stalls. */
function lineWhere(missingM2: (to: number) => number, from: number, most: number, year: number): number {
  let [low, high] = [from, most];
  let [atLow, atHigh] = [missingM2(low), missingM2(high)];
  if (atLow < 0 || atHigh > 0) {
    throw new Error(
      `${year}: the calibrating work cannot close the rate (${Math.round(atLow)}, ${Math.round(atHigh)} m2)`,
    );
  }
  for (let step = 0; step < 40; step++) {
    const guess = step % 3 === 2 ? (low + high) / 2 : low + ((high - low) * atLow) / (atLow - atHigh);
    const middle = Math.round(guess * 1000) / 1000;
    const off = missingM2(middle);
    if (Math.abs(off) < CLOSE_ENOUGH_M2) return middle;
    if (off > 0) [low, atLow] = [middle, off];
    else [high, atHigh] = [middle, off];
  }
  throw new Error(`${year}: no line closes the rate`);
}
