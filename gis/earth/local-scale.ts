import { ECCENTRICITY2, EQUATORIAL_RADIUS_M, RADIANS_PER_DEGREE } from './ellipsoid.ts';

/**
 * Metres in a degree of longitude and of latitude at a latitude in degrees: the scale of the plane that touches the
 * ellipsoid there, from its radii of curvature N·cos φ and M. Holds to 1e-6 over a kilometre.
 */
export function metresPerDegree(latDeg: number): { readonly lng: number; readonly lat: number } {
  const phi = latDeg * RADIANS_PER_DEGREE;
  const w2 = 1 - ECCENTRICITY2 * Math.sin(phi) ** 2;
  const primeVertical = EQUATORIAL_RADIUS_M / Math.sqrt(w2);
  return {
    lng: primeVertical * Math.cos(phi) * RADIANS_PER_DEGREE,
    lat: ((primeVertical * (1 - ECCENTRICITY2)) / w2) * RADIANS_PER_DEGREE,
  };
}
