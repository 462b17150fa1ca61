import type { CrsCode } from '../../gis/crs/crs.ts';
import { projectorFor } from '../../gis/crs/projector.ts';
import type { RasterGrid } from '../../gis/raster/raster-file.ts';
import type { MultiPolygon, Position } from '../../gis/types.ts';
import type { SitePlane } from '../terrain/plane.ts';

/** A raster grid with the ways from and to it. */
export interface SceneGrid {
  readonly grid: RasterGrid;
  /** Column and row, with fractions: 0, 0 is the outer corner of the first cell. */
  toCell(position: Position): readonly [column: number, row: number];
  /** Metres in the site's plane of the centre of a cell. */
  toPlane(column: number, row: number): readonly [xM: number, yM: number];
}

/** A grid of 10 m cells (or about 10 m in degrees) around a site, its corner on a multiple of the cell. */
export function sceneGrid(crs: string, plane: SitePlane, halfSideM: number): SceneGrid {
  const projector = projectorFor(crs as CrsCode);
  const [x, y] = projector.forward(plane.centre);
  const cell = projector.isIdentity ? 0.0001 : 10;
  const metresPerCell = projector.isIdentity ? 11.12 : 10;
  const half = Math.round(halfSideM / metresPerCell / 2) * 2;
  // Cells of a degree grid are narrower than high: more columns make a square scene.
  const [widthM] = plane.toPlane([plane.centre[0] + 0.0001, plane.centre[1]]);
  const halfColumns = projector.isIdentity ? Math.round(halfSideM / widthM / 2) * 2 : half;
  const column0 = Math.round(x / cell / 2) * 2 - halfColumns;
  const row0 = Math.round(y / cell / 2) * 2 + half;
  const perUnit = Math.round(1 / cell);
  const toUnits = (cells: number): number => (projector.isIdentity ? cells / perUnit : cells * cell);
  const grid: RasterGrid = {
    width: halfColumns * 2,
    height: half * 2,
    originX: toUnits(column0),
    originY: toUnits(row0),
    cellWidth: cell,
    cellHeight: cell,
    crs,
  };
  const planeAt = (column: number, row: number): readonly [number, number] =>
    plane.toPlane(projector.inverse([grid.originX + column * cell, grid.originY - row * cell]));
  const [nw, ne, sw] = [planeAt(0, 0), planeAt(grid.width, 0), planeAt(0, grid.height)];
  return {
    grid,
    toCell: position => {
      const [px, py] = projector.forward(position);
      return [(px - grid.originX) / cell, (grid.originY - py) / cell];
    },
    toPlane: (column, row) => {
      const s = (column + 0.5) / grid.width;
      const t = (row + 0.5) / grid.height;
      return [nw[0] + (ne[0] - nw[0]) * s + (sw[0] - nw[0]) * t, nw[1] + (ne[1] - nw[1]) * s + (sw[1] - nw[1]) * t];
    },
  };
}

/** Calls `visit` with the index of every cell whose centre lies in a polygon (even-odd over all rings). */
export function fillPolygon(scene: SceneGrid, polygon: MultiPolygon, visit: (index: number) => void): void {
  const { width, height } = scene.grid;
  const crossings = new Map<number, number[]>();
  for (const ring of polygon.coordinates.flat()) {
    const cells = ring.map(position => scene.toCell(position));
    for (let at = 0; at + 1 < cells.length; at++) {
      const [x1, y1] = cells[at]!;
      const [x2, y2] = cells[at + 1]!;
      const first = Math.max(Math.ceil(Math.min(y1, y2) - 0.5), 0);
      const last = Math.min(Math.ceil(Math.max(y1, y2) - 0.5), height);
      for (let row = first; row < last; row++) {
        const list = crossings.get(row) ?? [];
        list.push(x1 + ((row + 0.5 - y1) * (x2 - x1)) / (y2 - y1));
        crossings.set(row, list);
      }
    }
  }
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b);
    for (let at = 0; at + 1 < xs.length; at += 2) {
      const first = Math.max(Math.ceil(xs[at]! - 0.5), 0);
      const last = Math.min(Math.ceil(xs[at + 1]! - 0.5), width);
      for (let column = first; column < last; column++) visit(row * width + column);
    }
  }
}
