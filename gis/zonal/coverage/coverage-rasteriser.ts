import type { ZoneShape } from '../zone-shape.ts';
import type { CellWindow, CoverageRows } from './coverage-rows.ts';
import { EdgeAreas } from './edge-areas.ts';
import { CHUNK_EDGES, edgeExtents } from './edge-extents.ts';
import { SpanList } from './span-list.ts';

/** Cells of the work area held at a time: 16 bytes each. */
const MAX_WORK_CELLS = 1 << 19;
/** Shapes of fewer edges are walked as fast as their chunks would be. */
const MANY_EDGES = 256;

/**
 * Exact coverage by signed areas: every edge adds, to each cell it crosses, the height it crosses there and the area between itself
 * and the cell's east side; summed from west to east that is the covered fraction.
 * Polygons must be valid for cells to count once; where rings overlap or cross themselves a cell still counts at most once.
 * One instance serves any number of zones, one after the other (it owns the work area and the answer).
 */
export class CoverageRasteriser {
  private readonly areas = new EdgeAreas();
  private readonly spans = new SpanList();
  private readonly extents = new WeakMap<ZoneShape, Float64Array>();

  /** Spans within a window, which lies on the grid; undefined where the zone has none. Good until the next call. */
  cover(shape: ZoneShape, { firstRow, endRow, firstCol, endCol }: CellWindow): CoverageRows | undefined {
    const fromRow = Math.max(firstRow, Math.floor(shape.minV));
    const toRow = Math.min(endRow, Math.ceil(shape.maxV));
    const fromCol = Math.max(firstCol, Math.floor(shape.minU));
    const toCol = Math.min(endCol, Math.ceil(shape.maxU));
    if (toRow <= fromRow || toCol <= fromCol) return undefined;
    const { areas, spans } = this;
    const width = toCol - fromCol;
    const rowCount = toRow - fromRow;
    const slabRows = Math.max(1, Math.min(rowCount, Math.floor(MAX_WORK_CELLS / width)));
    areas.reserve(width, slabRows);
    spans.clear(rowCount);
    const isWhole = slabRows >= shape.maxV - shape.minV;
    const extents = isWhole || shape.points.length < 2 * MANY_EDGES ? undefined : this.extentsOf(shape);
    for (let row = fromRow; row < toRow; row += slabRows) {
      areas.height = Math.min(slabRows, toRow - row);
      addEdges(areas, shape, fromCol, row, extents);
      spans.sweep(areas, row - fromRow, fromCol);
    }
    if (spans.length === 0) return undefined;
    const { rowStarts, starts, ends, weights } = spans;
    return { firstRow: fromRow, rowCount, rowStarts, starts, ends, weights };
  }

  private extentsOf(shape: ZoneShape): Float64Array {
    const known = this.extents.get(shape);
    if (known !== undefined) return known;
    const extents = edgeExtents(shape);
    this.extents.set(shape, extents);
    return extents;
  }
}

/** The edges of a shape, into a window whose first cell is at (originU, originV). */
function addEdges(
  areas: EdgeAreas,
  { points, ringEnds, ringSigns }: ZoneShape,
  originU: number,
  originV: number,
  extents: Float64Array | undefined,
): void {
  const { height, edge } = areas;
  let start = 0;
  let chunk = 0;
  for (let ring = 0; ring < ringEnds.length; ring += 1) {
    const end = ringEnds[ring] as number;
    const sign = ringSigns[ring] as number;
    for (let from = start; from < end; from += CHUNK_EDGES, chunk += 1) {
      if (extents !== undefined) {
        const isAbove = (extents[chunk * 2 + 1] as number) <= originV;
        const isBelow = (extents[chunk * 2] as number) >= originV + height;
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
          if (v1 > 0 && v0 < height) {
            edge[0] = u0;
            edge[1] = v0;
            edge[2] = u1;
            edge[3] = v1;
            areas.add(-sign);
          }
        } else if (v0 > v1) {
          if (v0 > 0 && v1 < height) {
            edge[0] = u1;
            edge[1] = v1;
            edge[2] = u0;
            edge[3] = v0;
            areas.add(sign);
          }
        }
        u0 = u1;
        v0 = v1;
      }
    }
    start = end;
  }
}
