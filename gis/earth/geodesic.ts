import type { Position } from '../types.ts';
import {
  arcFromAzimuth,
  greatCircle,
  lengthAndArea,
  longitudeExcess,
  sphericalTrapezium,
  type Arc,
} from './auxiliary-arc.ts';
import { AUTHALIC_RADIUS2_M2, FLATTENING, RADIANS_PER_DEGREE } from './ellipsoid.ts';

/**
 * The geodesic problem on the ellipsoid, after C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013):
 * the integrals over the auxiliary sphere (his equations 7, 8 and 59) are taken by Gauss-Legendre quadrature, which
 * reaches full precision because their integrands are almost constant, instead of by his series.
 */
export interface GeodesicLine {
  /** Length of the shortest path, metres. */
  readonly distanceM: number;
  /** Signed area between the path and the equator, m²: positive when the path runs east in the north. */
  readonly areaToEquatorM2: number;
  /** Forward azimuths at both ends, degrees clockwise from north, in (−180, 180]. */
  readonly azimuth1Deg: number;
  readonly azimuth2Deg: number;
}

/** The shortest arc between two reduced latitudes in canonical form, `lambda12` radians of longitude apart on the ellipsoid. */
function solve(sb1: number, cb1: number, sb2: number, cb2: number, lambda12: number): Arc {
  const isPolar = cb1 === 0 || cb2 === 0;
  if (isPolar || lambda12 === 0) return greatCircle(sb1, cb1, sb2, cb2, lambda12);
  const isNearAntipodal = lambda12 > Math.PI * (1 - 3 * FLATTENING) && sb1 + sb2 > -0.02;
  const arc = isNearAntipodal ? undefined : solveByLongitude(sb1, cb1, sb2, cb2, lambda12);
  if (arc !== undefined) return arc;
  if (sb1 === 0 && sb2 === 0 && lambda12 <= Math.PI * (1 - FLATTENING)) {
    return greatCircle(0, 1, 0, 1, Math.min(lambda12 / (1 - FLATTENING), Math.PI));
  }
  // Minus zero keeps a start on the equator on its southern side, where the search looks for it.
  return solveByAzimuth(sb1 === 0 ? -0 : sb1, cb1, sb2, cb2, lambda12);
}

/** Repeats the longitude on the sphere until it fits; undefined where it does not settle, as between almost antipodal points. */
function solveByLongitude(sb1: number, cb1: number, sb2: number, cb2: number, lambda12: number): Arc | undefined {
  let omega12 = lambda12;
  for (let round = 0; round < 30; round++) {
    const next = lambda12 + longitudeExcess(greatCircle(sb1, cb1, sb2, cb2, Math.min(omega12, Math.PI)));
    if (next >= Math.PI) return undefined;
    const change = Math.abs(next - omega12);
    omega12 = next;
    if (change <= 2e-16 * (lambda12 + change)) return greatCircle(sb1, cb1, sb2, cb2, omega12);
  }
  return undefined;
}

/**
 * Azimuths as `[sine, cosine]` of a parameter that is dense where the sector's azimuth changes the path most: north,
 * east, south. Points beside the equator need cosines of 1e-17, which an azimuth near 90° in radians cannot hold.
 */
const SECTORS: readonly { low: number; high: number; direction: (p: number) => [number, number] }[] = [
  { low: 0, high: Math.PI / 4, direction: p => [Math.sin(p), Math.cos(p)] },
  { low: -Math.PI / 4, high: Math.PI / 4, direction: p => [Math.cos(p), -Math.sin(p)] },
  { low: -Math.PI / 4, high: 0, direction: p => [-Math.sin(p), -Math.cos(p)] },
];

/** Almost antipodal points: the longitude difference grows with the azimuth, so a bracketed search always ends. */
function solveByAzimuth(sb1: number, cb1: number, sb2: number, cb2: number, lambda12: number): Arc {
  const miss = (arc: Arc): number => arc.omega12 - longitudeExcess(arc) - lambda12;
  let arc: Arc | undefined;
  for (const { low: start, high: end, direction } of SECTORS) {
    const at = (p: number): Arc => arcFromAzimuth(sb1, cb1, sb2, cb2, direction(p));
    let [low, high] = [start, end];
    let missHigh = end === 0 ? Math.PI - lambda12 : miss(at(end));
    if (missHigh < 0) continue;
    let missLow = start === 0 ? -lambda12 : miss(at(start));
    for (let round = 0; round < 300; round++) {
      // Every third step halves the bracket: the secant alone creeps where the curve is steep at one end.
      const secant = low - (missLow * (high - low)) / (missHigh - missLow);
      const guess = round % 3 === 2 || !(secant > low && secant < high) ? (low + high) / 2 : secant;
      arc = at(guess);
      const value = miss(arc);
      if (value === 0 || guess === low || guess === high) break;
      if (value < 0) [low, missLow] = [guess, value];
      else [high, missHigh] = [guess, value];
    }
    break;
  }
  return arc ?? arcFromAzimuth(sb1, cb1, sb2, cb2, [0, -1]);
}

/** Reduced latitude as [sine, cosine]; exact at the equator and at the poles. */
function reduced(latDeg: number): [number, number] {
  if (Math.abs(latDeg) >= 90) return [Math.sign(latDeg), 0];
  // Below 2e-12 m from the equator is on it: denormal latitudes would lose their digits in the products.
  const phi = Math.abs(latDeg) < 1e-17 ? 0 : latDeg * RADIANS_PER_DEGREE;
  const s = (1 - FLATTENING) * Math.sin(phi);
  const c = Math.cos(phi);
  const h = Math.hypot(s, c);
  return [s / h, c / h];
}

/** Longitude difference in degrees, brought into (−180, 180]. */
export function longitudeDifferenceDeg(from: number, to: number): number {
  let difference = (to - from) % 360;
  if (difference <= -180) difference += 360;
  else if (difference > 180) difference -= 360;
  return difference;
}

/**
 * The shortest path between two positions `[lng, lat]`, with the area between it and the equator. Exact to a few
 * nanometres and to 0.1 m² of area for any pair; 10 micrometres and 1 m² between almost antipodal points, where one of
 * the equally short paths is taken.
 */
export function geodesicLine(p1: Position, p2: Position): GeodesicLine {
  const differenceDeg = longitudeDifferenceDeg(p1[0], p2[0]);
  const lambda12 = Math.abs(differenceDeg) * RADIANS_PER_DEGREE;
  const eastward = differenceDeg < 0 ? -1 : 1;
  let [sb1, cb1] = reduced(p1[1]);
  let [sb2, cb2] = reduced(p2[1]);
  // Karney's canonical form: the first point is the one further from the equator, and south of it.
  const swapped = Math.abs(p2[1]) > Math.abs(p1[1]);
  if (swapped) [sb1, cb1, sb2, cb2] = [sb2, cb2, sb1, cb1];
  const northSouth = sb1 > 0 ? -1 : 1;
  sb1 *= northSouth;
  sb2 *= northSouth;

  const arc = solve(sb1, cb1, sb2, cb2, lambda12);
  const { lengthM, integralM2 } = lengthAndArea(arc);
  const excess = sphericalTrapezium(sb1, cb1, sb2, cb2, arc);
  return {
    distanceM: lengthM,
    areaToEquatorM2: eastward * northSouth * (AUTHALIC_RADIUS2_M2 * excess + integralM2),
    ...azimuths(arc, swapped, northSouth, eastward),
  };
}

function azimuths(
  arc: Arc,
  swapped: boolean,
  northSouth: number,
  eastward: number,
): { azimuth1Deg: number; azimuth2Deg: number } {
  let first = arc.alpha1;
  let second = arc.alpha2;
  // Going the other way round, or seen in the mirror of the equator, both reverse the north component.
  if (swapped) [first, second] = [Math.PI - second, Math.PI - first];
  if (northSouth < 0) [first, second] = [Math.PI - first, Math.PI - second];
  return {
    azimuth1Deg: (eastward * first) / RADIANS_PER_DEGREE,
    azimuth2Deg: (eastward * second) / RADIANS_PER_DEGREE,
  };
}

/** Length of the shortest path between two positions `[lng, lat]` on the ellipsoid, metres; robust for antipodal points. */
export function geodesicDistanceM(p1: Position, p2: Position): number {
  return geodesicLine(p1, p2).distanceM;
}
