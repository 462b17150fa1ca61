import { RADIANS_PER_DEGREE } from '../earth/ellipsoid.ts';
import type { Position } from '../types.ts';

/**
 * The offsets of Chinese web maps: GCJ-02 shifts WGS 84 by 50-700 m within China, BD-09 shifts GCJ-02 once more. The formulas are the
 * ones in public use since 2010; the way back is found by iteration, to 1e-9 degree.
 */
export type OffsetDatum = 'GCJ-02' | 'BD-09';

/** The Krassovsky ellipsoid of 1940, on which the offset was made. */
const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006693421622965943;
const BD_FACTOR = (Math.PI * 3000) / 180;
const STEPS = 12;

/**
 * Whether the formulas shift this WGS 84 position: within a rectangle about China. It holds Mongolia, Korea and the most of Indochina as
 * well; what a vendor draws there may be shifted or not.
 */
export const isShifted = ([lng, lat]: Position): boolean =>
  lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

/** Where a web map draws a WGS 84 position `[lng, lat]`. GCJ-02 shifts nothing outside of China; BD-09 shifts everywhere. */
export function toOffset(position: Position, datum: OffsetDatum): Position {
  const shifted = isShifted(position) ? shift(position) : position;
  return datum === 'GCJ-02' ? shifted : shiftAgain(shifted);
}

/** The WGS 84 position that a web map draws here. */
export function fromOffset(position: Position, datum: OffsetDatum): Position {
  let [lng, lat] = position;
  for (let step = 0; step < STEPS; step++) {
    const [atLng, atLat] = toOffset([lng, lat], datum);
    const [dLng, dLat] = [position[0] - atLng, position[1] - atLat];
    lng += dLng;
    lat += dLat;
    if (Math.abs(dLng) < 1e-11 && Math.abs(dLat) < 1e-11) break;
  }
  return [lng, lat];
}

function shift([lng, lat]: Position): Position {
  const [x, y] = [lng - 105, lat - 35];
  const waves = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
  const sine = (amplitude: number, argument: number): number => amplitude * Math.sin(argument * Math.PI);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    waves +
    (sine(20, y) + sine(40, y / 3)) * (2 / 3) +
    (sine(160, y / 12) + sine(320, y / 30)) * (2 / 3);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    waves +
    (sine(20, x) + sine(40, x / 3)) * (2 / 3) +
    (sine(150, x / 12) + sine(300, x / 30)) * (2 / 3);
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(lat * RADIANS_PER_DEGREE) ** 2;
  const root = Math.sqrt(magic);
  const dLat = (north * 180) / (((SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (magic * root)) * Math.PI);
  const dLng = (east * 180) / ((SEMI_MAJOR_M / root) * Math.cos(lat * RADIANS_PER_DEGREE) * Math.PI);
  return [lng + dLng, lat + dLat];
}

function shiftAgain([lng, lat]: Position): Position {
  const z = Math.hypot(lng, lat) + 0.00002 * Math.sin(lat * BD_FACTOR);
  const theta = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * BD_FACTOR);
  return [z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006];
}
