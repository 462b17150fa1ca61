import { parseCrs } from '../crs/parse-crs.ts';
import { projectorFor } from '../crs/projector.ts';
import { rowCellAreasM2 } from '../earth/cell-area.ts';
import { polygonAreaM2 } from '../earth/polygon-area.ts';
import type { RasterGrid } from '../raster/raster-file.ts';
import type { Position } from '../types.ts';

/** Ellipsoidal area of the cells of a grid. */
export interface CellAreas {
  /** Writes the area (m²) of cells `[startCol, endCol)` of a row to `out[0 …]`. */
  fillRow(row: number, startCol: number, endCol: number, out: Float64Array): void;
}

/** Between nodes this far apart the area of a projected cell is as good as linear: 2e-8 of it in transverse Mercator. */
const NODE_SPACING_M = 2560;

/** Geographic grids: exact, one area a row. Projected grids: exact at nodes, bilinear between them. */
export function createCellAreas(grid: RasterGrid): CellAreas {
  const crs = parseCrs(grid.crs);
  if (crs.kind === 'geographic') {
    const areas = rowCellAreasM2(grid.originY, grid.cellHeight, grid.cellWidth, grid.height);
    return { fillRow: (row, startCol, endCol, out) => void out.fill(areas[row] as number, 0, endCol - startCol) };
  }
  const { inverse } = projectorFor(crs);
  const cellM = Math.max(grid.cellWidth, grid.cellHeight) * (crs.unitM ?? 1);
  const spacing = Math.max(1, Math.min(256, Math.floor(NODE_SPACING_M / cellM)));
  const nodes = new Map<number, number>();
  const nodesAcross = Math.ceil(grid.width / spacing) + 2;

  /** Area of the cell whose north-west corner is (nodeCol, nodeRow) * spacing, also where that lies beyond the grid. */
  const nodeArea = (nodeRow: number, nodeCol: number): number => {
    const key = nodeRow * nodesAcross + nodeCol;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const west = grid.originX + nodeCol * spacing * grid.cellWidth;
    const north = grid.originY - nodeRow * spacing * grid.cellHeight;
    const corner = (x: number, y: number): Position => inverse([x, y]);
    const [east, south] = [west + grid.cellWidth, north - grid.cellHeight];
    const ring = [corner(west, south), corner(east, south), corner(east, north), corner(west, north)];
    const areaM2 = polygonAreaM2({ type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] });
    nodes.set(key, areaM2);
    return areaM2;
  };

  return {
    fillRow(row, startCol, endCol, out) {
      const nodeRow = Math.floor(row / spacing);
      const down = (row - nodeRow * spacing) / spacing;
      for (let nodeCol = Math.floor(startCol / spacing); nodeCol * spacing < endCol; nodeCol += 1) {
        const lower = down === 0 ? 0 : 1;
        const west = nodeArea(nodeRow, nodeCol) * (1 - down) + nodeArea(nodeRow + lower, nodeCol) * down;
        const east = nodeArea(nodeRow, nodeCol + 1) * (1 - down) + nodeArea(nodeRow + lower, nodeCol + 1) * down;
        const from = Math.max(startCol, nodeCol * spacing);
        const to = Math.min(endCol, (nodeCol + 1) * spacing);
        for (let col = from; col < to; col += 1) {
          out[col - startCol] = west + ((east - west) * (col - nodeCol * spacing)) / spacing;
        }
      }
    },
  };
}
