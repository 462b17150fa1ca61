import type { ZoneShape } from './zone-shape.ts';

/**
 * Which cells of a window a zone covers, and how much of each: for every row a list of spans from west to east, each a run of cells
 * covered by the same fraction (1 = wholly inside). The arrays belong to the rasteriser, are longer than what is used of them, and hold
 * only until its next answer.
 */
export interface CoverageRows {
  readonly firstRow: number;
  readonly rowCount: number;
  /** Spans of row `firstRow + r` are `rowStarts[r] … rowStarts[r + 1]`. */
  readonly rowStarts: Uint32Array;
  /** Columns of the grid: `[starts[s], ends[s])`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
}

/** Rows and columns of the grid, ends excluded. */
export interface CellWindow {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstCol: number;
  readonly endCol: number;
}

/** Less than this of a cell is rounding, not ground. */
const NOTHING = 1e-12;
/** Cells of the work area held at a time: 16 bytes each. */
const MAX_WORK_CELLS = 1 << 19;
/** Edges whose extent is known together, so that those far from the rows wanted are passed over at once. */
const CHUNK_EDGES = 64;
/** Shapes of fewer edges are walked as fast as their chunks would be. */
const MANY_EDGES = 256;

/**
 * Exact coverage by signed areas: every edge adds, to each cell it crosses, the height it crosses there and the area between itself
 * and the cell's east side; summed from west to east that is the covered fraction.
 * Polygons must be valid for cells to count once; where rings overlap or cross themselves a cell still counts at most once.
 * One instance serves any number of zones, one after the other (it owns the work area and the answer).
 */
export class CoverageRasteriser {
  private work = new Float64Array(0);
  private touched = new Int32Array(0);
  private rowStarts = new Uint32Array(513);
  private starts = new Int32Array(2048);
  private ends = new Int32Array(2048);
  private weights = new Float64Array(2048);
  private length = 0;
  private width = 0;
  private height = 0;
  private words = 0;
  private readonly chunks = new WeakMap<ZoneShape, Float64Array>();

  /** Spans within a window, which lies on the grid; undefined where the zone has none. Good until the next call. */
  cover(shape: ZoneShape, { firstRow, endRow, firstCol, endCol }: CellWindow): CoverageRows | undefined {
    const fromRow = Math.max(firstRow, Math.floor(shape.minV));
    const toRow = Math.min(endRow, Math.ceil(shape.maxV));
    const fromCol = Math.max(firstCol, Math.floor(shape.minU));
    const toCol = Math.min(endCol, Math.ceil(shape.maxU));
    if (toRow <= fromRow || toCol <= fromCol) return undefined;
    const rowCount = toRow - fromRow;
    this.length = 0;
    this.width = toCol - fromCol;
    this.words = (this.width + 31) >> 5;
    if (this.rowStarts.length <= rowCount) this.rowStarts = new Uint32Array(rowCount * 2);
    const slabRows = Math.max(1, Math.min(rowCount, Math.floor(MAX_WORK_CELLS / this.width)));
    this.reserveWork(slabRows);
    const isWhole = slabRows >= shape.maxV - shape.minV;
    const chunks = isWhole || shape.points.length < 2 * MANY_EDGES ? undefined : this.chunksOf(shape);
    for (let row = fromRow; row < toRow; row += slabRows) {
      this.height = Math.min(slabRows, toRow - row);
      this.addEdges(shape, fromCol, row, chunks);
      this.sweep(row - fromRow, fromCol);
    }
    if (this.length === 0) return undefined;
    const { rowStarts, starts, ends, weights } = this;
    return { firstRow: fromRow, rowCount, rowStarts, starts, ends, weights };
  }

  private reserveWork(rows: number): void {
    const cells = rows * this.width;
    // Half as much again: zones come in any order of size, and each new area has to be cleared by the machine.
    if (this.work.length < cells * 2) this.work = new Float64Array(cells * 3);
    if (this.touched.length < rows * this.words) this.touched = new Int32Array((rows * this.words * 3) >> 1);
  }

  private chunksOf(shape: ZoneShape): Float64Array {
    const known = this.chunks.get(shape);
    if (known !== undefined) return known;
    const extents = extentsOf(shape);
    this.chunks.set(shape, extents);
    return extents;
  }

  private addEdges(shape: ZoneShape, originU: number, originV: number, chunks: Float64Array | undefined): void {
    const { points, ringEnds, ringSigns } = shape;
    const height = this.height;
    let start = 0;
    let chunk = 0;
    for (let ring = 0; ring < ringEnds.length; ring += 1) {
      const end = ringEnds[ring] as number;
      const sign = ringSigns[ring] as number;
      for (let from = start; from < end; from += CHUNK_EDGES, chunk += 1) {
        if (chunks !== undefined) {
          const isAbove = (chunks[chunk * 2 + 1] as number) <= originV;
          const isBelow = (chunks[chunk * 2] as number) >= originV + height;
          if (isAbove || isBelow) continue;
        }
        const to = Math.min(end, from + CHUNK_EDGES);
        let u0 = (points[from * 2] as number) - originU;
        let v0 = (points[from * 2 + 1] as number) - originV;
        for (let i = from + 1; i <= to; i += 1) {
          const at = (i === end ? start : i) * 2;
          const u1 = (points[at] as number) - originU;
          const v1 = (points[at + 1] as number) - originV;
          if (v0 < v1) {
            if (v1 > 0 && v0 < height) this.addEdge(u0, v0, u1, v1, -sign);
          } else if (v0 > v1) {
            if (v0 > 0 && v1 < height) this.addEdge(u1, v1, u0, v0, sign);
          }
          u0 = u1;
          v0 = v1;
        }
      }
      start = end;
    }
  }

  /** Downward edge (v0 < v1), cut to the work area: west of it its height still counts, east of it nothing does. */
  private addEdge(u0: number, v0: number, u1: number, v1: number, sign: number): void {
    const slope = (u1 - u0) / (v1 - v0);
    let top = v0;
    let bottom = v1;
    let uTop = u0;
    let uBottom = u1;
    if (top < 0) {
      uTop = u0 - v0 * slope;
      top = 0;
    }
    if (bottom > this.height) {
      bottom = this.height;
      uBottom = u0 + (bottom - v0) * slope;
    }
    const width = this.width;
    if (uTop >= 0 && uTop <= width && uBottom >= 0 && uBottom <= width) {
      this.addInside(uTop, top, uBottom, bottom, sign);
      return;
    }
    // Cut at both sides; the pieces outside are laid onto the side.
    const cuts = [top];
    const atWest = top - uTop / slope;
    const atEast = top + (width - uTop) / slope;
    for (const cut of atWest < atEast ? [atWest, atEast] : [atEast, atWest]) {
      if (cut > top && cut < bottom) cuts.push(cut);
    }
    cuts.push(bottom);
    for (let i = 1; i < cuts.length; i += 1) {
      const a = cuts[i - 1] as number;
      const b = cuts[i] as number;
      const uA = i === 1 ? uTop : uTop + (a - top) * slope;
      const uB = i === cuts.length - 1 ? uBottom : uTop + (b - top) * slope;
      this.addInside(Math.min(width, Math.max(0, uA)), a, Math.min(width, Math.max(0, uB)), b, sign);
    }
  }

  private addInside(u0: number, v0: number, u1: number, v1: number, sign: number): void {
    const { width, words, work, touched } = this;
    const slope = v1 > v0 ? (u1 - u0) / (v1 - v0) : 0;
    const lastRow = Math.ceil(v1) - 1;
    let a = u0;
    let top = v0;
    for (let row = Math.floor(v0); row <= lastRow; row += 1) {
      const bottom = row === lastRow ? v1 : row + 1;
      let b = row === lastRow ? u1 : u0 + (bottom - v0) * slope;
      if (b < 0) b = 0;
      else if (b > width) b = width;
      const rise = (bottom - top) * sign;
      const west = a < b ? a : b;
      const east = a < b ? b : a;
      const col = Math.floor(west);
      const base = row * width;
      if (east <= col + 1) {
        if (col < width) {
          const at = (base + col) * 2;
          work[at] = (work[at] as number) + rise;
          work[at + 1] = (work[at + 1] as number) + rise * (col + 1 - (a + b) / 2);
          touched[row * words + (col >> 5)] = (touched[row * words + (col >> 5)] as number) | (1 << (col & 31));
        }
      } else {
        const perCol = rise / (east - west);
        const lastCol = Math.min(width, Math.ceil(east)) - 1;
        for (let c = col; c <= lastCol; c += 1) {
          const left = c === col ? west : c;
          const right = c === lastCol ? Math.min(east, c + 1) : c + 1;
          const part = perCol * (right - left);
          const at = (base + c) * 2;
          work[at] = (work[at] as number) + part;
          work[at + 1] = (work[at + 1] as number) + part * (c + 1 - (left + right) / 2);
          touched[row * words + (c >> 5)] = (touched[row * words + (c >> 5)] as number) | (1 << (c & 31));
        }
      }
      a = b;
      top = bottom;
    }
  }

  /** Sums the rows of the work area from west to east, writes their spans and leaves the area empty. */
  private sweep(rowsBefore: number, firstCol: number): void {
    const { width, words, work, touched, height: rows } = this;
    let length = this.length;
    this.rowStarts[rowsBefore] = length;
    for (let row = 0; row < rows; row += 1) {
      // Each cell can end one run and be one of its own.
      this.reserveSpans(length, 2 * width + 2);
      const { starts, ends, weights } = this;
      const rowStart = length;
      let height = 0;
      let next = 0;
      for (let word = 0; word <= words; word += 1) {
        // One step beyond the last word stands for the side of the window.
        let bits = word === words ? 1 : (touched[row * words + word] as number);
        if (bits === 0) continue;
        if (word < words) touched[row * words + word] = 0;
        while (bits !== 0) {
          const lowest = bits & -bits;
          bits ^= lowest;
          const col = word === words ? width : (word << 5) + 31 - Math.clz32(lowest);
          if (col > next) {
            // Between touched cells the height stays as it is: 1 inside, a fraction above or below a side along the row.
            height = withoutRounding(height);
            if (height !== 0) {
              const weight = height < 0 ? (height < -1 ? 1 : -height) : height > 1 ? 1 : height;
              if (length > rowStart && weights[length - 1] === weight && ends[length - 1] === next + firstCol) {
                ends[length - 1] = col + firstCol;
              } else {
                starts[length] = next + firstCol;
                ends[length] = col + firstCol;
                weights[length] = weight;
                length += 1;
              }
            }
          }
          if (col === width) break;
          const at = (row * width + col) * 2;
          const covered = withoutRounding(height + (work[at + 1] as number));
          height += work[at] as number;
          work[at] = 0;
          work[at + 1] = 0;
          next = col + 1;
          if (covered === 0) continue;
          const weight = covered < 0 ? (covered < -1 ? 1 : -covered) : covered > 1 ? 1 : covered;
          if (length > rowStart && weights[length - 1] === weight && ends[length - 1] === col + firstCol) {
            ends[length - 1] = next + firstCol;
          } else {
            starts[length] = col + firstCol;
            ends[length] = next + firstCol;
            weights[length] = weight;
            length += 1;
          }
        }
      }
      this.rowStarts[rowsBefore + row + 1] = length;
    }
    this.length = length;
  }

  private reserveSpans(used: number, more: number): void {
    const wanted = used + more;
    if (wanted <= this.starts.length) return;
    const grow = <T extends Int32Array | Float64Array>(old: T, bigger: T): T => (bigger.set(old), bigger);
    this.starts = grow(this.starts, new Int32Array(wanted * 2));
    this.ends = grow(this.ends, new Int32Array(wanted * 2));
    this.weights = grow(this.weights, new Float64Array(wanted * 2));
  }
}

/** Heights within rounding of a whole number are that number. */
function withoutRounding(height: number): number {
  const whole = Math.round(height);
  const difference = height - whole;
  return difference < NOTHING && difference > -NOTHING ? whole : height;
}

/** Least and greatest v of each chunk of edges, ring by ring. */
function extentsOf({ points, ringEnds }: ZoneShape): Float64Array {
  const extents: number[] = [];
  let start = 0;
  ringEnds.forEach(end => {
    for (let from = start; from < end; from += CHUNK_EDGES) {
      let min = Infinity;
      let max = -Infinity;
      for (let i = from; i <= Math.min(end, from + CHUNK_EDGES); i += 1) {
        const v = points[(i === end ? start : i) * 2 + 1] as number;
        if (v < min) min = v;
        if (v > max) max = v;
      }
      extents.push(min, max);
    }
    start = end;
  });
  return Float64Array.from(extents);
}
