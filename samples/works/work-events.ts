import { stageRank, type StageCode } from '../../gis/ledger/stages.ts';
import type { MultiPolygon } from '../../gis/types.ts';
import type { SampleLandEvent } from '../model.ts';
import type { SitePlane } from '../terrain/plane.ts';
import { deriveGrid } from '../terrain/scalar-grid.ts';
import { shapeOf, type ShapeOptions } from '../terrain/shape.ts';
import type { WorkField } from './work-field.ts';
import type { Band, BandEvent, WorkSpec } from './work-spec.ts';

/** How far a survey runs into its neighbour where the ledger allows it: this is what a naive sum counts twice. */
const OVERLAP_M = 14;
/** How far a line keeps off land that must not be touched; more than two drawn lines can stray from their field. */
const GAP_M = 5;
const INNER_M = 34;
/** Taken ground is drawn closer and to the last corner, so that whatever is later reclaimed lies within it. */
const TAKEN: ShapeOptions = { minimumAreaM2: 20, toleranceM: 1.4 };

interface Limits {
  readonly lane: number | null;
  readonly from: number;
  readonly to: number;
  readonly rimM: number;
  readonly laneGapM: number;
}

/** Events of one work in no particular order: the first inventory, later extensions, and the history of every band. */
export function workEvents(work: WorkSpec, field: WorkField, plane: SitePlane): SampleLandEvent[] {
  const events: SampleLandEvent[] = [];
  const common = {
    scope: work.scope,
    facilityKey: work.facility ? work.key : null,
    vegetationHolds: true,
    reason: null,
  };
  const damage = { damageType: work.damage, severity: work.severity };
  const add = (
    key: string,
    event: Omit<SampleLandEvent, 'key' | 'geometry'>,
    geometry: MultiPolygon | undefined,
  ): void => {
    if (geometry) events.push({ key: `${work.key}/${key}`, ...event, geometry });
  };
  add(
    'inventory',
    { ...common, ...damage, stage: 'DST', effectiveOn: work.openOn, evidenceGrade: 'E2' },
    inventoryShape(work, field, plane),
  );
  work.lanes.forEach((bands, lane) => {
    let sharesBelow = 0;
    bands.forEach((band, index) => {
      const from = field.progressAt(lane, sharesBelow);
      const to = field.progressAt(lane, index === bands.length - 1 ? 1 : sharesBelow + band.share);
      const [lower, upper] = [bands[index - 1], bands[index + 1]];
      const below = from - field.progressAt(lane, sharesBelow - (lower?.share ?? 0));
      sharesBelow += band.share;
      const above = field.progressAt(lane, sharesBelow + (upper?.share ?? 0)) - to;
      for (const [order, event] of historyOf(band).entries()) {
        const taking = event.stage === 'CLR' || event.stage === 'DST';
        const limits: Limits = event.inner
          ? { lane, from: from + INNER_M, to: to - INNER_M, rimM: INNER_M, laneGapM: INNER_M }
          : {
              lane,
              from: from - reach(event, band, lower, below),
              to: to + (taking ? 0 : reach(event, band, upper, above)),
              rimM: taking ? 0 : GAP_M,
              laneGapM: event.stage === 'CLR' ? GAP_M : taking ? 1 : GAP_M + 1,
            };
        add(
          `${lane}.${index}.${order}.${event.stage}`,
          {
            ...common,
            ...(taking ? damage : { damageType: null, severity: null }),
            stage: event.stage,
            effectiveOn: event.on,
            evidenceGrade: event.grade,
            reason: event.reason ?? null,
            scope: event.scope ?? work.scope,
            vegetationHolds: event.holds ?? true,
          },
          workShape(field, plane, limits, event.stage === 'DST' ? TAKEN : {}),
        );
      }
    });
  });
  return events;
}

/** Ground of one lane between two lines of progress (open where infinite), off the rim and the lane's sides. */
export function workShape(
  field: WorkField,
  plane: SitePlane,
  limits: Limits,
  options: ShapeOptions = {},
): MultiPolygon | undefined {
  const [left, right] = limits.lane === null ? [-Infinity, Infinity] : field.laneBounds(limits.lane);
  const grid = deriveGrid(field.outline, index => {
    const progress = field.progress.values[index]!;
    const across = field.across.values[index]!;
    return Math.min(
      -field.outline.values[index]! - limits.rimM,
      progress - limits.from,
      limits.to - progress,
      across - left - limits.laneGapM,
      right - across - limits.laneGapM,
      1e6,
    );
  });
  return shapeOf(grid, plane, { minimumAreaM2: 1200, ...options });
}

function inventoryShape(work: WorkSpec, field: WorkField, plane: SitePlane): MultiPolygon | undefined {
  const limits = work.lanes.map((bands, lane) => {
    const share = bands.reduce((sum, band) => sum + (band.disturbed ? 0 : band.share), 0);
    return { to: field.progressAt(lane, share > 0.9999 ? 1 : share), bounds: field.laneBounds(lane) };
  });
  const grid = deriveGrid(field.outline, index => {
    const across = field.across.values[index]!;
    const taken = limits.map(({ to, bounds: [left, right] }) =>
      Math.min(to - field.progress.values[index]!, across - left + 1, right - across + 1, 1e6),
    );
    return Math.min(-field.outline.values[index]!, Math.max(...taken));
  });
  return shapeOf(grid, plane, TAKEN);
}

/** Whether a band was taken right up to a neighbour, which was then still in use. */
function isTakenUpTo(band: Band, neighbour: Band): boolean {
  const { disturbed } = band;
  if (!disturbed || (neighbour.disturbed && neighbour.disturbed.on > disturbed.on)) return true;
  return historyOf(neighbour).every(event => event.on > disturbed.on || stageRank(event.stage) <= 2);
}

function historyOf(band: Band): BandEvent[] {
  const taken: BandEvent[] = [];
  if (band.disturbed?.clearedOn) taken.push({ stage: 'CLR', on: band.disturbed.clearedOn, grade: 'E1' });
  if (band.disturbed) taken.push({ stage: 'DST', on: band.disturbed.on, grade: 'E2' });
  return [...taken, ...band.events];
}

/**
 * Metres by which an event may pass its band's edge into a neighbour (negative: must keep off). A third of the neighbour's
 * width at most, so that two events from either side of it never meet.
 */
function reach(event: BandEvent, own: Band, neighbour: Band | undefined, neighbourWidthM: number): number {
  if (!neighbour) return 0;
  const rank = stageRank(event.stage);
  // Where the later of the two bands had to keep off the other when it was taken, a strip of whole ground lies between them.
  if (rank > 2 && !(isTakenUpTo(own, neighbour) && isTakenUpTo(neighbour, own))) return -2 * GAP_M;
  const history = historyOf(neighbour);
  const before = history.filter(other => other.on <= event.on);
  const after = history.filter(other => other.on > event.on);
  const now: StageCode = before.at(-1)?.stage ?? (neighbour.disturbed ? 'UND' : 'DST');
  const allowed =
    stageRank(now) >= 1 &&
    stageRank(now) <= rank &&
    after.every(other => stageRank(other.stage) >= rank && !other.reason) &&
    !before.some(other => other.reason);
  return allowed && !event.reason ? Math.min(OVERLAP_M, neighbourWidthM / 3) : -GAP_M;
}
