import type { Position } from '../types.ts';
import {
  AUTHALIC_RADIUS2_M2,
  ECCENTRICITY2,
  EQUATORIAL_RADIUS_M,
  FLATTENING,
  POLAR_RADIUS_M,
  RADIANS_PER_DEGREE,
  SECOND_ECCENTRICITY2,
} from './ellipsoid.ts';
import { gaussLegendre, type Quadrature } from './quadrature.ts';

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

interface Arc {
  sigma1: number;
  sigma12: number;
  omega12: number;
  sinAlpha0: number;
  cosAlpha0: number;
  alpha1: number;
  alpha2: number;
}

const SHORT_RULE = gaussLegendre(5);
const LONG_RULE = gaussLegendre(14);
/** Above this arc (radians) five nodes would lose digits. */
const SHORT_ARC = 0.2;

const ruleFor = (sigma12: number): Quadrature => (Math.abs(sigma12) < SHORT_ARC ? SHORT_RULE : LONG_RULE);

/** Coefficients of t(x) = x + √(1 + 1/x)·arsinh √x = Σ T[n] xⁿ (Karney 2013, eq. 60). */
const T_SERIES: readonly number[] = (() => {
  const base: number[] = [1];
  for (let n = 1; n < 10; n++) base.push(-((base[n - 1] as number) * (2 * n)) / (2 * n + 1));
  return base.map((value, n) => value + (n > 0 ? (base[n - 1] as number) : 0) + (n === 1 ? 1 : 0));
})();

/** (t(x) − t(y)) / (x − y), stable for x = y. */
function tSlope(x: number, y: number): number {
  let h = 1;
  let power = 1;
  let sum = T_SERIES[1] as number;
  for (let n = 2; n < T_SERIES.length; n++) {
    power *= y;
    h = x * h + power;
    sum += (T_SERIES[n] as number) * h;
  }
  return sum;
}

/** ω12 − λ12: by how much the longitude on the auxiliary sphere exceeds that on the ellipsoid (Karney 2013, eq. 8). */
function longitudeExcess(arc: Arc): number {
  const rule = ruleFor(arc.sigma12);
  const k2 = SECOND_ECCENTRICITY2 * arc.cosAlpha0 * arc.cosAlpha0;
  const half = arc.sigma12 / 2;
  const middle = arc.sigma1 + half;
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) {
    const s = Math.sin(middle + half * (rule.nodes[i] as number));
    sum += ((rule.weights[i] as number) * (2 - FLATTENING)) / (1 + (1 - FLATTENING) * Math.sqrt(1 + k2 * s * s));
  }
  return FLATTENING * arc.sinAlpha0 * half * sum;
}

function lengthAndArea(arc: Arc): { lengthM: number; integralM2: number } {
  const rule = ruleFor(arc.sigma12);
  const k2 = SECOND_ECCENTRICITY2 * arc.cosAlpha0 * arc.cosAlpha0;
  const half = arc.sigma12 / 2;
  const middle = arc.sigma1 + half;
  let length = 0;
  let area = 0;
  for (let i = 0; i < rule.nodes.length; i++) {
    const s = Math.sin(middle + half * (rule.nodes[i] as number));
    const weight = rule.weights[i] as number;
    length += weight * Math.sqrt(1 + k2 * s * s);
    area -= weight * tSlope(SECOND_ECCENTRICITY2, k2 * s * s) * s;
  }
  const a2 = EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M;
  return {
    lengthM: POLAR_RADIUS_M * half * length,
    integralM2: (ECCENTRICITY2 * a2 * arc.cosAlpha0 * arc.sinAlpha0 * half * area) / 2,
  };
}

/** Great circle on the auxiliary sphere between two reduced latitudes, `omega12` radians apart (|omega12| < π). */
function greatCircle(sb1: number, cb1: number, sb2: number, cb2: number, omega12: number): Arc {
  const so = Math.sin(omega12);
  const halfSin = Math.sin(omega12 / 2);
  const versin = 2 * halfSin * halfSin;
  // z-components written so that nothing cancels when the points are close.
  const bend = sb2 * cb1 - cb2 * sb1;
  const z1 = bend + cb2 * sb1 * versin;
  const z2 = bend - cb1 * sb2 * versin;
  const alpha1 = Math.atan2(cb2 * so, z1);
  const alpha2 = Math.atan2(cb1 * so, z2);
  const sinSigma = Math.hypot(cb2 * so, z1);
  const cosSigma = sb1 * sb2 + cb1 * cb2 * Math.cos(omega12);
  const sa1 = Math.sin(alpha1);
  const ca1 = Math.cos(alpha1);
  const sinAlpha0 = sa1 * cb1;
  return {
    sigma1: Math.atan2(sb1, ca1 * cb1),
    sigma12: Math.atan2(sinSigma, cosSigma),
    omega12,
    sinAlpha0,
    cosAlpha0: Math.hypot(ca1, sa1 * sb1),
    alpha1,
    alpha2,
  };
}

/** The arc that leaves (sb1 ≤ 0) with azimuth alpha1 and meets the second reduced latitude; |β2| ≤ |β1|. */
function arcFromAzimuth(sb1: number, cb1: number, sb2: number, cb2: number, azimuth1: [number, number]): Arc {
  const [sa1, ca1] = azimuth1;
  const sinAlpha0 = sa1 * cb1;
  // cos²β2 − cos²β1, from whichever functions are not close to 1.
  const spread = cb1 < -sb1 ? (cb2 - cb1) * (cb2 + cb1) : (sb1 - sb2) * (sb1 + sb2);
  const sa2 = Math.min(1, sinAlpha0 / cb2);
  const ca2 = Math.sqrt(Math.max(0, ca1 * ca1 * cb1 * cb1 + spread)) / cb2;
  const sigma1 = Math.atan2(sb1, ca1 * cb1);
  const sigma2 = Math.atan2(sb2, ca2 * cb2);
  const omega1 = Math.atan2(sinAlpha0 * sb1, ca1 * cb1);
  const omega2 = Math.atan2(sinAlpha0 * sb2, ca2 * cb2);
  return {
    sigma1,
    sigma12: Math.max(0, sigma2 - sigma1),
    omega12: Math.max(0, omega2 - omega1),
    sinAlpha0,
    cosAlpha0: Math.hypot(ca1, sa1 * sb1),
    alpha1: Math.atan2(sa1, ca1),
    alpha2: Math.atan2(sa2, ca2),
  };
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

  let arc: Arc | undefined;
  const nearAntipodal = lambda12 > Math.PI * (1 - 3 * FLATTENING) && sb1 + sb2 > -0.02;
  const polar = cb1 === 0 || cb2 === 0;
  if (polar || lambda12 === 0) {
    arc = greatCircle(sb1, cb1, sb2, cb2, lambda12);
  } else if (!nearAntipodal) {
    let omega12 = lambda12;
    for (let round = 0; round < 30; round++) {
      const candidate = greatCircle(sb1, cb1, sb2, cb2, Math.min(omega12, Math.PI));
      const next = lambda12 + longitudeExcess(candidate);
      if (next >= Math.PI) break;
      const change = Math.abs(next - omega12);
      omega12 = next;
      if (change <= 2e-16 * (lambda12 + change)) {
        arc = greatCircle(sb1, cb1, sb2, cb2, omega12);
        break;
      }
    }
  }
  if (arc === undefined && sb1 === 0 && sb2 === 0 && lambda12 <= Math.PI * (1 - FLATTENING)) {
    arc = greatCircle(0, 1, 0, 1, Math.min(lambda12 / (1 - FLATTENING), Math.PI));
  }
  // Minus zero keeps a start on the equator on its southern side, where the search looks for it.
  arc ??= solveByAzimuth(sb1 === 0 ? -0 : sb1, cb1, sb2, cb2, lambda12);

  const { lengthM, integralM2 } = lengthAndArea(arc);
  const excess = sphericalTrapezium(sb1, cb1, sb2, cb2, arc);
  return {
    distanceM: lengthM,
    areaToEquatorM2: eastward * northSouth * (AUTHALIC_RADIUS2_M2 * excess + integralM2),
    ...azimuths(arc, swapped, northSouth, eastward),
  };
}

/** α2 − α1: the area on the unit sphere between the arc and the equator. */
function sphericalTrapezium(sb1: number, cb1: number, sb2: number, cb2: number, arc: Arc): number {
  if (Math.cos(arc.omega12) > -0.7 && sb2 - sb1 < 1.75) {
    const so = Math.sin(arc.omega12);
    const d1 = 1 + cb1;
    const d2 = 1 + cb2;
    return 2 * Math.atan2(so * (sb1 * d2 + sb2 * d1), (1 + Math.cos(arc.omega12)) * (sb1 * sb2 + d1 * d2));
  }
  return arc.alpha2 - arc.alpha1;
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
