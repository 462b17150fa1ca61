// The numbers of many targets on one scene: all indices together, block by block. Runs in a thread.
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import type { ClassMask } from '../../../gis/zonal/block-inputs.ts';
import { planZonal, type ZonalResult, type ZonalResults } from '../../../gis/zonal/compute-zonal.ts';
import { sumTogether } from '../../../gis/zonal/summing/sum-together.ts';
import type { ZonalPlan } from '../../../gis/zonal/zonal-plan.ts';
import { parseStat } from '../../../gis/zonal/statistics.ts';
import type { ZoneFault, ZoneShape } from '../../../gis/zonal/zone-shape.ts';
import { INDEX_OPTIONS, isOfPlants, type IndexCode } from '../indices.ts';
import { cellSizeOf } from '../rasters/footprint.ts';
import { openScene, type OpenedScene, type SceneSource } from '../rasters/open-scene.ts';
import type { BandPlace } from '../scenes/scene-model.ts';
import { toRasterFault } from '../rasters/raster-faults.ts';
import { openSceneBands, type SceneBands } from './index-bands.ts';
import { judgeZone, VEGETATED_FROM, type StoredStatus } from './judge-zone.ts';

export interface ZoneTarget {
  /** MultiPolygon in EPSG:4326. */
  readonly wkb: Uint8Array;
  readonly areaM2: number;
}

export interface ZoneMeasure {
  readonly index: IndexCode;
  readonly status: StoredStatus;
  readonly mean: number | null;
  readonly stdev: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly median: number | null;
  /** null also where the index says nothing of plants. */
  readonly vegetatedAreaM2: number | null;
  readonly validFraction: number;
  /** In cells of the coarsest band of the index: a 20 m cell read four times at 10 m is one observation. */
  readonly nEff: number;
}

export interface MeasureOptions {
  readonly indices: readonly IndexCode[];
  /** Told after each group of targets: which ones, their measures, and the share of all targets done. */
  readonly onGroup?:
    ((zones: readonly number[], measures: readonly ZoneMeasure[][], fraction: number) => void) | undefined;
  /** Decoded blocks kept between indices. */
  readonly cacheBytes?: number | undefined;
}

const VEGETATED = `area_ge:${VEGETATED_FROM}`;
const STATS = ['mean', 'stdev', 'min', 'max', 'median'] as const;
const statsOf = (index: IndexCode): readonly string[] => (isOfPlants(index) ? [...STATS, VEGETATED] : STATS);
/** Cells of a side of the squares in whose order groups are made: one block of Sentinel-2. */
const NEIGHBOURS_WITHIN = 512;
const DEFAULT_CACHE_BYTES = 16 << 20;
/** Values of targets in hand at a time, over all indices: a median keeps every one, 8 bytes each. */
const VALUES_TOGETHER = 1_200_000;
/** Of a single large target: the more cells it has, the fewer indices go together. */
const VALUES_OF_ONE = 4_000_000;

/** One list a target, in the order of `targets`; one entry an index. Throws AppErrors `raster-…`. */
export async function measureZones(
  source: SceneSource,
  targets: readonly ZoneTarget[],
  options: MeasureOptions,
): Promise<ZoneMeasure[][]> {
  const { indices } = options;
  const scene = await openScene(source, createBlockCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES));
  try {
    const bands = openSceneBands(scene, source);
    const plan = planFor(scene, source, bands, targets);
    const grains = indices.map(index => grainOf(plan, bands, index));
    const measures = targets.map((): ZoneMeasure[] => []);
    let done = 0;
    const shapes = Array.from(targets, (_, zone) => plan.shapes.at(zone) as Shape);
    for (const group of groupByCells(shapes, VALUES_TOGETHER / indices.length)) {
      const part = selectZones(plan, shapes, group);
      for (const some of splitIndices(indices, shapes, group)) {
        const results = await sumGroup(part, bands, some);
        for (const [at, index] of some.entries()) {
          const grain = grains[indices.indexOf(index)] as Grain;
          for (const [place, zone] of group.entries()) {
            const result = (results[at] as ZonalResults).at(place);
            measures[zone]?.push(toMeasure(index, result, (targets[zone] as ZoneTarget).areaM2, grain));
          }
        }
      }
      done += group.length;
      options.onGroup?.(
        group,
        group.map(zone => measures[zone] as ZoneMeasure[]),
        done / targets.length,
      );
    }
    return measures;
  } catch (error) {
    throw toRasterFault(error, source.bands.red?.file ?? '');
  } finally {
    await scene.close();
  }
}

/** The shapes on the grid are the same for every index: they are made once, before an index is named. */
function planFor(
  scene: OpenedScene,
  source: SceneSource,
  { reference }: SceneBands,
  targets: readonly ZoneTarget[],
): ZonalPlan {
  const red = source.bands.red as BandPlace;
  const { file } = scene.raster(red.file);
  return planZonal({
    bands: { value: { file: { ...file, image: reference }, band: red.band } },
    expressionOptions: INDEX_OPTIONS,
    mask: maskOf(scene, source),
    zones: targets.map(({ wkb }, id) => ({ id, geometry: decodeWkb(wkb) })),
    stats: STATS,
  });
}

const planOf = (plan: ZonalPlan, bands: SceneBands, index: IndexCode): ZonalPlan => {
  const stats = statsOf(index);
  return {
    ...plan,
    stats: stats.map(parseStat),
    request: { ...plan.request, bands: bands.bandsOf(index), expression: index, stats },
  };
};

/** How coarse the observations behind an index are. */
interface Grain {
  readonly cellSizeM: number;
  /** Observations a cell of the grid: 1, or a quarter where 20 m cells are read at 10 m. */
  readonly perCell: number;
}

function grainOf({ grid }: ZonalPlan, bands: SceneBands, index: IndexCode): Grain {
  const own = cellSizeOf(grid);
  const cellSizeM = Math.max(own, bands.cellSizeOf(index));
  return { cellSizeM, perCell: (own / cellSizeM) ** 2 };
}

function maskOf(scene: OpenedScene, { mask, keepClasses, maskClasses }: SceneSource): ClassMask | undefined {
  if (mask === null || keepClasses.length + maskClasses.length === 0) return undefined;
  const { file } = scene.raster(mask.file);
  return keepClasses.length > 0
    ? { file, band: mask.band, classes: keepClasses, mode: 'keep' }
    : { file, band: mask.band, classes: maskClasses, mode: 'exclude' };
}

type Shape = ZoneShape | ZoneFault;

const cellsOf = (shape: Shape): number => (typeof shape === 'string' ? 0 : shape.areaCells);

/** Neighbours together, so that a block is decoded for one group or two; each group small enough to be held. */
function groupByCells(shapes: readonly Shape[], cellsTogether: number): number[][] {
  const order = shapes.map((shape, zone) => ({ zone, key: placeOf(shape) })).toSorted((a, b) => a.key - b.key);
  const groups: number[][] = [];
  let cells = Number.POSITIVE_INFINITY;
  for (const { zone } of order) {
    const own = cellsOf(shapes[zone] as Shape);
    if (cells + own > cellsTogether) {
      groups.push([]);
      cells = 0;
    }
    groups.at(-1)?.push(zone);
    cells += own;
  }
  return groups;
}

/** Morton order of the block in the middle of a shape. */
function placeOf(shape: Shape): number {
  if (typeof shape === 'string') return -1;
  const block = (low: number, high: number): number => Math.max(0, Math.floor((low + high) / 2 / NEIGHBOURS_WITHIN));
  const spread = (value: number): number => {
    let bits = 0;
    for (let bit = 0; bit < 12; bit++) if ((value >> bit) & 1) bits += 4 ** bit;
    return bits;
  };
  return spread(block(shape.minU, shape.maxU)) + 2 * spread(block(shape.minV, shape.maxV));
}

/** All indices together, unless a single target is too large to be held for all at once. */
function splitIndices(
  indices: readonly IndexCode[],
  shapes: readonly Shape[],
  group: readonly number[],
): (readonly IndexCode[])[] {
  const cells = group.length === 1 ? cellsOf(shapes[group[0] as number] as Shape) : 0;
  const together = Math.max(1, Math.min(indices.length, Math.floor(VALUES_OF_ONE / Math.max(1, cells))));
  const parts = Math.ceil(indices.length / together);
  return Array.from({ length: parts }, (_, part) => indices.slice(part * together, (part + 1) * together));
}

const selectZones = (plan: ZonalPlan, shapes: readonly Shape[], group: readonly number[]): ZonalPlan => ({
  ...plan,
  ids: group,
  shapes: group.map(zone => shapes[zone] as Shape),
});

/** Results by index: one pass over the blocks for all of them, each zone's coverage made once. */
const sumGroup = (plan: ZonalPlan, bands: SceneBands, indices: readonly IndexCode[]): Promise<ZonalResults[]> =>
  sumTogether(indices.map(index => planOf(plan, bands, index)));

/** A database refuses the square of a number that doubles barely hold, and with it every sum that it is part of. */
const NOTHING_BELOW = 1e-30;

function toMeasure(index: IndexCode, result: ZonalResult, areaM2: number, grain: Grain): ZoneMeasure {
  const nothing = { mean: null, stdev: null, min: null, max: null, median: null, vegetatedAreaM2: null };
  if (result.status !== 'ok') {
    const status = result.status === 'no-valid-pixels' ? 'no-valid-pixels' : 'outside';
    return { index, status, ...nothing, validFraction: 0, nEff: 0 };
  }
  const { values } = result;
  const nEff = result.nEff * grain.perCell;
  // A zone is seen where the raster reaches and the cell is valid.
  const validFraction = result.validFraction * result.onRasterFraction;
  const valueOf = (stat: string): number | null => {
    const value = values[stat];
    if (value === undefined) return null;
    return Math.abs(value) < NOTHING_BELOW ? 0 : value;
  };
  return {
    index,
    status: judgeZone({ areaM2, cellSizeM: grain.cellSizeM, validFraction, effectivePixels: nEff }),
    mean: valueOf('mean'),
    stdev: valueOf('stdev'),
    min: valueOf('min'),
    max: valueOf('max'),
    median: valueOf('median'),
    vegetatedAreaM2: valueOf(VEGETATED),
    validFraction,
    nEff,
  };
}
