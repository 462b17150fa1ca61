import type { BlockWindow } from '../block-inputs.ts';
import type { RasterImage } from '../../raster/raster-file.ts';
import type { CoverageRows } from '../coverage/coverage-rows.ts';
import type { KeptCells } from '../percentiles/kept-cells.ts';
import type { ZonalPlan } from '../zonal-plan.ts';
import type { ZoneShape } from '../zone-shape.ts';
import { addDetails } from '../sums/add-details.ts';
import { addPart, storeOf } from '../sums/zone-sums.ts';
import { isUnsettled, settleZone } from '../sums/settle-zone.ts';
import type { ZoneSums } from '../sums/zone-sums.ts';
import type { ValueTaker } from './difference/held-zones.ts';
import { keepDifference } from './difference/keep-difference.ts';
import { loadNormalisedDifference, loadPairs } from './difference/load-difference.ts';
import type { PairSums } from './difference/pair-sums.ts';
import { spreadDifference } from './difference/spread-difference.ts';
import { sumNormalisedDifference } from './difference/sum-difference.ts';
import type { LayerInputs, ReadBlock } from './layer-inputs.ts';
import { countBlocks, countBlocksAt } from './plan-blocks.ts';
import type { BlockTask } from './plan-blocks.ts';
import { sumRow } from './sum-row.ts';

/** Adds what a block holds of its zones: in the module as far as it can, else row by row. */
export function sumBlock(
  inputs: LayerInputs,
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
  const { columns } = plan.shapes;
  let zones: Iterable<number> = task.zones;
  if (canHold && wantsMeanAlone) zones = pairSums.addTogether(task.zones, columns, window);
  else if (canHold) zones = pairSums.keepTogether(task.zones, columns, window, takerOf(sums, pairSums));
  for (const zone of zones) {
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
    settleDone(inputs, plan, sums, image, zone, kept);
  }
}

/** Brings the cells from the first to the last span of a row into the scratch rows; false where the row has none. */
function loadSpans(inputs: LayerInputs, block: ReadBlock, window: BlockWindow, rows: CoverageRows, r: number): boolean {
  const first = rows.rowStarts[r] as number;
  const end = rows.rowStarts[r + 1] as number;
  if (end === first) return false;
  const startCol = (rows.starts[first] as number) - window.col;
  const endCol = (rows.ends[end - 1] as number) - window.col;
  loadRow(inputs, block, window, rows.firstRow + r, startCol, endCol);
  return true;
}

/** Values (and areas) of columns `[start, end)` of the block's row into the scratch rows. */
function loadRow(
  inputs: LayerInputs,
  block: ReadBlock,
  window: BlockWindow,
  row: number,
  start: number,
  end: number,
): void {
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

/**
 * A zone that lies in no block to come gets its percentiles and lets go of its values: at once, while they are warm, and those of this block
 * where they are. Others take them along.
 */
function settleDone(
  { pairSums }: LayerInputs,
  plan: ZonalPlan,
  sums: ZoneSums,
  image: RasterImage,
  zone: number,
  kept: KeptCells | undefined,
): void {
  const isLast = pairSums.pass(zone) ?? isLastBlock(plan, sums, image, zone);
  const hasMore = isLast && pairSums.has(zone);
  if (kept === undefined && !hasMore && !isUnsettled(sums, zone)) return;
  if (isLast && !hasMore) {
    settleZone(sums, zone, kept);
    return;
  }
  if (kept !== undefined) storeOf(sums, zone).append(kept);
  if (!hasMore) return;
  pairSums.bring(zone, takerOf(sums, pairSums).take);
  settleZone(sums, zone);
}

/** Takes values from the module. */
export const takerOf = (sums: ZoneSums, pairSums: PairSums): ValueTaker => ({
  take: zone => storeOf(sums, zone).append(pairSums.kept),
  settle: zone => settleZone(sums, zone),
});

function isLastBlock(plan: ZonalPlan, { blocksDone }: ZoneSums, image: RasterImage, zone: number): boolean {
  const done = (blocksDone[zone] as number) + 1;
  blocksDone[zone] = done;
  return done >= blocksOf(plan, zone, image);
}

/** How many blocks a zone meets; a shape is made for that only where there are no columns. */
function blocksOf(plan: ZonalPlan, zone: number, image: RasterImage): number {
  const extents = plan.shapes.columns?.extents;
  return extents === undefined ? countBlocks(shapeOf(plan, zone), image) : countBlocksAt(extents, zone, image);
}

const shapeOf = (plan: ZonalPlan, zone: number): ZoneShape => plan.shapes.at(zone) as ZoneShape;
