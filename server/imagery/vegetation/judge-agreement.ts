// Does the satellite agree that reclaimed land is recovering (evidence E2)? Every comparison is made within one scene:
// the cell, the land in use and the reference area share haze, season and drought of that day, so that only the
// difference between them counts. A fall from one scene to the next says nothing here, and nothing is claimed from it.
import type { AgreementRow } from './vegetation.contract.ts';

/** Half of the way from land in use to the reference area. */
export const RECOVERY_AGREES_FROM = 0.5;
/** With less between reference and land in use (winter, snow, drought) the day cannot tell them apart. */
export const MIN_REFERENCE_CONTRAST = 0.1;
/** One low scene may be an undetected cloud shadow; it takes the two latest usable ones to disagree. */
export const SCENES_TO_AGREE = 1;
export const SCENES_TO_DISAGREE = 2;

/** One scene on which the cell lies, later than the day it entered its stage. */
export interface CellObservation {
  readonly sceneId: number;
  readonly acquiredOn: string;
  /** Mean of the cell; null when its status that day is not ok. */
  readonly cellMean: number | null;
  /** Mean of the mine's land in use (CLR, DST) that day; null when none could be read. */
  readonly disturbedMean: number | null;
  /** Mean of the mine's reference areas that day; null when none could be read. */
  readonly referenceMean: number | null;
}

export interface ReclaimedCell {
  readonly cellId: number;
  readonly eventId: number;
  readonly stage: string;
  readonly areaM2: number;
  /** In any order. */
  readonly observations: readonly CellObservation[];
}

type Obstacle = NonNullable<AgreementRow['reason']>;

/** What stands in the way of using a scene; undefined = usable. */
function obstacleOf({ cellMean, disturbedMean, referenceMean }: CellObservation): Obstacle | undefined {
  if (cellMean === null) return 'no-usable-scene';
  if (disturbedMean === null) return 'no-disturbed-land-that-day';
  if (referenceMean === null) return 'no-reference-that-day';
  return referenceMean - disturbedMean < MIN_REFERENCE_CONTRAST ? 'reference-not-greener' : undefined;
}

/** RI = (x_cell - x_dist) / (x_ref - x_dist), all of one day (domain c.6). */
function recoveryOf({ cellMean, disturbedMean, referenceMean }: CellObservation): number {
  const disturbed = disturbedMean ?? Number.NaN;
  return ((cellMean ?? Number.NaN) - disturbed) / ((referenceMean ?? Number.NaN) - disturbed);
}

export function judgeAgreement(cell: ReclaimedCell, mineHasReferenceArea: boolean): AgreementRow {
  const { cellId, eventId, stage, areaM2 } = cell;
  const about = { cellId, eventId, stage, areaM2 };
  const latestFirst = cell.observations.toSorted(
    (a, b) => b.acquiredOn.localeCompare(a.acquiredOn) || b.sceneId - a.sceneId,
  );
  const usable = latestFirst.filter(observation => obstacleOf(observation) === undefined);
  const [latest, previous] = usable;
  if (latest === undefined) {
    const reason = mineHasReferenceArea ? whyNothing(latestFirst) : 'no-reference-area';
    return { ...about, status: 'insufficient-data', reason, have: 0, need: SCENES_TO_AGREE };
  }
  const seen = { recoveryIndex: recoveryOf(latest), sceneId: latest.sceneId, have: usable.length };
  if (seen.recoveryIndex >= RECOVERY_AGREES_FROM) return { ...about, ...seen, status: 'agrees', need: SCENES_TO_AGREE };
  if (previous !== undefined && recoveryOf(previous) < RECOVERY_AGREES_FROM) {
    return { ...about, ...seen, status: 'disagrees', need: SCENES_TO_DISAGREE };
  }
  return { ...about, ...seen, status: 'insufficient-data', reason: 'one-low-scene-only', need: SCENES_TO_DISAGREE };
}

/** The obstacle of the scene that came furthest: what would have to be different for a judgement. */
function whyNothing(observations: readonly CellObservation[]): Obstacle {
  const order: readonly Obstacle[] = [
    'reference-not-greener',
    'no-reference-that-day',
    'no-disturbed-land-that-day',
    'no-usable-scene',
  ];
  const found = new Set(observations.map(obstacleOf));
  return order.find(obstacle => found.has(obstacle)) ?? 'no-scene-since-stage';
}
