import { GisError } from '../../errors.ts';
import type { BlockLease } from '../../raster/block-lease.ts';
import type { RasterImage } from '../../raster/raster-file.ts';
import { createBandReader, createMaskReader } from '../block-inputs.ts';
import type { BandReader, BandRows, BlockWindow, MaskReader } from '../block-inputs.ts';
import { createCellAreas } from '../cell-areas.ts';
import type { CellAreas } from '../cell-areas.ts';
import type { ZonalPlan } from '../zonal-plan.ts';
import type { CoverageRows } from '../coverage/coverage-rows.ts';
import { compileExpression } from '../expression.ts';
import type { BandRole, ExpressionKernel } from '../expression.ts';
import { ascending, countBlocks, planBands } from './plan-blocks.ts';
import type { BlockTask, TakeBand } from './plan-blocks.ts';
import type { KeptCells } from '../percentiles/kept-cells.ts';
import { createCoverage } from './coverage-of-block.ts';
import { FetchAhead } from './fetch-ahead.ts';
import type { Coverage } from './coverage-of-block.ts';
import { keepDifference } from './difference/keep-difference.ts';
import { loadNormalisedDifference, loadPairs } from './difference/load-difference.ts';

import { PairSums } from './difference/pair-sums.ts';
import { pairsOf } from './difference/pairs.ts';
import type { Pairs } from './difference/pairs.ts';
import { PartSums } from './part-sums.ts';
import { spreadDifference } from './difference/spread-difference.ts';
import { sumNormalisedDifference } from './difference/sum-difference.ts';
import { sumRow } from './sum-row.ts';
import type { ZoneShape } from '../zone-shape.ts';
import { addDetails, addPart, isUnsettled, settleZone, storeOf } from '../zone-sums.ts';
import type { ZoneSums } from '../zone-sums.ts';

/** Also how many decoded blocks may wait for the host to let go of them. */
const BLOCKS_BETWEEN_PAUSES = 4;

/** How far a source looks ahead that fetches several blocks in one journey. */
const STEPS_AHEAD = 64;

interface Inputs {
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

/** What is summed over a block: the plan of one raster or one expression, and its sums. */
export interface Layer {
  readonly plan: ZonalPlan;
  readonly sums: ZoneSums;
}

/**
 * The one pass over the blocks `[from, to)` (rows of them): each block that a zone needs is read once, and every zone's coverage of it is
 * made, used and forgotten, so that memory does not grow with the zones or the raster. `take` says which band of block rows comes next.
 */
export const accumulateBlocks = (
  plan: ZonalPlan,
  sums: ZoneSums,
  from: number,
  to: number,
  take: TakeBand = ascending(),
): Promise<void> => accumulateLayers([{ plan, sums }], from, to, take);

/**
 * The same pass for several layers, whose plans have the same shapes on the same grid in blocks of the same size: dates of a series, or
 * expressions over one scene. A zone's coverage of a block is made once for all of them. The first one's request is asked whether to go on.
 */
export async function accumulateLayers(
  layers: readonly Layer[],
  from: number,
  to: number,
  take: TakeBand = ascending(),
): Promise<void> {
  const [first] = layers;
  if (first === undefined) return;
  const { request, shapes } = first.plan;
  const image = referenceImage(first.plan);
  const coverage = createCoverage(layers.length > 1);
  const all = layers.map(({ plan, sums }) => ({ plan, sums, inputs: prepareInputs(plan, sums, coverage) }));
  const bands = planBands(shapes, image, from, to);
  const steps = announce(stepsOf(bands.tasks(take), all));
  let sincePause = 0;
  let bandsDone = 0;
  const ahead = new FetchAhead(steps, ({ layer, task }, lease) => readTask(layer.inputs, task, lease));
  try {
    for (let fetched = await ahead.take(); fetched !== undefined; fetched = await ahead.take()) {
      if (request.signal?.aborted === true) throw new GisError('zonal-cancelled');
      const { step, block, next } = fetched;
      const { task, layer } = step;
      sumBlock(layer.inputs, layer.plan, layer.sums, task, block, image);
      sincePause += 1;
      if (request.pause !== undefined && sincePause >= BLOCKS_BETWEEN_PAUSES) {
        sincePause = 0;
        await request.pause();
      }
      if (next?.task !== task) coverage.forget();
      if (next?.task.band !== task.band) {
        bandsDone += 1;
        request.onProgress?.(bandsDone / bands.needed);
      }
    }
  } finally {
    ahead.close();
    for (const { inputs, sums } of all) inputs.pairSums.close(sums);
  }
}

interface Step {
  readonly task: BlockTask;
  readonly layer: Layer & { readonly inputs: Inputs };
}

function* stepsOf(tasks: Iterable<BlockTask>, layers: readonly Step['layer'][]): Generator<Step, void> {
  for (const task of tasks) for (const layer of layers) yield { task, layer };
}

/** Sources that fetch from afar are told of steps a while before they are due; those at hand need no telling. */
function* announce(steps: Iterable<Step>): Generator<Step, void> {
  const told: Step[] = [];
  for (const step of steps) {
    const listening = step.layer.inputs.readers.filter(({ expect }) => expect !== undefined);
    for (const { expect } of listening) expect?.(step.task.window);
    told.push(step);
    if (listening.length === 0 || told.length > STEPS_AHEAD) yield told.shift() as Step;
  }
  yield* told;
}

/**
 * A zone that lies in no block to come gets its percentiles and lets go of its values: at once, while they are warm, and those of this block
 * where they are. Others take them along.
 */
function settleDone(plan: ZonalPlan, sums: ZoneSums, image: RasterImage, zone: number, kept?: KeptCells): void {
  const { blocksDone } = sums;
  const done = (blocksDone[zone] as number) + 1;
  blocksDone[zone] = done;
  if (kept === undefined && !isUnsettled(sums, zone)) return;
  if (done >= blocksOf(plan, zone, image)) settleZone(sums, zone, kept);
  else if (kept !== undefined) storeOf(sums, zone).append(kept);
}

/** How many blocks a zone meets; a shape is made for that only where there are no columns. */
function blocksOf(plan: ZonalPlan, zone: number, image: RasterImage): number {
  const extents = plan.shapes.columns?.extents;
  if (extents === undefined) return countBlocks(shapeOf(plan, zone), image);
  const at = zone * 5;
  const [minU, maxU] = [extents[at] as number, extents[at + 1] as number];
  const [minV, maxV] = [extents[at + 2] as number, extents[at + 3] as number];
  return countBlocks({ minU, maxU, minV, maxV }, image);
}

function referenceImage(plan: ZonalPlan): RasterImage {
  const { request } = plan;
  const { roles } = compileExpression(request.expression ?? 'band', request.expressionOptions);
  const source = request.bands[roles[0] as BandRole];
  if (source === undefined) throw new GisError('band-role-missing', { role: roles[0] });
  return source.file.image;
}

function prepareInputs(plan: ZonalPlan, sums: ZoneSums, coverage: Coverage): Inputs {
  const { request, grid } = plan;
  const image = referenceImage(plan);
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
    pairSums: new PairSums(),
  };
}

const shapeOf = (plan: ZonalPlan, zone: number): ZoneShape => plan.shapes.at(zone) as ZoneShape;

interface ReadBlock {
  readonly bands: readonly BandRows[];
  /** Both bands of a normalised difference, where they can be read a word a cell. */
  readonly pairs: Pairs | undefined;
  readonly dropped: Uint8Array | undefined;
}

async function readTask(inputs: Inputs, { window }: BlockTask, lease: BlockLease): Promise<ReadBlock> {
  const bands = await Promise.all(inputs.readers.map(reader => reader.read(window, lease)));
  const [low, high] = bands;
  const pairs = inputs.isNormalisedDifference ? pairsOf(low?.plain, high?.plain) : undefined;
  return { bands, pairs, dropped: inputs.mask && (await inputs.mask.read(window)) };
}

function sumBlock(
  inputs: Inputs,
  plan: ZonalPlan,
  sums: ZoneSums,
  task: BlockTask,
  block: ReadBlock,
  image: RasterImage,
): void {
  const { coverage, part, pairSums } = inputs;
  const { window } = task;
  const cells = {
    firstRow: window.row,
    endRow: window.row + window.height,
    firstCol: window.col,
    endCol: window.col + window.width,
  };
  const [low, high] = block.bands;
  const plainLow = inputs.isNormalisedDifference && block.dropped === undefined ? low?.plain : undefined;
  const plainHigh = high?.plain;
  const { needs } = sums;
  const wantsDetails = needs.ranges.length + needs.fractions.length > 0 || needs.classes;
  const wantsSpread = needs.extremes || needs.variance;
  const wantsValuesAlone = needs.fractions.length > 0 && needs.ranges.length === 0 && !needs.classes;
  const keptPairs = wantsValuesAlone && block.dropped === undefined ? block.pairs : undefined;
  const spreadPairs = !wantsDetails && wantsSpread && block.dropped === undefined ? block.pairs : undefined;
  const wantsMeanAlone = plainLow !== undefined && plainHigh !== undefined && !wantsDetails && !wantsSpread;
  const ownPairs = wantsMeanAlone ? block.pairs : (keptPairs ?? spreadPairs);
  const isInWasm = ownPairs !== undefined && pairSums.open(ownPairs, window);
  const canHold = isInWasm && !coverage.isShared;
  const zones = canHold && wantsMeanAlone ? pairSums.addTogether(task.zones, plan.shapes.columns, window) : task.zones;
  for (const zone of zones) {
    if (canHold && !wantsMeanAlone) {
      part.clear();
      const isCovered = pairSums.addHeld(zone, plan.shapes.columns, window, part);
      if (isCovered !== undefined) {
        if (isCovered) addPart(sums, zone, part);
        settleDone(plan, sums, image, zone, isCovered && keptPairs !== undefined ? pairSums.kept : undefined);
        continue;
      }
    }
    let rows = coverage.cover(zone, shapeOf(plan, zone), cells);
    let kept: KeptCells | undefined;
    for (; rows !== undefined; rows = coverage.more()) {
      part.clear();
      if (isInWasm && wantsMeanAlone) pairSums.add(rows, window, part);
      else if (isInWasm) {
        if (kept !== undefined) storeOf(sums, zone).append(kept);
        pairSums.addWithSpread(rows, window, part);
        kept = keptPairs && pairSums.kept;
      } else if (wantsMeanAlone) sumNormalisedDifference(rows, window, plainLow, plainHigh, part);
      else if (keptPairs !== undefined) keepDifference(rows, window, keptPairs, part, storeOf(sums, zone));
      else if (spreadPairs !== undefined) spreadDifference(rows, window, spreadPairs, part);
      else {
        for (let r = 0; r < rows.rowCount; r += 1) {
          if (!loadSpans(inputs, block, window, rows, r)) continue;
          sumRow(rows, r, inputs.values, window.col, wantsSpread, part);
          if (wantsDetails) {
            addDetails(sums, zone, rows, r, inputs.values, inputs.areas && inputs.areasM2, window.col);
          }
        }
      }
      addPart(sums, zone, part);
    }
    settleDone(plan, sums, image, zone, kept);
  }
}

/** Brings the cells from the first to the last span of a row into the scratch rows; false where the row has none. */
function loadSpans(inputs: Inputs, block: ReadBlock, window: BlockWindow, rows: CoverageRows, r: number): boolean {
  const first = rows.rowStarts[r] as number;
  const end = rows.rowStarts[r + 1] as number;
  if (end === first) return false;
  const startCol = (rows.starts[first] as number) - window.col;
  const endCol = (rows.ends[end - 1] as number) - window.col;
  loadRow(inputs, block, window, rows.firstRow + r, startCol, endCol);
  return true;
}

/** Values (and areas) of columns `[start, end)` of the block's row into the scratch rows. */
function loadRow(inputs: Inputs, block: ReadBlock, window: BlockWindow, row: number, start: number, end: number): void {
  const { scratch, values, kernel } = inputs;
  const [low, high] = block.bands;
  if (block.pairs !== undefined) {
    loadPairs(block.pairs, row - window.row, start, end, values);
  } else if (inputs.isNormalisedDifference && low?.plain !== undefined && high?.plain !== undefined) {
    loadNormalisedDifference(low.plain, high.plain, row - window.row, start, end, values);
  } else {
    for (const [index, band] of block.bands.entries()) {
      band.load(row - window.row, start, end, scratch[index] as Float64Array);
    }
    kernel(scratch, values, start, end);
  }
  if (block.dropped !== undefined) {
    const at = (row - window.row) * window.width;
    for (let col = start; col < end; col += 1) if (block.dropped[at + col] === 1) values[col] = NaN;
  }
  if (inputs.areas !== undefined) {
    inputs.areas.fillRow(row, window.col + start, window.col + end, inputs.areasM2.subarray(start));
  }
}
