import { GisError } from '../errors.ts';
import type { Box, Polygon, Position } from '../types.ts';
import type { SensitivityCategory } from './category.ts';

/** A square of the fixed degree grid that stands for everything inside it. */
export interface SensitivityCell {
  /** 0.1, 0.01 or 0.001 degree. */
  readonly stepDeg: number;
  readonly box: Box;
  readonly centre: Position;
}

const DECIMALS: Readonly<Record<2 | 3 | 4, number>> = { 2: 1, 3: 2, 4: 3 };

/** Step in degrees at which a category is shown; undefined where none is (1: no place; 0: as held). */
export function stepOfCategory(category: SensitivityCategory): number | undefined {
  return category === 0 || category === 1 ? undefined : 1 / 10 ** DECIMALS[category];
}

/**
 * The grid cell of a place: half-open [south-west, south-west + step), the same for the same place at all times, never
 * clipped, never random (an offset can be averaged away). Counted in decimal digits, because 110.1 / 0.1 in binary
 * fractions falls into the cell below. Longitude 180 is -180; the pole belongs to the northernmost cell.
 * @throws GisError `sensitivity-no-cell` for categories 0 and 1, `coordinate-out-of-range` outside the world.
 */
export function cellOfPosition([lng, lat]: Position, category: SensitivityCategory): SensitivityCell {
  if (category === 0 || category === 1) throw new GisError('sensitivity-no-cell', { category });
  if (!(lng >= -180 && lng <= 180 && lat >= -90 && lat <= 90)) throw new GisError('coordinate-out-of-range');
  const decimals = DECIMALS[category];
  const unitsPerDeg = 10 ** decimals;
  const west = floorToUnits(lng === 180 ? -180 : lng, decimals);
  const south = Math.min(floorToUnits(lat, decimals), 90 * unitsPerDeg - 1);
  return cellAt(west, south, unitsPerDeg);
}

/** Dividing two integers gives the double nearest to the decimal, so 1034 / 10 is exactly the literal 103.4. */
function cellAt(west: number, south: number, unitsPerDeg: number): SensitivityCell {
  return {
    stepDeg: 1 / unitsPerDeg,
    box: [west / unitsPerDeg, south / unitsPerDeg, (west + 1) / unitsPerDeg, (south + 1) / unitsPerDeg],
    centre: [(west * 10 + 5) / (unitsPerDeg * 10), (south * 10 + 5) / (unitsPerDeg * 10)],
  };
}

export const polygonOfCell = ({ box: [west, south, east, north] }: SensitivityCell): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

/** floor(value * 10^decimals), on the shortest decimal digits of the number. */
function floorToUnits(value: number, decimals: number): number {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift + decimals;
  const kept = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const rest = point <= 0 ? digits : digits.slice(point);
  const units = Number(kept);
  if (value >= 0) return units;
  return /[1-9]/.test(rest) ? -units - 1 : -units;
}
