import type { RasterImage } from '../../raster/raster-file.ts';
import type { BlockWindow } from '../block-inputs.ts';
import type { ZoneShapes } from '../zonal-plan.ts';
import type { ZoneFault, ZoneShape } from '../zone-shape.ts';

/** Rows planned together at least: files in strips of a row or two would otherwise have a list of zones for each. */
const MIN_BAND_ROWS = 128;

/** A band, counted from 0, or one of the halves that its blocks can be dealt in. */
export interface TakenBand {
  readonly band: number;
  readonly part: 'whole' | 'first' | 'second';
}

/** What comes next; undefined or beyond the last band = nothing. Called when what came before is nearly done. */
export type TakeBand = () => TakenBand | undefined;

/** From the first band to the last. */
export function ascending(): TakeBand {
  let next = 0;
  return () => ({ band: next++, part: 'whole' });
}

/** A block to be read, how many rows of it, and the zones whose box meets it. */
export interface BlockTask {
  readonly window: BlockWindow;
  readonly zones: Uint32Array;
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

interface PlannedBands {
  readonly image: RasterImage;
  readonly from: number;
  readonly to: number;
  readonly bands: BlockBands;
}

/** Those planned last: whoever shares them out takes a share as well. */
const planned = new WeakMap<ZoneShapes, PlannedBands>();

/** The bands of block rows `[from, to)` of an image. */
export function planBands(shapes: ZoneShapes, image: RasterImage, from: number, to: number): BlockBands {
  const last = planned.get(shapes);
  if (last !== undefined && last.image === image && last.from === from && last.to === to) return last.bands;
  const bands = listBands(shapes, image, from, to);
  planned.set(shapes, { image, from, to, bands });
  return bands;
}

function listBands(shapes: ZoneShapes, image: RasterImage, from: number, to: number): BlockBands {
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
      for (let taken = take(); taken !== undefined && taken.band < count; taken = take()) {
        const { band, part } = taken;
        const fromBlock = from + band * together;
        const endBlock = Math.min(to, fromBlock + together);
        for (let blockRow = fromBlock; blockRow < endBlock; blockRow += 1) {
          yield* partOf(inOrder(planRow(boxes, zonesOf(band), image, band, blockRow), image), part);
        }
      }
    },
  };
}

function partOf(tasks: readonly BlockTask[], part: TakenBand['part']): readonly BlockTask[] {
  if (part === 'whole') return tasks;
  // Two blocks are decoded together.
  const half = 2 * Math.ceil(tasks.length / 4);
  return part === 'first' ? tasks.slice(0, half) : tasks.slice(half);
}

/** minU, maxU, minV, maxV and another number of each zone, NaN where it has no shape: looked at for every block, and close together. */
type Boxes = Float64Array;
const BOX = 5;

function boxesOf(shapes: ZoneShapes): Boxes {
  if (shapes.columns !== undefined) return shapes.columns.extents;
  const boxes = new Float64Array(shapes.length * BOX).fill(NaN);
  for (let zone = 0; zone < shapes.length; zone += 1) {
    const shape = shapes.at(zone) as ZoneShape | ZoneFault;
    if (typeof shape === 'string') continue;
    boxes[zone * BOX] = shape.minU;
    boxes[zone * BOX + 1] = shape.maxU;
    boxes[zone * BOX + 2] = shape.minV;
    boxes[zone * BOX + 3] = shape.maxV;
  }
  return boxes;
}

/** Zones of each band, one band after the other. */
function listByBand(
  boxes: Boxes,
  gridWidth: number,
  firstRow: number,
  endRow: number,
  bandRows: number,
  count: number,
): ZoneLists {
  const zones = new Uint32Array(boxes.length / BOX);
  const firsts = new Int32Array(zones.length);
  const lasts = new Int32Array(zones.length);
  for (let zone = 0; zone < zones.length; zone += 1) {
    zones[zone] = zone;
    lasts[zone] = -1;
    const at = zone * BOX;
    if (!((boxes[at + 1] as number) > 0 && (boxes[at] as number) < gridWidth)) continue;
    const first = Math.max(firstRow, Math.floor(boxes[at + 2] as number));
    const end = Math.min(endRow, Math.ceil(boxes[at + 3] as number));
    if (end <= first) continue;
    firsts[zone] = Math.floor((first - firstRow) / bandRows);
    lasts[zone] = Math.floor((end - 1 - firstRow) / bandRows);
  }
  return listZones(zones, firsts, lasts, count);
}

/** Numbers of zones in lists: list i is `zones.subarray(starts[i], starts[i + 1])`. */
interface ZoneLists {
  readonly starts: Uint32Array;
  readonly zones: Uint32Array;
}

/**
 * Puts zone `zones[i]` in the lists from `firsts[i]` to `lasts[i]`; in none where the last comes before the first. Counted and dealt in plain
 * loops: maps of lists are nothing that ten thousand zones are long enough to have compiled.
 */
function listZones(zones: Uint32Array, firsts: Int32Array, lasts: Int32Array, count: number): ZoneLists {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < zones.length; i += 1) {
    const last = lasts[i] as number;
    for (let list = firsts[i] as number; list <= last; list += 1) starts[list + 1] = (starts[list + 1] as number) + 1;
  }
  for (let list = 0; list < count; list += 1) {
    starts[list + 1] = (starts[list + 1] as number) + (starts[list] as number);
  }
  const filled = starts.slice();
  const listed = new Uint32Array(starts[count] as number);
  for (let i = 0; i < zones.length; i += 1) {
    const last = lasts[i] as number;
    for (let list = firsts[i] as number; list <= last; list += 1) {
      const at = filled[list] as number;
      listed[at] = zones[i] as number;
      filled[list] = at + 1;
    }
  }
  return { starts, zones: listed };
}

const firstBlock = (min: number, size: number): number => Math.max(0, Math.floor(min / size));
const lastBlock = (max: number, size: number, count: number): number => Math.min(count, Math.ceil(max / size)) - 1;

/** How a raster is cut into blocks. */
export type BlockGrid = Pick<RasterImage, 'blockWidth' | 'blockHeight' | 'blocksAcross' | 'blocksDown'>;

/** How many blocks a zone's box meets: in so many tasks it is, over all bands. */
export function countBlocks(
  { minU, maxU, minV, maxV }: Pick<ZoneShape, 'minU' | 'maxU' | 'minV' | 'maxV'>,
  image: BlockGrid,
): number {
  const { blockWidth, blockHeight, blocksAcross, blocksDown } = image;
  const across = lastBlock(maxU, blockWidth, blocksAcross) - firstBlock(minU, blockWidth) + 1;
  const down = lastBlock(maxV, blockHeight, blocksDown) - firstBlock(minV, blockHeight) + 1;
  return Math.max(0, across) * Math.max(0, down);
}

/** The same of a zone of columns. */
export function countBlocksAt(extents: Float64Array, zone: number, image: BlockGrid): number {
  const at = zone * BOX;
  const [minU, maxU] = [extents[at] as number, extents[at + 1] as number];
  const [minV, maxV] = [extents[at + 2] as number, extents[at + 3] as number];
  return countBlocks({ minU, maxU, minV, maxV }, image);
}

/** The blocks of a row of them, from west to east. */
function planRow(boxes: Boxes, inBand: Uint32Array, image: RasterImage, band: number, blockRow: number): BlockTask[] {
  const { blockWidth, blockHeight, blocksAcross, grid } = image;
  const row = blockRow * blockHeight;
  const endRow = Math.min(grid.height, row + blockHeight);
  const firsts = new Int32Array(inBand.length);
  const lasts = new Int32Array(inBand.length);
  const endRows = new Float64Array(blocksAcross);
  for (let i = 0; i < inBand.length; i += 1) {
    const at = (inBand[i] as number) * BOX;
    const maxV = boxes[at + 3] as number;
    lasts[i] = -1;
    if (!(maxV > row && (boxes[at + 2] as number) < endRow)) continue;
    const end = Math.min(endRow, Math.ceil(maxV));
    const last = lastBlock(boxes[at + 1] as number, blockWidth, blocksAcross);
    firsts[i] = firstBlock(boxes[at] as number, blockWidth);
    lasts[i] = last;
    for (let col = firsts[i] as number; col <= last; col += 1) if ((endRows[col] as number) < end) endRows[col] = end;
  }
  const lists = listZones(inBand, firsts, lasts, blocksAcross);
  const tasks: BlockTask[] = [];
  for (let blockCol = 0; blockCol < blocksAcross; blockCol += 1) {
    const zones = lists.zones.subarray(lists.starts[blockCol], lists.starts[blockCol + 1]);
    if (zones.length === 0) continue;
    const col = blockCol * blockWidth;
    const width = Math.min(blockWidth, grid.width - col);
    const height = (endRows[blockCol] as number) - row;
    tasks.push({ band, zones, window: { blockCol, blockRow, col, row, width, height } });
  }
  return tasks;
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
