import { GisError } from '../errors.ts';
import type { RasterGrid, RasterImage } from '../raster/raster-file.ts';
import { accumulateBlocks } from './summing/accumulate-blocks.ts';
import type { BandRole, Expression } from './expression.ts';
import { compileExpression } from './expression.ts';
import { needsOf, parseStat } from './statistics.ts';
import type { StatName } from './statistics.ts';
import { planBands } from './summing/plan-blocks.ts';
import type { BlockBands, TakeBand } from './summing/plan-blocks.ts';
import type { ZonalPlan, ZonalRequest } from './zonal-plan.ts';
import type { Zone, ZoneFault } from './zone-shape.ts';
import { createPositionMap, shapeZone } from './zone-shape.ts';
import type { PositionMap } from './zone-shape.ts';
import { createZoneSums, mergeZoneSums, readStat, settleZone, toMessage } from './zone-sums.ts';
import type { ZoneSums, ZoneSumsMessage } from './zone-sums.ts';

/** Why a zone has no figures: it does not meet the raster, all its cells are no data, or it is no polygon. */
export type ZoneWithoutFigures = 'outside' | 'no-valid-pixels' | ZoneFault;

export type ZonalResult =
  | {
      readonly id: string | number;
      readonly status: 'ok';
      /** By the name under which it was asked for; never NaN. */
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
  return planWithShapes(request, shapes);
}

/** The same with shapes that were made before, by another thread say; the zones of the request are not looked at. */
export function planWithShapes(request: ZonalRequest, shapes: ZonalPlan['shapes']): ZonalPlan {
  const { grid, blocksDown } = referenceImage(request);
  return { request, grid, stats: request.stats.map(parseStat), shapes, blocksDown };
}

/** The grid on which a request's statistics are. Throws GisError `band-role-missing`. */
export const gridOf = (request: ZonalRequest): RasterGrid => referenceImage(request).grid;

/** The raster on whose grid the statistics are. Throws GisError `band-role-missing`. */
function referenceImage(request: ZonalRequest): RasterImage {
  const { roles } = compileExpression(request.expression ?? 'band', request.expressionOptions);
  const reference = request.bands[roles[0] as BandRole];
  const missing = roles.find(role => request.bands[role] === undefined);
  if (missing !== undefined || reference === undefined) throw new GisError('band-role-missing', { role: missing });
  return reference.file.image;
}

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

/** The results, zone by zone in the order of the request, from the sums of all parts. */
export function finishZonal(plan: ZonalPlan, parts: readonly (ZoneSums | ZoneSumsMessage)[]): ZonalResult[] {
  const sums = joinParts(plan, parts);
  return plan.shapes.map((shape, zone): ZonalResult => {
    const { id } = plan.request.zones[zone] as Zone;
    if (typeof shape === 'string') return { id, status: shape, validFraction: 0 };
    const count = sums.count[zone] as number;
    if (!((sums.covered[zone] as number) > 0)) return { id, status: 'outside', validFraction: 0 };
    if (!(count > 0)) return { id, status: 'no-valid-pixels', validFraction: 0 };
    settleZone(sums, zone);
    const values: Record<StatName, number> = {};
    plan.stats.forEach((stat, index) => {
      const value = readStat(sums, zone, stat);
      if (value !== null) values[plan.request.stats[index] as StatName] = value;
    });
    return {
      id,
      status: 'ok',
      values,
      validFraction: Math.min(1, count / (sums.covered[zone] as number)),
      onRasterFraction: Math.min(1, (sums.covered[zone] as number) / shape.areaCells),
      count,
      nEff: count ** 2 / (sums.weight2[zone] as number),
    };
  });
}

function joinParts(plan: ZonalPlan, parts: readonly (ZoneSums | ZoneSumsMessage)[]): ZoneSums {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && 'stores' in first) return first;
  const sums = createZoneSums(plan.shapes.length, needsOf(plan.stats));
  for (const part of parts) mergeZoneSums(sums, 'stores' in part ? toMessage(part) : part);
  return sums;
}

/**
 * Statistics of all zones over one scene in one pass: every block that a zone needs is read and decoded once, in file order, with the
 * memory of a few blocks. Weights are exact coverage fractions; areas are coverage times the cell's ellipsoidal area.
 */
export async function computeZonal(request: ZonalRequest): Promise<ZonalResult[]> {
  const plan = planZonal(request);
  return finishZonal(plan, [await accumulateZonal(plan)]);
}

/** One band as it was read: by the caller's numbers where there are any, else by those that the file states. */
export interface UsedBand {
  readonly role: BandRole;
  readonly band: number;
  /** Value = sample * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  readonly noData: number | undefined;
  readonly scaleFrom: 'caller' | 'file';
}

export interface ExpressionsResult {
  /** What the figures rest on. */
  readonly bands: readonly UsedBand[];
  /** By expression, zone by zone in the order of the request. */
  readonly results: Partial<Readonly<Record<Expression, ZonalResult[]>>>;
}

/** Rows that all expressions take before the next ones: their blocks must fit into the file's cache to be decoded once. */
const ROWS_TOGETHER = 256;

/**
 * Several expressions in one pass: zones are shaped once, blocks are read and decoded once for all expressions on the same grid, and the
 * answer states the scale and offset of each band.
 */
export async function computeExpressions(
  request: Omit<ZonalRequest, 'expression'>,
  expressions: readonly Expression[],
): Promise<ExpressionsResult> {
  const plans: ZonalPlan[] = [];
  for (const expression of new Set(expressions)) {
    const asked = { ...request, expression };
    const shared = plans.find(plan => gridImage(plan.request) === gridImage(asked));
    const { roles } = compileExpression(expression, request.expressionOptions);
    const isWhole = roles.every(role => request.bands[role] !== undefined);
    plans.push(shared !== undefined && isWhole ? { ...shared, request: asked } : planZonal(asked));
  }
  const sums = plans.map(plan => createZoneSums(plan.shapes.length, needsOf(plan.stats)));
  const rows = plans.reduce((most, { grid }) => Math.max(most, grid.height), 0);
  for (let row = 0; row < rows; row += ROWS_TOGETHER) {
    for (const [index, plan] of plans.entries()) {
      const perBlock = gridImage(plan.request)?.blockHeight ?? ROWS_TOGETHER;
      const blockAt = (at: number): number => Math.min(plan.blocksDown, Math.ceil(at / perBlock));
      const [from, to] = [blockAt(row), blockAt(row + ROWS_TOGETHER)];
      if (to > from) await accumulateBlocks(plan, sums[index] as ZoneSums, from, to);
    }
  }
  const results: Partial<Record<Expression, ZonalResult[]>> = {};
  for (const [index, plan] of plans.entries()) {
    results[plan.request.expression ?? 'band'] = finishZonal(plan, [sums[index] as ZoneSums]);
  }
  return { bands: describeBands(plans), results };
}

const gridImage = ({ bands, expression, expressionOptions }: ZonalRequest) =>
  bands[compileExpression(expression ?? 'band', expressionOptions).roles[0] as BandRole]?.file.image;

function describeBands(plans: readonly ZonalPlan[]): UsedBand[] {
  const used = new Map<BandRole, UsedBand>();
  for (const { request } of plans) {
    for (const role of compileExpression(request.expression ?? 'band', request.expressionOptions).roles) {
      const source = request.bands[role];
      if (source === undefined) continue;
      const { band, file } = source;
      const known = file.bands[band - 1];
      const scaleFrom = source.scale === undefined && source.offset === undefined ? 'file' : 'caller';
      const [scale, offset] = [source.scale ?? known?.scale ?? 1, source.offset ?? known?.offset ?? 0];
      used.set(role, { role, band, scale, offset, noData: source.noData ?? file.noData, scaleFrom });
    }
  }
  return [...used.values()];
}
