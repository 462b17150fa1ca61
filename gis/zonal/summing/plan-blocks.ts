import type { RasterImage } from '../../raster/raster-file.ts';
import type { BlockWindow } from '../block-inputs.ts';
import type { ZoneShapes } from '../zonal-plan.ts';
import type { ZoneFault, ZoneShape } from '../zone-shape.ts';

/** Rows planned together at least: files in strips of a row or two would otherwise have a list of zones for each. */
const MIN_BAND_ROWS = 128;

/** Which band comes next, counted from 0; undefined or beyond the last = none. Called when the one before is nearly done. */
export type TakeBand = () => number | undefined;

/** From the first band to the last. */
export function ascending(): TakeBand {
  let next = 0;
  return () => next++;
}

/** A block to be read, how many rows of it, and the zones whose box meets it. */
export interface BlockTask {
  readonly window: BlockWindow;
  readonly zones: readonly number[];
  readonly band: number;
}

/** Block rows in bands of some height, each with the zones that reach into it. */
export interface BlockBands {
  readonly count: number;
  /** Bands that some zone reaches into. */
  readonly needed: number;
  zonesOf(band: number): Uint32Array;
  /** The blocks of the bands taken, band by band, row by row. */
  tasks(take: TakeBand): Generator<BlockTask, void>;
}

/** The bands of block rows `[from, to)` of an image. */
export function planBands(shapes: ZoneShapes, image: RasterImage, from: number, to: number): BlockBands {
  const { blockHeight, grid } = image;
  const together = Math.max(1, Math.ceil(MIN_BAND_ROWS / blockHeight));
  const count = Math.max(0, Math.ceil((to - from) / together));
  const endRow = Math.min(grid.height, to * blockHeight);
  const bandRows = together * blockHeight;
  const firstRow = from * blockHeight;
  const boxes = boxesOf(shapes);
  const { starts, zones } = listByBand(boxes, grid.width, firstRow, endRow, bandRows, count);
  const zonesOf = (band: number): Uint32Array => zones.subarray(starts[band] as number, starts[band + 1] as number);
  let needed = 0;
  for (let band = 0; band < count; band += 1) if (zonesOf(band).length > 0) needed += 1;
  return {
    count,
    needed,
    zonesOf,
    *tasks(take) {
      for (let band = take(); band !== undefined && band < count; band = take()) {
        const fromBlock = from + band * together;
        yield* planBlocks(boxes, zonesOf(band), image, band, fromBlock, Math.min(to, fromBlock + together));
      }
    },
  };
}

/** minU, maxU, minV, maxV of each zone, NaN where it has no shape: looked at for every block, and close together. */
type Boxes = Float64Array;

function boxesOf(shapes: ZoneShapes): Boxes {
  const boxes = new Float64Array(shapes.length * 4).fill(NaN);
  for (let zone = 0; zone < shapes.length; zone += 1) {
    const shape = shapes.at(zone) as ZoneShape | ZoneFault;
    if (typeof shape === 'string') continue;
    boxes[zone * 4] = shape.minU;
    boxes[zone * 4 + 1] = shape.maxU;
    boxes[zone * 4 + 2] = shape.minV;
    boxes[zone * 4 + 3] = shape.maxV;
  }
  return boxes;
}

const minUOf = (boxes: Boxes, zone: number): number => boxes[zone * 4] as number;
const maxUOf = (boxes: Boxes, zone: number): number => boxes[zone * 4 + 1] as number;
const minVOf = (boxes: Boxes, zone: number): number => boxes[zone * 4 + 2] as number;
const maxVOf = (boxes: Boxes, zone: number): number => boxes[zone * 4 + 3] as number;

/** Zones of each band, one band after the other. */
function listByBand(
  boxes: Boxes,
  gridWidth: number,
  firstRow: number,
  endRow: number,
  bandRows: number,
  count: number,
): { readonly starts: Uint32Array; readonly zones: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  const eachBand = (visit: (band: number, zone: number) => void): void => {
    for (let zone = 0; zone < boxes.length / 4; zone += 1) {
      if (!(maxUOf(boxes, zone) > 0 && minUOf(boxes, zone) < gridWidth)) continue;
      const first = Math.max(firstRow, Math.floor(minVOf(boxes, zone)));
      const end = Math.min(endRow, Math.ceil(maxVOf(boxes, zone)));
      if (end <= first) continue;
      const lastBand = Math.floor((end - 1 - firstRow) / bandRows);
      for (let band = Math.floor((first - firstRow) / bandRows); band <= lastBand; band += 1) visit(band, zone);
    }
  };
  eachBand(band => (starts[band + 1] = (starts[band + 1] as number) + 1));
  for (let band = 0; band < count; band += 1)
    starts[band + 1] = (starts[band + 1] as number) + (starts[band] as number);
  const zones = new Uint32Array(starts[count] as number);
  const filled = starts.slice();
  eachBand((band, zone) => {
    const at = filled[band] as number;
    zones[at] = zone;
    filled[band] = at + 1;
  });
  return { starts, zones };
}

const firstBlock = (min: number, size: number): number => Math.max(0, Math.floor(min / size));
const lastBlock = (max: number, size: number, count: number): number => Math.min(count, Math.ceil(max / size)) - 1;

/** How many blocks a zone's box meets: in so many tasks it is, over all bands. */
export function countBlocks({ minU, maxU, minV, maxV }: ZoneShape, image: RasterImage): number {
  const { blockWidth, blockHeight, blocksAcross, blocksDown } = image;
  const across = lastBlock(maxU, blockWidth, blocksAcross) - firstBlock(minU, blockWidth) + 1;
  const down = lastBlock(maxV, blockHeight, blocksDown) - firstBlock(minV, blockHeight) + 1;
  return Math.max(0, across) * Math.max(0, down);
}

function* planBlocks(
  boxes: Boxes,
  inBand: Uint32Array,
  image: RasterImage,
  band: number,
  from: number,
  to: number,
): Generator<BlockTask, void> {
  const { blockWidth, blockHeight, blocksAcross, grid } = image;
  for (let blockRow = from; blockRow < to; blockRow += 1) {
    const row = blockRow * blockHeight;
    const endRow = Math.min(grid.height, row + blockHeight);
    const byColumn = new Map<number, number[]>();
    for (const zone of inBand) {
      if (!(maxVOf(boxes, zone) > row && minVOf(boxes, zone) < endRow)) continue;
      const last = lastBlock(maxUOf(boxes, zone), blockWidth, blocksAcross);
      for (let blockCol = firstBlock(minUOf(boxes, zone), blockWidth); blockCol <= last; blockCol += 1) {
        const own = byColumn.get(blockCol);
        if (own === undefined) byColumn.set(blockCol, [zone]);
        else own.push(zone);
      }
    }
    const tasks = [...byColumn].map(([blockCol, zones]): BlockTask => {
      const lastRow = zones.reduce((last, zone) => Math.max(last, Math.ceil(maxVOf(boxes, zone))), row);
      const col = blockCol * blockWidth;
      const width = Math.min(blockWidth, grid.width - col);
      return { band, zones, window: { blockCol, blockRow, col, row, width, height: Math.min(endRow, lastRow) - row } };
    });
    yield* inOrder(tasks, image);
  }
}

/**
 * From west to east, as they lie in the file, where neighbours are fetched in one journey. Where the bytes are at hand those of as many rows are
 * neighbours, for two blocks are decoded together until the shorter one ends: most rows first and, in the next row of blocks, last.
 */
function inOrder(tasks: BlockTask[], { expectBlock }: RasterImage): BlockTask[] {
  const eastward = (a: BlockTask, b: BlockTask): number => a.window.blockCol - b.window.blockCol;
  if (expectBlock !== undefined) return tasks.sort(eastward);
  const sign = (tasks[0]?.window.blockRow ?? 0) % 2 === 0 ? -1 : 1;
  return tasks.sort((a, b) => sign * (a.window.height - b.window.height) || eastward(a, b));
}
