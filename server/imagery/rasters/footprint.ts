// The ground a raster covers, as a polygon in longitude and latitude.
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { parseCrs } from '../../../gis/crs/parse-crs.ts';
import { projectorFor, type Projector } from '../../../gis/crs/projector.ts';
import { boxOfGrid } from '../../../gis/raster/raster-grid.ts';
import type { RasterGrid } from '../../../gis/raster/raster-file.ts';
import type { Polygon, Position } from '../../../gis/types.ts';
import { AppError } from '../../platform/errors.ts';

const POINTS_PER_SIDE = 16;

export const projectorOfGrid = (grid: RasterGrid): Projector => projectorFor(parseCrs(grid.crs));

/** Points along the border of a grid, counter-clockwise from the north-west corner, closed; in the grid's own system. */
export function gridOutline(grid: RasterGrid): Position[] {
  const [west, south, east, north] = boxOfGrid(grid);
  const corners: Position[] = [
    [west, north],
    [west, south],
    [east, south],
    [east, north],
  ];
  const points = corners.flatMap((from, index) => {
    const to = corners[(index + 1) % 4] as Position;
    return Array.from({ length: POINTS_PER_SIDE }, (_, step): Position => {
      const t = step / POINTS_PER_SIDE;
      return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
    });
  });
  return [...points, points[0] as Position];
}

const round = (degrees: number): number => Math.round(degrees * 1e9) / 1e9;

/** Throws `raster-outside-world` for a grid that leaves the world or crosses the date line. */
export function footprintOf(grid: RasterGrid, file: string): Polygon {
  const projector = projectorOfGrid(grid);
  const outside = (): AppError => new AppError('raster-outside-world', { file, extent: boxOfGrid(grid).join(' ') });
  let ring: Position[];
  try {
    ring = gridOutline(grid).map(point => {
      const [lng, lat] = projector.inverse(point);
      return [round(lng), round(lat)];
    });
  } catch {
    throw outside();
  }
  const lngs = ring.map(([lng]) => lng);
  const isOnEarth = ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90);
  if (!isOnEarth || Math.max(...lngs) - Math.min(...lngs) > 180) throw outside();
  return { type: 'Polygon', coordinates: [ring] };
}

/** Side of a square as large as the cell in the middle of the grid, in metres on the ellipsoid. */
export function cellSizeOf(grid: RasterGrid): number {
  const projector = projectorOfGrid(grid);
  const west = grid.originX + Math.floor(grid.width / 2) * grid.cellWidth;
  const north = grid.originY - Math.floor(grid.height / 2) * grid.cellHeight;
  const east = west + grid.cellWidth;
  const south = north - grid.cellHeight;
  const corners: Position[] = [
    [west, north],
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const ring = corners.map(corner => projector.inverse(corner));
  return Math.sqrt(Math.abs(polygonAreaM2({ type: 'Polygon', coordinates: [ring] })));
}
