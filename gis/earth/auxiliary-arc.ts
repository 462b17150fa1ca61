import { ECCENTRICITY2, EQUATORIAL_RADIUS_M, FLATTENING, POLAR_RADIUS_M, SECOND_ECCENTRICITY2 } from './ellipsoid.ts';
import { gaussLegendre, type Quadrature } from './quadrature.ts';

/**
 * A great circle's arc on the auxiliary sphere, which stands for a geodesic on the ellipsoid (Karney 2013, section 2). Angles in radians:
 * from the node where the arc crosses the equator (`sigma1`), its length (`sigma12`), its difference in longitude on the sphere
 * (`omega12`), and the azimuths at the equator (`alpha0`) and at both ends. `sb` and `cb` below are sine and cosine of a reduced latitude.
 */
export interface Arc {
  readonly sigma1: number;
  readonly sigma12: number;
  readonly omega12: number;
  readonly sinAlpha0: number;
  readonly cosAlpha0: number;
  readonly alpha1: number;
  readonly alpha2: number;
}

/** Great circle on the auxiliary sphere between two reduced latitudes, `omega12` radians apart (|omega12| < π). */
export function greatCircle(sb1: number, cb1: number, sb2: number, cb2: number, omega12: number): Arc {
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
export function arcFromAzimuth(sb1: number, cb1: number, sb2: number, cb2: number, azimuth1: [number, number]): Arc {
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

/** α2 − α1: the area on the unit sphere between the arc and the equator. */
export function sphericalTrapezium(sb1: number, cb1: number, sb2: number, cb2: number, arc: Arc): number {
  if (Math.cos(arc.omega12) > -0.7 && sb2 - sb1 < 1.75) {
    const so = Math.sin(arc.omega12);
    const d1 = 1 + cb1;
    const d2 = 1 + cb2;
    return 2 * Math.atan2(so * (sb1 * d2 + sb2 * d1), (1 + Math.cos(arc.omega12)) * (sb1 * sb2 + d1 * d2));
  }
  return arc.alpha2 - arc.alpha1;
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
export function longitudeExcess(arc: Arc): number {
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

/** Length of the geodesic, metres (eq. 7), and what its area to the equator has over that on the sphere of equal surface, m² (eq. 59). */
export function lengthAndArea(arc: Arc): { lengthM: number; integralM2: number } {
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
