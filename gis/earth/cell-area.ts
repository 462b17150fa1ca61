import { RADIANS_PER_DEGREE } from './ellipsoid.ts';
import { zoneAreaSlopeM2 } from './zone-area.ts';

/** Area per radian of longitude between two latitudes in degrees; full relative precision for any height of the strip. */
function stripM2PerRadian(southDeg: number, northDeg: number): number {
  const south = southDeg * RADIANS_PER_DEGREE;
  const north = northDeg * RADIANS_PER_DEGREE;
  const difference = 2 * Math.cos((north + south) / 2) * Math.sin((north - south) / 2);
  return difference * zoneAreaSlopeM2(Math.sin(south), Math.sin(north));
}

/**
 * Exact ellipsoidal area (m²) of the cell bounded by two meridians and two parallels, degrees. The sides along the
 * parallels are parallels, not geodesics: this is a raster cell, not a polygon with four corners. Negative when
 * north < south or east < west; the box is not wrapped.
 */
export function cellAreaM2(west: number, south: number, east: number, north: number): number {
  return stripM2PerRadian(south, north) * (east - west) * RADIANS_PER_DEGREE;
}

/**
 * Ellipsoidal area (m²) of one cell in each row of a longitude/latitude grid: row 0 is the northernmost, row r lies
 * between `north − r·heightDeg` and `north − (r+1)·heightDeg`. Every cell of a row has the same area.
 */
export function rowCellAreasM2(north: number, heightDeg: number, widthDeg: number, rows: number): Float64Array {
  const areas = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    areas[row] = cellAreaM2(0, north - (row + 1) * heightDeg, widthDeg, north - row * heightDeg);
  }
  return areas;
}
