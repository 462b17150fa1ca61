import { GisError } from '../errors.ts';
import type { RasterGrid } from '../raster/raster-file.ts';
import { centreX, centreY } from '../raster/raster-grid.ts';
import { createPositionMap } from './zone-shape.ts';

/**
 * Where the centres of cells `[col, col + width) x [row, row + height)` of one grid lie on another: fractional columns and rows, NaN where
 * there is no such place. Arrays are filled row by row.
 */
export type CellMapping = (
  col: number,
  row: number,
  width: number,
  height: number,
  cols: Float64Array,
  rows: Float64Array,
) => void;

/** Nodes of the exact mesh are this many cells apart; between them the mapping is linear (to a thousandth of a cell at 10 m). */
const MESH = 16;

export function createCellMapping(from: RasterGrid, to: RasterGrid): CellMapping {
  const map = createPositionMap(from.crs, to.crs);
  const toCol = (x: number): number => (x - to.originX) / to.cellWidth;
  const toRow = (y: number): number => (to.originY - y) / to.cellHeight;
  if (map === undefined) {
    return (col, row, width, height, cols, rows) => {
      for (let r = 0; r < height; r += 1) {
        const v = toRow(centreY(from, row + r));
        for (let c = 0; c < width; c += 1) {
          cols[r * width + c] = toCol(centreX(from, col + c));
          rows[r * width + c] = v;
        }
      }
    };
  }
  const exact = (col: number, row: number): [number, number] => {
    try {
      const [x, y] = map([centreX(from, col), centreY(from, row)]);
      return [toCol(x), toRow(y)];
    } catch (error) {
      if (error instanceof GisError) return [NaN, NaN];
      throw error;
    }
  };
  return (col, row, width, height, cols, rows) => {
    for (let top = 0; top < height; top += MESH) {
      for (let left = 0; left < width; left += MESH) {
        const [nw, ne, sw, se] = [
          exact(col + left, row + top),
          exact(col + left + MESH, row + top),
          exact(col + left, row + top + MESH),
          exact(col + left + MESH, row + top + MESH),
        ];
        for (let r = top; r < Math.min(height, top + MESH); r += 1) {
          const down = (r - top) / MESH;
          for (let c = left; c < Math.min(width, left + MESH); c += 1) {
            const right = (c - left) / MESH;
            const blend = (axis: 0 | 1): number =>
              (nw[axis] * (1 - right) + ne[axis] * right) * (1 - down) +
              (sw[axis] * (1 - right) + se[axis] * right) * down;
            cols[r * width + c] = blend(0);
            rows[r * width + c] = blend(1);
          }
        }
      }
    }
  };
}
