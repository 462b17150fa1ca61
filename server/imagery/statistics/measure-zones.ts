// The numbers of many targets on one scene: all indices together, block by block. Runs in a thread.
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import type { ClassMask } from '../../../gis/zonal/block-inputs.ts';
import { accumulateBlocks } from '../../../gis/zonal/accumulate-blocks.ts';
import { finishZonal, planZonal, type ZonalPlan, type ZonalResult } from '../../../gis/zonal/compute-zonal.ts';
import { needsOf } from '../../../gis/zonal/statistics.ts';
import type { Zone } from '../../../gis/zonal/zone-shape.ts';
import { createZoneSums, type ZoneSums } from '../../../gis/zonal/zone-sums.ts';
import { AppError } from '../../platform/errors.ts';
import { INDEX_OPTIONS } from '../indices.ts';
import { cellSizeOf } from '../rasters/footprint.ts';
import { openScene, type OpenedScene, type SceneSource } from '../rasters/open-scene.ts';
import { toRasterFault } from '../rasters/raster-faults.ts';
import type { ZonalIndex } from '../vegetation/vegetation.contract.ts';
import { blankZeros } from './blank-zeros.ts';
import { judgeZone, VEGETATED_FROM, type StoredStatus } from './judge-zone.ts';

export interface ZoneTarget {
  /** MultiPolygon in EPSG:4326. */
  readonly wkb: Uint8Array;
  readonly areaM2: number;
}

export interface ZoneMeasure {
  readonly index: ZonalIndex;
  readonly status: StoredStatus;
  readonly mean: number | null;
  readonly stdev: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly median: number | null;
  readonly vegetatedAreaM2: number | null;
  readonly validFraction: number;
  readonly nEff: number;
}

export interface MeasureOptions {
  readonly indices: readonly ZonalIndex[];
  /** Told after each group of targets: which ones, their measures, and the share of all targets done. */
  readonly onGroup?:
    ((zones: readonly number[], measures: readonly ZoneMeasure[][], fraction: number) => void) | undefined;
  /** Decoded blocks kept between indices. */
  readonly cacheBytes?: number | undefined;
}

const VEGETATED = `area_ge:${VEGETATED_FROM}`;
const STATS = ['mean', 'stdev', 'min', 'max', 'median', VEGETATED] as const;
/** Rows of the raster taken together: one Sentinel-2 block row; its blocks stay decoded until every index has used them. */
const ROWS_TOGETHER = 512;
const DEFAULT_CACHE_BYTES = 16 << 20;
/** Cells of targets in hand at a time: a median keeps every value, 8 bytes for each index. */
const CELLS_TOGETHER = 300_000;

/** One list a target, in the order of `targets`; one entry an index. Throws AppErrors `raster-…`. */
export async function measureZones(
  source: SceneSource,
  targets: readonly ZoneTarget[],
  options: MeasureOptions,
): Promise<ZoneMeasure[][]> {
  const { indices } = options;
  const scene = await openScene(source, createBlockCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES));
  try {
    const plan = planFor(scene, source, targets);
    const cellSizeM = cellSizeOf(plan.grid);
    const measures = targets.map((): ZoneMeasure[] => []);
    let done = 0;
    for (const group of groupByCells(plan.shapes)) {
      const part = selectZones(plan, group);
      for (const some of isLarge(plan.shapes, group) ? indices.map(index => [index]) : [indices]) {
        const results = await sumGroup(part, some);
        for (const [at, index] of some.entries()) {
          for (const [place, zone] of group.entries()) {
            const result = (results[at] as ZonalResult[])[place] as ZonalResult;
            measures[zone]?.push(toMeasure(index, result, (targets[zone] as ZoneTarget).areaM2, cellSizeM));
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

/** The shapes on the grid are the same for every index: they are made once. */
function planFor(scene: OpenedScene, source: SceneSource, targets: readonly ZoneTarget[]): ZonalPlan {
  const { red, nir } = source.bands;
  if (red === undefined || nir === undefined) {
    throw new AppError('scene-bands-insufficient', { bands: Object.keys(source.bands) });
  }
  const redRaster = scene.raster(red.file);
  const nirRaster = scene.raster(nir.file);
  const { scale, offset } = source;
  const blanks = redRaster.zeroIsNoData && nirRaster.zeroIsNoData;
  const redFile = blanks
    ? blankZeros({ file: redRaster.file, band: red.band }, [{ file: nirRaster.file, band: nir.band }])
    : redRaster.file;
  // NaN says "none": the scene's rule stands above what the file says.
  return planZonal({
    bands: {
      red: { file: redFile, band: red.band, scale, offset, noData: redRaster.noData ?? Number.NaN },
      nir: { file: nirRaster.file, band: nir.band, scale, offset, noData: nirRaster.noData ?? Number.NaN },
    },
    expression: 'ndvi',
    expressionOptions: INDEX_OPTIONS,
    mask: maskOf(scene, source),
    zones: targets.map(({ wkb }, id) => ({ id, geometry: decodeWkb(wkb) })),
    stats: STATS,
  });
}

function maskOf(scene: OpenedScene, { mask, keepClasses, maskClasses }: SceneSource): ClassMask | undefined {
  if (mask === null || keepClasses.length + maskClasses.length === 0) return undefined;
  const { file } = scene.raster(mask.file);
  return keepClasses.length > 0
    ? { file, band: mask.band, classes: keepClasses, mode: 'keep' }
    : { file, band: mask.band, classes: maskClasses, mode: 'exclude' };
}

const cellsOf = (shape: ZonalPlan['shapes'][number]): number => (typeof shape === 'string' ? 0 : shape.areaCells);

/** Neighbours together, so that a block is decoded for one group or two; each group small enough to be held. */
function groupByCells(shapes: ZonalPlan['shapes']): number[][] {
  const order = shapes.map((shape, zone) => ({ zone, key: placeOf(shape) })).toSorted((a, b) => a.key - b.key);
  const groups: number[][] = [];
  let cells = Number.POSITIVE_INFINITY;
  for (const { zone } of order) {
    const own = cellsOf(shapes[zone] as ZonalPlan['shapes'][number]);
    if (cells + own > CELLS_TOGETHER) {
      groups.push([]);
      cells = 0;
    }
    groups.at(-1)?.push(zone);
    cells += own;
  }
  return groups;
}

/** Morton order of the block in the middle of a shape. */
function placeOf(shape: ZonalPlan['shapes'][number]): number {
  if (typeof shape === 'string') return -1;
  const block = (low: number, high: number): number => Math.max(0, Math.floor((low + high) / 2 / ROWS_TOGETHER));
  const spread = (value: number): number => {
    let bits = 0;
    for (let bit = 0; bit < 12; bit++) if ((value >> bit) & 1) bits += 4 ** bit;
    return bits;
  };
  return spread(block(shape.minU, shape.maxU)) + 2 * spread(block(shape.minV, shape.maxV));
}

/** A single target too large to be held for all indices at once: they are taken one by one then. */
const isLarge = (shapes: ZonalPlan['shapes'], group: readonly number[]): boolean =>
  group.length === 1 && cellsOf(shapes[group[0] as number] as ZonalPlan['shapes'][number]) > CELLS_TOGETHER;

const selectZones = (plan: ZonalPlan, group: readonly number[]): ZonalPlan => ({
  ...plan,
  request: { ...plan.request, zones: group.map(zone => plan.request.zones[zone] as Zone) },
  shapes: group.map(zone => plan.shapes[zone] as ZonalPlan['shapes'][number]),
});

/** Rows of the raster that a group touches. */
function rowsOf(shapes: ZonalPlan['shapes']): { first: number; end: number } {
  const real = shapes.filter(shape => typeof shape !== 'string');
  return {
    first: real.reduce((least, { minV }) => Math.min(least, minV), Number.POSITIVE_INFINITY),
    end: real.reduce((most, { maxV }) => Math.max(most, maxV), 0),
  };
}

/** Results by index, block rows in the outer loop: each block is decoded once for all of them. */
async function sumGroup(plan: ZonalPlan, indices: readonly ZonalIndex[]): Promise<ZonalResult[][]> {
  const plans = indices.map(expression => ({ ...plan, request: { ...plan.request, expression } }));
  const sums = plans.map(() => createZoneSums(plan.shapes.length, needsOf(plan.stats)));
  const blockHeight = plan.request.bands.red?.file.image.blockHeight ?? plan.grid.height;
  const blockRows = Math.max(1, Math.floor(ROWS_TOGETHER / blockHeight));
  const { first, end } = rowsOf(plan.shapes);
  const firstBlock = Math.max(0, Math.floor(first / blockHeight));
  const endBlock = Math.min(plan.blocksDown, Math.ceil(end / blockHeight));
  for (let from = firstBlock; from < endBlock; from += blockRows) {
    const to = Math.min(endBlock, from + blockRows);
    for (const [at, each] of plans.entries()) await accumulateBlocks(each, sums[at] as ZoneSums, from, to);
  }
  return plans.map((each, at) => finishZonal(each, [sums[at] as ZoneSums]));
}

function toMeasure(index: ZonalIndex, result: ZonalResult, areaM2: number, cellSizeM: number): ZoneMeasure {
  const nothing = { mean: null, stdev: null, min: null, max: null, median: null, vegetatedAreaM2: null };
  if (result.status !== 'ok') {
    const status = result.status === 'no-valid-pixels' ? 'no-valid-pixels' : 'outside';
    return { index, status, ...nothing, validFraction: 0, nEff: 0 };
  }
  const { values, nEff } = result;
  // A zone is seen where the raster reaches and the cell is valid.
  const validFraction = result.validFraction * result.onRasterFraction;
  const valueOf = (stat: string): number | null => values[stat] ?? null;
  return {
    index,
    status: judgeZone({ areaM2, cellSizeM, validFraction, effectivePixels: nEff }),
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
