import { partsOf } from '../parts-of.ts';
import type { Polygonal, Ring } from '../types.ts';
import { geodesicDistanceM } from './geodesic.ts';
import { ringAreaM2 } from './ring-area.ts';

/**
 * Area on the ellipsoid, m²: for every part the outer ring less its holes, whichever way the rings are wound. Edges are
 * geodesics, as in PostGIS `ST_Area(geography)`; no ring counts for more than half of the Earth. Parts that overlap are
 * counted twice: validate first.
 */
export function polygonAreaM2(geometry: Polygonal): number {
  let sum = 0;
  for (const rings of partsOf(geometry)) {
    rings.forEach((ring, index) => {
      const areaM2 = Math.abs(ringAreaM2(ring));
      sum += index === 0 ? areaM2 : -areaM2;
    });
  }
  return sum;
}

/** Geodesic length of a ring, metres; a ring that is not closed is closed for the measurement. */
export function ringPerimeterM(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const from = ring[i];
    const to = ring[(i + 1) % ring.length];
    if (from !== undefined && to !== undefined && (from[0] !== to[0] || from[1] !== to[1])) {
      sum += geodesicDistanceM(from, to);
    }
  }
  return sum;
}

/** Length of all rings, holes included, metres (what ST_Perimeter(geography) gives). */
export function polygonPerimeterM(geometry: Polygonal): number {
  let sum = 0;
  for (const rings of partsOf(geometry)) for (const ring of rings) sum += ringPerimeterM(ring);
  return sum;
}
