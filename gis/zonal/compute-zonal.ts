import type { RasterGrid } from '../raster/raster-file.ts';
import { accumulateBlocks } from './summing/accumulate-blocks.ts';
import { needsOf, parseStat } from './statistics.ts';
import type { Stat, StatName } from './statistics.ts';
import { referenceImage } from './summing/layer-inputs.ts';
import { planBands } from './summing/plan-blocks.ts';
import type { BlockBands, TakeBand } from './summing/plan-blocks.ts';
import type { ZonalPlan, ZonalRequest, ZoneShapes } from './zonal-plan.ts';
import type { ZoneFault, ZoneShape } from './zone-shape.ts';
import { createPositionMap, shapeZone } from './zone-shape.ts';
import type { PositionMap } from './zone-shape.ts';
import { createZoneSums } from './sums/zone-sums.ts';
import { isUnsettled, settleZone } from './sums/settle-zone.ts';
import { mergeZoneSums, toMessage } from './sums/merge-zone-sums.ts';
import { readStat } from './sums/read-stat.ts';
import type { ZoneSums } from './sums/zone-sums.ts';
import type { ZoneSumsMessage } from './sums/merge-zone-sums.ts';

/** Why a zone has no figures: it does not meet the raster, all its cells are no data, or it is no polygon. */
export type ZoneWithoutFigures = 'outside' | 'no-valid-pixels' | ZoneFault;

export type ZonalResult =
  | {
      readonly id: string | number;
      readonly status: 'ok';
      /** By the name under which it was asked for; never NaN or infinite: what overflows is left out. */
      readonly values: Readonly<Record<StatName, number>>;
      /** Valid share of the zone's cells that lie on the raster. */
      readonly validFraction: number;
      /** Share of the zone's area that lies on the raster; a zone is known to the product of this and the valid fraction. */
      readonly onRasterFraction: number;
      /** Σ coverage of valid cells. */
      readonly count: number;
      /** Kish's effective number of cells: (Σ w)² / Σ w². */
      readonly nEff: number;
    }
  | { readonly id: string | number; readonly status: ZoneWithoutFigures; readonly validFraction: 0 };

/** Throws GisError `stat-unknown`, `band-role-missing`, `raster-band-missing`, `crs-…`. */
export function planZonal(request: ZonalRequest): ZonalPlan {
  const { grid } = referenceImage(request);
  const maps = new Map<string, PositionMap>();
  const shapes = request.zones.map(zone => {
    const crs = zone.crs ?? 'EPSG:4326';
    if (!maps.has(crs)) maps.set(crs, createPositionMap(crs, grid.crs));
    return shapeZone(zone.geometry, grid, maps.get(crs));
  });
  return planWithShapes(
    request,
    request.zones.map(({ id }) => id),
    shapes,
  );
}

/** The same with shapes that were made before, by another thread say; the zones of the request are not looked at. */
export function planWithShapes(
  request: Omit<ZonalRequest, 'zones'>,
  ids: ZonalPlan['ids'],
  shapes: ZoneShapes,
): ZonalPlan {
  const { grid, blocksDown } = referenceImage(request);
  return { request, grid, stats: request.stats.map(parseStat), ids, shapes, blocksDown };
}

/** The grid on which a request's statistics are. Throws GisError `band-role-missing`. */
export const gridOf = (request: Omit<ZonalRequest, 'zones'>): RasterGrid => referenceImage(request).grid;

/** The blocks of a plan in bands, as threads share them out. */
export const bandsOf = ({ request, shapes, blocksDown }: ZonalPlan): BlockBands =>
  planBands(shapes, referenceImage(request), 0, blocksDown);

/** Sums over the rows of blocks `[fromBlockRow, toBlockRow)`, or over those of their bands that `take` names: the share of one thread. */
export async function accumulateZonal(
  plan: ZonalPlan,
  fromBlockRow = 0,
  toBlockRow = plan.blocksDown,
  take?: TakeBand,
): Promise<ZoneSums> {
  const sums = createZoneSums(plan.shapes.length, needsOf(plan.stats));
  await accumulateBlocks(plan, sums, fromBlockRow, toBlockRow, take);
  return sums;
}

/** Results zone by zone in the order of the request. Figures are kept as columns: a result is made when it is asked for. */
export interface ZonalResults extends Iterable<ZonalResult> {
  readonly length: number;
  /** Of the zone so counted from 0. */
  at(zone: number): ZonalResult;
  /**
   * The same without an object of its own: puts a zone's figures, in the order they were asked for, into a row, which may be used again. Null
   * where there is none. Answers its status.
   */
  fill(zone: number, figures: (number | null)[]): ZonalResult['status'];
}

/**
 * The results from the sums of all parts. The first part that is not a message takes in the others: the parts cannot be used again.
 */
export function resultsOf(plan: ZonalPlan, parts: readonly (ZoneSums | ZoneSumsMessage)[]): ZonalResults {
  const sums = joinParts(plan, parts);
  const { length } = plan.shapes;
  return {
    length,
    at: zone => resultOf(plan, sums, zone),
    fill: (zone, figures) => fillFigures(plan, sums, zone, figures),
    *[Symbol.iterator]() {
      for (let zone = 0; zone < length; zone += 1) yield resultOf(plan, sums, zone);
    },
  };
}

/** All of them. */
export const finishZonal = (plan: ZonalPlan, parts: readonly (ZoneSums | ZoneSumsMessage)[]): ZonalResult[] => [
  ...resultsOf(plan, parts),
];

function statusOf(plan: ZonalPlan, sums: ZoneSums, zone: number): ZonalResult['status'] {
  if ((sums.count[zone] as number) > 0) return 'ok';
  const shape = plan.shapes.at(zone) as ZoneShape | ZoneFault;
  if (typeof shape === 'string') return shape;
  return (sums.covered[zone] as number) > 0 ? 'no-valid-pixels' : 'outside';
}

/** A sum beyond what doubles hold is null as well: there is no figure that could stand for it. */
function fillFigures(plan: ZonalPlan, sums: ZoneSums, zone: number, figures: (number | null)[]): ZonalResult['status'] {
  const { stats } = plan;
  const status = statusOf(plan, sums, zone);
  if (status === 'ok' && isUnsettled(sums, zone)) settleZone(sums, zone);
  for (let i = 0; i < stats.length; i += 1) {
    const figure = status === 'ok' ? readStat(sums, zone, stats[i] as Stat) : null;
    figures[i] = figure !== null && Number.isFinite(figure) ? figure : null;
  }
  return status;
}

function resultOf(plan: ZonalPlan, sums: ZoneSums, zone: number): ZonalResult {
  const id = plan.ids[zone] as string | number;
  const figures: (number | null)[] = [];
  const status = fillFigures(plan, sums, zone, figures);
  if (status !== 'ok') return { id, status, validFraction: 0 };
  const values: Record<StatName, number> = {};
  for (let i = 0; i < figures.length; i += 1) {
    const figure = figures[i] as number | null;
    if (figure !== null) values[plan.request.stats[i] as StatName] = figure;
  }
  const count = sums.count[zone] as number;
  const shape = plan.shapes.at(zone) as ZoneShape;
  return {
    id,
    status,
    values,
    validFraction: Math.min(1, count / (sums.covered[zone] as number)),
    onRasterFraction: Math.min(1, (sums.covered[zone] as number) / shape.areaCells),
    count,
    nEff: count ** 2 / (sums.weight2[zone] as number),
  };
}

function joinParts(plan: ZonalPlan, parts: readonly (ZoneSums | ZoneSumsMessage)[]): ZoneSums {
  const own = parts.find(part => 'stores' in part);
  const sums = own ?? createZoneSums(plan.shapes.length, needsOf(plan.stats));
  const others = parts.filter(part => part !== own);
  for (const [i, part] of others.entries()) {
    mergeZoneSums(sums, 'stores' in part ? toMessage(part) : part, i === others.length - 1);
  }
  return sums;
}

/**
 * Statistics of all zones over one scene in one pass: every block that a zone needs is read and decoded once, in file order, with the
 * memory of a few blocks. Weights are exact coverage fractions; areas (m²) are coverage times the cell's ellipsoidal area. Results are in the
 * order of the zones; a zone that cannot be measured has a status instead of figures and stops nothing. Throws GisError
 * `stat-unknown`, `expression-unknown`, `band-role-missing`, `raster-band-missing`, `crs-unsupported`, `crs-unreadable`, `crs-datum-parameters-required`
 * before a block is read; `raster-truncated`, `raster-unreadable`, `zonal-too-many-classes`, `zonal-cancelled` later;
 * `no-webassembly` where the host refuses it.
 */
export async function computeZonal(request: ZonalRequest): Promise<ZonalResult[]> {
  const plan = planZonal(request);
  return finishZonal(plan, [await accumulateZonal(plan)]);
}
