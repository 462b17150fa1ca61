import { GisError } from '../errors.ts';
import type { RasterImage } from '../raster/raster-file.ts';
import { createBandReader, createMaskReader } from './block-inputs.ts';
import type { BandReader, BandRows, BlockWindow, MaskReader } from './block-inputs.ts';
import { createCellAreas } from './cell-areas.ts';
import type { CellAreas } from './cell-areas.ts';
import type { ZonalPlan } from './compute-zonal.ts';
import { CoverageRasteriser } from './coverage.ts';
import type { CoverageRows } from './coverage.ts';
import { compileExpression } from './expression.ts';
import type { BandRole, ExpressionKernel } from './expression.ts';
import { loadNormalisedDifference } from './normalised-difference.ts';
import type { ZoneShape } from './zone-shape.ts';
import { addSpan, settleZone } from './zone-sums.ts';
import type { ZoneSums } from './zone-sums.ts';

/** Rows planned together at least: files in strips of a row or two would otherwise plan every zone anew for each. */
const MIN_BAND_ROWS = 128;
const BLOCKS_BETWEEN_PAUSES = 8;

/** A zone's spans within the rows in hand; `cursors` = the first span of each row that the blocks further west have left. */
interface ActiveZone {
  readonly zone: number;
  readonly rows: CoverageRows;
  readonly cursors: Uint32Array;
  readonly minCol: number;
  readonly maxCol: number;
}

interface BlockTask {
  readonly window: BlockWindow;
  readonly zones: readonly ActiveZone[];
}

interface Inputs {
  readonly readers: readonly BandReader[];
  readonly mask: MaskReader | undefined;
  readonly kernel: ExpressionKernel;
  readonly isNormalisedDifference: boolean;
  readonly areas: CellAreas | undefined;
  readonly scratch: readonly Float64Array[];
  readonly values: Float64Array;
  readonly areasM2: Float64Array;
}

/** The one pass over the blocks: plans the coverage of a band of rows, then takes its blocks one by one. */
export async function accumulateBlocks(plan: ZonalPlan, sums: ZoneSums, from: number, to: number): Promise<void> {
  const { request, grid } = plan;
  const image = referenceImage(plan);
  const inputs = prepareInputs(plan, sums, image);
  const blockRowsTogether = Math.max(1, Math.ceil(MIN_BAND_ROWS / image.blockHeight));
  const order = sortByFirstRow(plan.shapes);
  const rasteriser = new CoverageRasteriser();
  const firstOfAll = from === 0 ? -Infinity : from * image.blockHeight;
  /** No cell of the zone is left in this part: where none lies before it either, the zone is done. Never kept open. */
  const close = (zone: number): false => {
    if (shapeOf(plan, zone).minV >= firstOfAll) settleZone(sums, zone);
    return false;
  };
  let open: number[] = [];
  let nextZone = 0;
  let sincePause = 0;
  for (let blockRow = from; blockRow < to; blockRow += blockRowsTogether) {
    const endBlockRow = Math.min(to, blockRow + blockRowsTogether);
    const firstRow = blockRow * image.blockHeight;
    const endRow = Math.min(grid.height, endBlockRow * image.blockHeight);
    while (nextZone < order.length && (shapeOf(plan, order[nextZone] as number).minV as number) < endRow) {
      open.push(order[nextZone] as number);
      nextZone += 1;
    }
    open = open.filter(zone => shapeOf(plan, zone).maxV > firstRow || close(zone));
    const active = open.flatMap(zone => activate(rasteriser, shapeOf(plan, zone), zone, firstRow, endRow, grid.width));
    const tasks = planBlocks(image, active, blockRow, endBlockRow);
    let coming = tasks[0] && readTask(inputs, tasks[0]);
    for (const [index, task] of tasks.entries()) {
      if (request.signal?.aborted === true) throw new GisError('zonal-cancelled');
      const block = await coming;
      // The next block is fetched while this one is summed.
      const next = tasks[index + 1];
      coming = next && readTask(inputs, next);
      // A failure is met where the block is awaited; until then nobody listens.
      coming?.catch(() => undefined);
      if (block !== undefined) sumBlock(inputs, sums, task, block);
      sincePause += 1;
      if (request.pause !== undefined && sincePause >= BLOCKS_BETWEEN_PAUSES) {
        sincePause = 0;
        await request.pause();
      }
    }
    request.onProgress?.((endBlockRow - from) / (to - from));
  }
}

function referenceImage(plan: ZonalPlan): RasterImage {
  const { request } = plan;
  const { roles } = compileExpression(request.expression ?? 'band', request.expressionOptions);
  const source = request.bands[roles[0] as BandRole];
  if (source === undefined) throw new GisError('band-role-missing', { role: roles[0] });
  return source.file.image;
}

function prepareInputs({ request, grid }: ZonalPlan, sums: ZoneSums, image: RasterImage): Inputs {
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
  };
}

const shapeOf = (plan: ZonalPlan, zone: number): ZoneShape => plan.shapes[zone] as ZoneShape;

/** Zones that have a shape, by their northernmost row. */
function sortByFirstRow(shapes: ZonalPlan['shapes']): number[] {
  const minV = (zone: number): number => (shapes[zone] as ZoneShape).minV;
  return shapes.flatMap((shape, zone) => (typeof shape === 'string' ? [] : [zone])).sort((a, b) => minV(a) - minV(b));
}

function activate(
  rasteriser: CoverageRasteriser,
  shape: ZoneShape,
  zone: number,
  firstRow: number,
  endRow: number,
  gridWidth: number,
): ActiveZone[] {
  const rows = rasteriser.coverRows(shape, firstRow, endRow, gridWidth);
  if (rows === undefined) return [];
  const minCol = Math.max(0, Math.floor(shape.minU));
  const maxCol = Math.min(gridWidth, Math.ceil(shape.maxU));
  return [{ zone, rows, cursors: rows.rowStarts.slice(0, rows.rowCount), minCol, maxCol }];
}

/** The blocks that some zone needs, row by row from west to east, each with the rows needed of it. */
function planBlocks(image: RasterImage, active: readonly ActiveZone[], from: number, to: number): BlockTask[] {
  const { blockWidth, blockHeight, grid } = image;
  const tasks: BlockTask[] = [];
  for (let blockRow = from; blockRow < to; blockRow += 1) {
    const row = blockRow * blockHeight;
    const endRow = Math.min(grid.height, row + blockHeight);
    const inRow = active.filter(({ rows }) => rows.firstRow < endRow && rows.firstRow + rows.rowCount > row);
    if (inRow.length === 0) continue;
    for (let blockCol = 0; blockCol < image.blocksAcross; blockCol += 1) {
      const col = blockCol * blockWidth;
      const width = Math.min(blockWidth, grid.width - col);
      const zones = inRow.filter(zone => zone.minCol < col + width && zone.maxCol > col);
      if (zones.length === 0) continue;
      const lastRow = zones.reduce((last, { rows }) => Math.max(last, rows.firstRow + rows.rowCount), 0);
      tasks.push({ window: { blockCol, blockRow, col, row, width, height: Math.min(endRow, lastRow) - row }, zones });
    }
  }
  return tasks;
}

interface ReadBlock {
  readonly bands: readonly BandRows[];
  readonly dropped: Uint8Array | undefined;
}

async function readTask(inputs: Inputs, { window }: BlockTask): Promise<ReadBlock> {
  const bands = await Promise.all(inputs.readers.map(reader => reader.read(window)));
  return { bands, dropped: inputs.mask && (await inputs.mask.read(window)) };
}

function sumBlock(inputs: Inputs, sums: ZoneSums, { window, zones }: BlockTask, block: ReadBlock): void {
  const endCol = window.col + window.width;
  for (const { zone, rows, cursors } of zones) {
    const fromRow = Math.max(window.row, rows.firstRow);
    const toRow = Math.min(window.row + window.height, rows.firstRow + rows.rowCount);
    for (let row = fromRow; row < toRow; row += 1) {
      const r = row - rows.firstRow;
      const first = cursors[r] as number;
      const rowEnd = rows.rowStarts[r + 1] as number;
      let last = first;
      while (last < rowEnd && (rows.starts[last] as number) < endCol) last += 1;
      if (last === first) continue;
      const start = Math.max(window.col, rows.starts[first] as number) - window.col;
      const end = Math.min(endCol, rows.ends[last - 1] as number) - window.col;
      loadRow(inputs, block, window, row, start, end);
      for (let span = first; span < last; span += 1) {
        const from = Math.max(0, (rows.starts[span] as number) - window.col);
        const to = Math.min(endCol, rows.ends[span] as number) - window.col;
        if (to > from) {
          const areas = inputs.areas === undefined ? undefined : inputs.areasM2;
          addSpan(sums, zone, inputs.values, from, to, rows.weights[span] as number, areas);
        }
      }
      // A run that goes on into the next block stays in hand.
      cursors[r] = (rows.ends[last - 1] as number) > endCol ? last - 1 : last;
    }
  }
}

/** Values (and areas) of columns `[start, end)` of the block's row into the scratch rows. */
function loadRow(inputs: Inputs, block: ReadBlock, window: BlockWindow, row: number, start: number, end: number): void {
  const { scratch, values, kernel } = inputs;
  const [low, high] = block.bands;
  if (inputs.isNormalisedDifference && low?.plain !== undefined && high?.plain !== undefined) {
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
