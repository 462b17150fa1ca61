import { GisError } from '../../errors.ts';
import type { BlockLease } from '../../raster/block-lease.ts';
import type { RasterImage } from '../../raster/raster-file.ts';
import { createBandReader, createMaskReader } from '../block-inputs.ts';
import type { BandReader, BandRows, MaskReader } from '../block-inputs.ts';
import { createCellAreas } from '../cell-areas.ts';
import type { CellAreas } from '../cell-areas.ts';
import { compileExpression } from '../expression.ts';
import type { BandRole, ExpressionKernel } from '../expression.ts';
import type { ZonalPlan, ZonalRequest } from '../zonal-plan.ts';
import type { ZoneSums } from '../sums/zone-sums.ts';
import type { Coverage } from './coverage-of-block.ts';
import { PairSums } from './difference/pair-sums.ts';
import { pairsOf } from './difference/pairs.ts';
import type { Pairs } from './difference/pairs.ts';
import { PartSums } from './part-sums.ts';
import type { BlockTask } from './plan-blocks.ts';

/** What one raster or one expression needs to be summed: readers of its bands, and rooms that every block uses anew. */
export interface LayerInputs {
  readonly readers: readonly BandReader[];
  readonly mask: MaskReader | undefined;
  readonly kernel: ExpressionKernel;
  readonly isNormalisedDifference: boolean;
  readonly areas: CellAreas | undefined;
  readonly scratch: readonly Float64Array[];
  readonly values: Float64Array;
  readonly areasM2: Float64Array;
  readonly coverage: Coverage;
  readonly part: PartSums;
  readonly pairSums: PairSums;
}

/** The raster on whose grid the statistics of a request are. Throws GisError `band-role-missing`. */
export function referenceImage(request: Omit<ZonalRequest, 'zones'>): RasterImage {
  const { roles } = compileExpression(request.expression ?? 'band', request.expressionOptions);
  const reference = request.bands[roles[0] as BandRole];
  const missing = roles.find(role => request.bands[role] === undefined);
  if (missing !== undefined || reference === undefined) throw new GisError('band-role-missing', { role: missing });
  return reference.file.image;
}

export function prepareInputs(plan: ZonalPlan, sums: ZoneSums, coverage: Coverage): LayerInputs {
  const { request, grid } = plan;
  const image = referenceImage(request);
  const { roles, kernel, isNormalisedDifference } = compileExpression(
    request.expression ?? 'band',
    request.expressionOptions,
  );
  const readers = roles.map(role => {
    const source = request.bands[role];
    if (source === undefined) throw new GisError('band-role-missing', { role });
    return createBandReader(source, image);
  });
  return {
    readers,
    mask: request.mask && createMaskReader(request.mask, grid),
    kernel,
    isNormalisedDifference,
    areas: sums.needs.ranges.length > 0 ? createCellAreas(grid) : undefined,
    scratch: readers.map(() => new Float64Array(image.blockWidth)),
    values: new Float64Array(image.blockWidth),
    areasM2: new Float64Array(image.blockWidth),
    coverage,
    part: new PartSums(),
    pairSums: new PairSums(sums, image),
  };
}

/** The bands of a block, read. */
export interface ReadBlock {
  readonly bands: readonly BandRows[];
  /** Both bands of a normalised difference, where they can be read a word a cell. */
  readonly pairs: Pairs | undefined;
  readonly dropped: Uint8Array | undefined;
}

export async function readTask(inputs: LayerInputs, { window }: BlockTask, lease: BlockLease): Promise<ReadBlock> {
  const bands = await Promise.all(inputs.readers.map(reader => reader.read(window, lease)));
  const [low, high] = bands;
  const pairs = inputs.isNormalisedDifference ? pairsOf(low?.plain, high?.plain) : undefined;
  return { bands, pairs, dropped: inputs.mask && (await inputs.mask.read(window)) };
}
