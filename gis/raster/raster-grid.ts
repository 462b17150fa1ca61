import type { RasterGrid } from './raster-file.ts';

/** Grid of another resolution over the same ground (an overview). */
export function gridOfSize(grid: RasterGrid, width: number, height: number): RasterGrid {
  return {
    ...grid,
    width,
    height,
    cellWidth: (grid.cellWidth * grid.width) / width,
    cellHeight: (grid.cellHeight * grid.height) / height,
  };
}

/** Whether cell (row, col) is the same ground in both, to a ten-thousandth of a cell over the whole width. */
export function isSameGrid(a: RasterGrid, b: RasterGrid): boolean {
  const toleranceX = a.cellWidth * 1e-4;
  const toleranceY = a.cellHeight * 1e-4;
  return (
    a.crs === b.crs &&
    a.width === b.width &&
    a.height === b.height &&
    Math.abs(a.originX - b.originX) < toleranceX &&
    Math.abs(a.originY - b.originY) < toleranceY &&
    Math.abs(a.cellWidth - b.cellWidth) * a.width < toleranceX &&
    Math.abs(a.cellHeight - b.cellHeight) * a.height < toleranceY
  );
}

/** `[west, south, east, north]` in the grid's own CRS. */
export function boxOfGrid(grid: RasterGrid): [west: number, south: number, east: number, north: number] {
  return [
    grid.originX,
    grid.originY - grid.height * grid.cellHeight,
    grid.originX + grid.width * grid.cellWidth,
    grid.originY,
  ];
}

/** Centre of a column and of a row, counted from 0 at the north-west corner, in the grid's own CRS. */
export const centreX = (grid: RasterGrid, col: number): number => grid.originX + (col + 0.5) * grid.cellWidth;
export const centreY = (grid: RasterGrid, row: number): number => grid.originY - (row + 0.5) * grid.cellHeight;
