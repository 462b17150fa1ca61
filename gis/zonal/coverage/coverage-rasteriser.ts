import { GisError } from '../../errors.ts';
import { ownWasmInstance } from '../../wasm/wasm-instance.ts';
import type { WasmInstance } from '../../wasm/wasm-instance.ts';
import type { ZoneShape } from '../zone-shape.ts';
import type { CellWindow, CoverageRows } from './coverage-rows.ts';
import { coverageRoom } from './coverage-room.ts';
import type { CoverageRoom } from './coverage-room.ts';
import { CHUNK_EDGES, edgeExtents } from './edge-extents.ts';

/**
 * Exact coverage by signed areas: every edge adds, to each cell it crosses, the height it crosses there and the area between itself
 * and the cell's east side; summed from west to east that is the covered fraction. The arithmetic is WebAssembly, in the memory in which
 * blocks are inflated: cells can be summed there as well.
 * Polygons must be valid for cells to count once; where rings overlap or cross themselves a cell still counts at most once.
 * One instance serves any number of zones, one after the other; all of a thread have the same work area and answer.
 */
export class CoverageRasteriser {
  readonly #wasm: WasmInstance;
  readonly #extents = new WeakMap<ZoneShape, Float64Array>();
  #room: CoverageRoom;
  #shape: ZoneShape | undefined;
  /** What is left of the window. */
  #window: CellWindow = { firstRow: 0, endRow: 0, firstCol: 0, endCol: 0 };
  #row = 0;
  #col = 0;

  /** Throws GisError `no-webassembly`. */
  constructor() {
    const wasm = ownWasmInstance();
    if (wasm === undefined) throw new GisError('no-webassembly');
    this.#wasm = wasm;
    this.#room = coverageRoom(wasm);
  }

  /**
   * Spans within a window, which lies on the grid; undefined where the zone has none. Good until the next call. Of a window larger than the work
   * area they are the first part: `more` gives the others.
   */
  cover(shape: ZoneShape, { firstRow, endRow, firstCol, endCol }: CellWindow): CoverageRows | undefined {
    this.#shape = shape;
    this.#row = Math.max(firstRow, Math.floor(shape.minV));
    this.#col = Math.max(firstCol, Math.floor(shape.minU));
    this.#window = {
      firstRow: this.#row,
      firstCol: this.#col,
      endRow: Math.min(endRow, Math.ceil(shape.maxV)),
      endCol: Math.min(endCol, Math.ceil(shape.maxU)),
    };
    return this.more();
  }

  /** The next part of the window that was given last; undefined where there is none. */
  more(): CoverageRows | undefined {
    const { endRow, firstCol, endCol } = this.#window;
    const most = this.#wasm.MAX_CELLS.value;
    const rowCount = Math.max(1, Math.floor(most / (endCol - firstCol)));
    while (this.#row < endRow && this.#col < endCol) {
      const row = this.#row;
      const col = this.#col;
      const height = Math.min(rowCount, endRow - row);
      const width = Math.min(most, endCol - col);
      const isLast = col + width === endCol;
      this.#row = isLast ? row + height : row;
      this.#col = isLast ? firstCol : col + width;
      const rows = this.#coverPart(row, col, width, height);
      if (rows !== undefined) return rows;
    }
    return undefined;
  }

  #coverPart(row: number, col: number, width: number, height: number): CoverageRows | undefined {
    const wasm = this.#wasm;
    const shape = this.#shape as ZoneShape;
    if (this.#room.points.buffer !== wasm.memory.buffer) this.#room = coverageRoom(wasm);
    const { points, rowStarts, starts, ends, weights } = this.#room;
    wasm.openWindow(col, row, width, height);
    if (shape.points.length <= points.length) addWhole(wasm, points, shape);
    else addNear(wasm, points, shape, this.#extentsOf(shape), row, row + height);
    if (wasm.sweep(col) === 0) return undefined;
    return { firstRow: row, rowCount: height, rowStarts, starts, ends, weights };
  }

  #extentsOf(shape: ZoneShape): Float64Array {
    const known = this.#extents.get(shape);
    if (known !== undefined) return known;
    const extents = edgeExtents(shape);
    this.#extents.set(shape, extents);
    return extents;
  }
}

function addWhole(wasm: WasmInstance, room: Float64Array, { points, ringEnds, ringSigns }: ZoneShape): void {
  room.set(points);
  let start = 0;
  for (let ring = 0; ring < ringEnds.length; ring += 1) {
    const end = ringEnds[ring] as number;
    wasm.addRing(start, end, ringSigns[ring] as number);
    start = end;
  }
}

/** The edges of a large shape in chunks, those left out that lie above or below the rows. */
function addNear(
  wasm: WasmInstance,
  room: Float64Array,
  { points, ringEnds, ringSigns }: ZoneShape,
  extents: Float64Array,
  firstRow: number,
  endRow: number,
): void {
  let start = 0;
  let chunk = 0;
  ringEnds.forEach((end, ring) => {
    for (let from = start; from < end; from += CHUNK_EDGES, chunk += 1) {
      if ((extents[chunk * 2 + 1] as number) <= firstRow || (extents[chunk * 2] as number) >= endRow) continue;
      const to = Math.min(end, from + CHUNK_EDGES);
      room.set(points.subarray(2 * from, 2 * Math.min(end, to + 1)));
      // The last edge of a ring leads back to its first corner.
      if (to === end) room.set(points.subarray(2 * start, 2 * start + 2), 2 * (end - from));
      wasm.addLine(0, to - from, ringSigns[ring] as number);
    }
    start = end;
  });
}
