import { applyHorizontalDifferencing } from '../../../raster/tiff/predictor.ts';
import { ownInflater } from '../../../raster/tiff/inflate/inflater.ts';
import type { ShapeColumns } from '../../zonal-plan.ts';
import type { ZoneShape } from '../../zone-shape.ts';
import type { Pairs } from './pairs.ts';

export const WIDTH = 96;
export const ROWS = 40;
export const FIRST = { row: 400, col: 96 };
export const window = { ...FIRST, blockCol: 1, blockRow: 10, width: WIDTH, height: ROWS };
export const cellWindow = {
  firstRow: FIRST.row,
  endRow: FIRST.row + ROWS,
  firstCol: FIRST.col,
  endCol: FIRST.col + WIDTH,
};
/** The block in hand is in the second column, and one row of a few. */
export const image = { blockWidth: WIDTH, blockHeight: ROWS, blocksAcross: 3, blocksDown: 12 };
const meta = { rowStride: WIDTH, missingLower: -1, missingUpper: -1, isLowFirst: true };

/** A block as the reader leaves it: in a room of the module's memory, its differences not undone. The host brings `deflate`. */
export function lendBlock(
  deflate: (bytes: Uint8Array) => Uint8Array,
  cells: Uint16Array,
  width = WIDTH,
  rows = ROWS,
): { readonly pairs: Pairs; readonly giveBack: () => void } {
  const stored = cells.slice();
  applyHorizontalDifferencing(stored, width, rows, 2);
  const bytes = new Uint8Array(stored.buffer);
  const predicted = { predictor: 2, sampleBytes: 2, samplesPerCell: 2, rowBytes: width * 4, rows } as const;
  const length = { expectedBytes: bytes.length, wantedBytes: bytes.length };
  const [block] = ownInflater()?.inflate([{ compressed: deflate(bytes), ...length, predicted }]) ?? [];
  if (block?.pending === undefined || block.giveBack === undefined) throw new Error('not lent');
  const { goodCells, undoRow } = block.pending;
  const prepare = (row: number): void => {
    if (goodCells[row] !== width) undoRow(row);
    goodCells[row] = width;
  };
  const inRoom = new Int32Array(block.bytes.buffer, block.bytes.byteOffset, width * rows);
  return {
    pairs: { ...meta, rowStride: width, cells: inRoom, pending: { ready: goodCells, prepare } },
    giveBack: block.giveBack,
  };
}

export function shapeOf(corners: readonly (readonly [u: number, v: number])[]): ZoneShape {
  const [us, vs] = [corners.map(corner => corner[0]), corners.map(corner => corner[1])];
  return {
    points: Float64Array.from(corners.flat()),
    ringEnds: Uint32Array.of(corners.length),
    ringSigns: Int8Array.of(1),
    minU: Math.min(...us),
    maxU: Math.max(...us),
    minV: Math.min(...vs),
    maxV: Math.max(...vs),
    areaCells: 1,
  };
}

/** A star about a centre, counted from the first cell of the block in hand. */
export function starOf({ u, v, radii }: { u: number; v: number; radii: readonly number[] }): ZoneShape {
  const corners = radii.map((radius, i): [number, number] => {
    const angle = (2 * Math.PI * i) / radii.length;
    return [FIRST.col + u + radius * Math.cos(angle), FIRST.row + v + radius * Math.sin(angle)];
  });
  return shapeOf(corners);
}

/** Of more corners than are summed together. */
export const large: ZoneShape = shapeOf(
  Array.from({ length: 5000 }, (_, i) => [
    FIRST.col + 40 + 30 * Math.cos(i / 795),
    FIRST.row + 20 + 9 * Math.sin(i / 795),
  ]),
);

export function columnsOf(shapes: readonly ZoneShape[]): ShapeColumns {
  const upTo = (lengths: readonly number[]): Uint32Array => {
    let total = 0;
    return Uint32Array.from(lengths, length => (total += length));
  };
  const ends = upTo(shapes.map(({ points }) => points.length));
  return {
    rooms: [Float64Array.from(shapes.flatMap(({ points }) => [...points]))],
    roomOf: new Uint32Array(shapes.length),
    pointStarts: Uint32Array.of(0, ...ends.subarray(0, -1)),
    pointEnds: ends,
    ringEnds: Uint32Array.from(shapes.flatMap(one => [...one.ringEnds])),
    ringSigns: Int8Array.from(shapes.flatMap(one => [...one.ringSigns])),
    ringTotals: upTo(shapes.map(one => one.ringEnds.length)),
    extents: Float64Array.from(shapes.flatMap(one => [one.minU, one.maxU, one.minV, one.maxV, one.areaCells])),
  };
}
