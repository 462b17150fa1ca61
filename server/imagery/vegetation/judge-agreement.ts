// Does the satellite agree that reclaimed land is recovering (evidence E2)? Every comparison is made within one scene:
// the cell, the land in use and the reference area share haze, season and drought of that day, so that only the
// difference between them counts. A fall from one scene to the next says nothing here, and nothing is claimed from it.
import { recoveryIndex, type ZoneEvidence } from '../../../gis/series/recovery.ts';
import { MIN_EFFECTIVE_PIXELS, MIN_VALID_FRACTION } from '../statistics/judge-zone.ts';
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
  /** The cell; null when its status that day is not ok. */
  readonly cell: ZoneEvidence | null;
  /** The mine's land in use (CLR, DST) that day; null when none could be read. */
  readonly disturbed: ZoneEvidence | null;
  /** The mine's reference areas that day; null when none could be read. */
  readonly reference: ZoneEvidence | null;
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

interface Usable {
  readonly sceneId: number;
  readonly recoveryIndex: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** The recovery index of one scene, or what stands in the way of it. */
function readScene({ sceneId, cell, disturbed, reference }: CellObservation): Usable | Obstacle {
  if (cell === null) return 'no-usable-scene';
  if (disturbed === null) return 'no-disturbed-land-that-day';
  if (reference === null) return 'no-reference-that-day';
  if (reference.mean - disturbed.mean < MIN_REFERENCE_CONTRAST) return 'reference-not-greener';
  const result = recoveryIndex(
    { cell, disturbed, reference },
    {
      minValidFraction: MIN_VALID_FRACTION,
      minEffectivePixels: MIN_EFFECTIVE_PIXELS,
      minContrast: MIN_REFERENCE_CONTRAST,
    },
  );
  if (result.status === 'ok') return { sceneId, ...result };
  if (result.part === 'cell') return 'no-usable-scene';
  return result.part === 'disturbed' ? 'no-disturbed-land-that-day' : 'no-reference-that-day';
}

/**
 * Agrees when the latest usable scene shows at least half of the way. Disagrees when the two latest both lie below it with
 * their whole 95 % interval. Everything between is not enough to judge, and says what is missing.
 */
export function judgeAgreement(cell: ReclaimedCell, mineHasReferenceArea: boolean): AgreementRow {
  const { cellId, eventId, stage, areaM2 } = cell;
  const about = { cellId, eventId, stage, areaM2 };
  const latestFirst = cell.observations.toSorted(
    (a, b) => b.acquiredOn.localeCompare(a.acquiredOn) || b.sceneId - a.sceneId,
  );
  const readings = latestFirst.map(readScene);
  const usable = readings.filter(reading => typeof reading !== 'string');
  const [latest, previous] = usable;
  if (latest === undefined) {
    const obstacles = new Set(readings.filter(reading => typeof reading === 'string'));
    const reason = mineHasReferenceArea ? nearestObstacle(obstacles) : 'no-reference-area';
    return { ...about, status: 'insufficient-data', reason, have: 0, need: SCENES_TO_AGREE };
  }
  const seen = {
    recoveryIndex: latest.recoveryIndex,
    recoveryLow: latest.low,
    recoveryHigh: latest.high,
    sceneId: latest.sceneId,
    have: usable.length,
  };
  if (latest.recoveryIndex >= RECOVERY_AGREES_FROM)
    return { ...about, ...seen, status: 'agrees', need: SCENES_TO_AGREE };
  const isLow = (reading: Usable): boolean => reading.high < RECOVERY_AGREES_FROM;
  if (previous !== undefined && isLow(latest) && isLow(previous)) {
    return { ...about, ...seen, status: 'disagrees', need: SCENES_TO_DISAGREE };
  }
  const reason = isLow(latest) ? 'one-low-scene-only' : 'too-close-to-call';
  return { ...about, ...seen, status: 'insufficient-data', reason, need: SCENES_TO_DISAGREE };
}

/** The obstacle of the scene that came furthest: what would have to be different for a judgement. */
function nearestObstacle(found: ReadonlySet<Obstacle>): Obstacle {
  const order: readonly Obstacle[] = [
    'reference-not-greener',
    'no-reference-that-day',
    'no-disturbed-land-that-day',
    'no-usable-scene',
  ];
  return order.find(obstacle => found.has(obstacle)) ?? 'no-scene-since-stage';
}
