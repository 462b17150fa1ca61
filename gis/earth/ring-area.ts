import { GisError } from '../errors.ts';
import type { Ring } from '../types.ts';
import { EARTH_AREA_M2, ECCENTRICITY2, EQUATORIAL_RADIUS_M, RADIANS_PER_DEGREE } from './ellipsoid.ts';
import { geodesicLine, longitudeDifferenceDeg } from './geodesic.ts';
import { zoneAreaM2PerRadian } from './zone-area.ts';

/**
 * An edge is short while it is no longer than this part of its distance from the Earth's axis (about 1.6 km in China):
 * there the fifth-order remainder of the fast formula stays below 1e-6 m².
 */
const SHORT_EDGE = 3e-4;
const SHORT_EDGE2 = SHORT_EDGE * SHORT_EDGE;
const A2 = EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M;

/**
 * Signed area (m²) of a ring whose edges are geodesics; positive when counter-clockwise, as seen by the ring itself,
 * and never more than half of the Earth. `positions` holds `lng, lat` pairs in degrees, from pair `start` up to but
 * without pair `end`; the closing pair may be there or not.
 *
 * Every edge contributes the area between itself and the parallel of the first position. For a short edge this is the
 * trapezium in (λ, s), s being the authalic zone area, plus the bulge of the geodesic over the chord,
 * Δλ·sin φ/12·(r²Δλ² + 3Δs²/r²) with r = N cos φ: from s'' = −sin φ and λ'' = 2 sin α cos α sin φ / r² along a
 * geodesic. Without the bulge a polygon digitised finely on one side and coarsely on the other would be wrong by 1e-5.
 * Longer edges take the exact path of `geodesicLine`.
 *
 * Throws GisError 'position-not-finite' for NaN or infinite coordinates.
 */
export function flatRingAreaM2(positions: Float64Array, start: number, end: number): number {
  if (end - start < 3) return 0;
  const first = 2 * start;
  const originSin = Math.sin((positions[first + 1] as number) * RADIANS_PER_DEGREE);
  const originZone = zoneAreaM2PerRadian(originSin);
  let lng1 = positions[first] as number;
  let lat1 = positions[first + 1] as number;
  let sin1 = originSin;
  let zone1 = 0;
  let sum = 0;
  let turnDeg = 0;
  for (let i = start + 1; i <= end; i++) {
    const at = i === end ? first : 2 * i;
    const lng2 = positions[at] as number;
    const lat2 = positions[at + 1] as number;
    if (lng2 === lng1 && lat2 === lat1) continue;
    let differenceDeg = lng2 - lng1;
    if (!(differenceDeg > -180 && differenceDeg < 180)) differenceDeg = longitudeDifferenceDeg(lng1, lng2);
    const sin2 = Math.sin(lat2 * RADIANS_PER_DEGREE);
    const zone2 = zoneAreaM2PerRadian(sin2) - originZone;
    const lambda = differenceDeg * RADIANS_PER_DEGREE;
    const sinMid = (sin1 + sin2) / 2;
    const r2 = (A2 * (1 - sinMid * sinMid)) / (1 - ECCENTRICITY2 * sinMid * sinMid);
    const north2 = ((zone2 - zone1) * (zone2 - zone1)) / r2;
    const east2 = r2 * lambda * lambda;
    if (east2 + north2 < SHORT_EDGE2 * r2) {
      sum += lambda * ((zone1 + zone2) / 2 + (sinMid * (east2 + 3 * north2)) / 12);
    } else {
      sum += geodesicLine([lng1, lat1], [lng2, lat2]).areaToEquatorM2 - originZone * lambda;
    }
    turnDeg += differenceDeg;
    lng1 = lng2;
    lat1 = lat2;
    sin1 = sin2;
    zone1 = zone2;
  }
  if (!Number.isFinite(sum)) throw new GisError('position-not-finite');
  const turns = Math.round(turnDeg / 360);
  if (turns !== 0) {
    // The ring goes round a pole: put back the origin's parallel, then count from the pole instead of the equator.
    sum += originZone * turns * 2 * Math.PI;
    if (turns % 2 !== 0) sum += sum < 0 ? EARTH_AREA_M2 / 2 : -EARTH_AREA_M2 / 2;
  }
  if (Math.abs(sum) > EARTH_AREA_M2 / 2) sum -= Math.round(sum / EARTH_AREA_M2) * EARTH_AREA_M2;
  return sum === 0 ? 0 : -sum;
}

let scratch = new Float64Array(2048);

/** As `flatRingAreaM2`, for a ring of positions `[lng, lat]`. */
export function ringAreaM2(ring: Ring): number {
  const count = ring.length;
  if (scratch.length < 2 * count) scratch = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    const position = ring[i] as readonly [number, number];
    scratch[2 * i] = position[0];
    scratch[2 * i + 1] = position[1];
  }
  return flatRingAreaM2(scratch, 0, count);
}
