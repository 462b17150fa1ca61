// The numbers of many targets on one scene: all indices together, block by block. Runs in a thread.
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import type { ClassMask } from '../../../gis/zonal/block-inputs.ts';
import {
  accumulateZonal,
  finishZonal,
  planZonal,
  type ZonalPlan,
  type ZonalRequest,
  type ZonalResult,
} from '../../../gis/zonal/compute-zonal.ts';
import type { ZoneSumsMessage } from '../../../gis/zonal/zone-sums.ts';
import { toMessage } from '../../../gis/zonal/zone-sums.ts';
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
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Decoded blocks kept between indices. */
  readonly cacheBytes?: number | undefined;
}

const VEGETATED = `area_ge:${VEGETATED_FROM}`;
const STATS = ['mean', 'stdev', 'min', 'max', 'median', VEGETATED] as const;
/** Rows of the raster taken together: one Sentinel-2 block row; its blocks stay decoded until every index has used them. */
const ROWS_TOGETHER = 512;
const DEFAULT_CACHE_BYTES = 96 << 20;

/** One list a target, in the order of `targets`; one entry an index. Throws AppErrors `raster-…`. */
export async function measureZones(
  source: SceneSource,
  targets: readonly ZoneTarget[],
  options: MeasureOptions,
): Promise<ZoneMeasure[][]> {
  const cache = createBlockCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const scene = await openScene(source, cache);
  try {
    const plans = planAll(scene, source, targets, options.indices);
    const parts = await sumAll(plans, options.onProgress);
    const cellSizeM = cellSizeOf((plans[0] as ZonalPlan).grid);
    const perIndex = plans.map((plan, at) => finishZonal(plan, parts[at] as ZoneSumsMessage[]));
    return targets.map(({ areaM2 }, zone) =>
      options.indices.map((index, at) =>
        toMeasure(index, (perIndex[at] as ZonalResult[])[zone] as ZonalResult, areaM2, cellSizeM),
      ),
    );
  } catch (error) {
    throw toRasterFault(error, source.bands.red?.file ?? '');
  } finally {
    await scene.close();
  }
}

/** The shapes on the grid are the same for every index: they are made once. */
function planAll(
  scene: OpenedScene,
  source: SceneSource,
  targets: readonly ZoneTarget[],
  indices: readonly ZonalIndex[],
): ZonalPlan[] {
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
  const request: ZonalRequest = {
    bands: {
      red: { file: redFile, band: red.band, scale, offset, noData: redRaster.noData ?? Number.NaN },
      nir: { file: nirRaster.file, band: nir.band, scale, offset, noData: nirRaster.noData ?? Number.NaN },
    },
    expressionOptions: INDEX_OPTIONS,
    mask: maskOf(scene, source),
    zones: targets.map(({ wkb }, id) => ({ id, geometry: decodeWkb(wkb) })),
    stats: STATS,
  };
  const base = planZonal({ ...request, expression: 'ndvi' });
  return indices.map(index => ({ ...base, request: { ...request, expression: index } }));
}

function maskOf(scene: OpenedScene, { mask, keepClasses, maskClasses }: SceneSource): ClassMask | undefined {
  if (mask === null || keepClasses.length + maskClasses.length === 0) return undefined;
  const { file } = scene.raster(mask.file);
  return keepClasses.length > 0
    ? { file, band: mask.band, classes: keepClasses, mode: 'keep' }
    : { file, band: mask.band, classes: maskClasses, mode: 'exclude' };
}

async function sumAll(
  plans: readonly ZonalPlan[],
  onProgress: MeasureOptions['onProgress'],
): Promise<ZoneSumsMessage[][]> {
  const parts: ZoneSumsMessage[][] = plans.map(() => []);
  const [plan] = plans;
  if (plan === undefined) return parts;
  const blockRows = Math.max(1, Math.floor(ROWS_TOGETHER / Math.ceil(plan.grid.height / plan.blocksDown)));
  for (let from = 0; from < plan.blocksDown; from += blockRows) {
    const to = Math.min(plan.blocksDown, from + blockRows);
    for (const [at, each] of plans.entries()) {
      (parts[at] as ZoneSumsMessage[]).push(toMessage(await accumulateZonal(each, from, to)));
    }
    onProgress?.(to / plan.blocksDown);
  }
  return parts;
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
