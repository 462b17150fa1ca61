import type { Position, Ring } from '../../../../gis/types.ts';
import type { Feature } from '../export-layer.ts';

/** Millimetres, what surveyors write. */
export const LEAST_DECIMALS = 3;
const MOST_DECIMALS = 7;
/** What rounding may change of an area, for each of its points: half of what a round trip may. */
const TOLERANCE_M2 = 0.005;

/** A ring as it is written: northing, easting, the first point not repeated. */
export type WrittenRing = readonly (readonly [northing: string, easting: string])[];

/**
 * The rings of an outline in text. Long edges turn half a millimetre into square metres, and slivers are thinner than one: the
 * decimals are as many as keep every ring and its area. What falls together still is one point, a ring of fewer than three none.
 */
export function writtenRings(geometry: Feature['geometry']): WrittenRing[] {
  if (geometry === null || geometry.type === 'Point') return [];
  const rings = geometry.coordinates.flat();
  let decimals = LEAST_DECIMALS;
  const holds = (ring: Ring): boolean => holdsArea(ring, decimals) && writtenRing(ring, decimals).length >= 3;
  while (decimals < MOST_DECIMALS && !rings.every(holds)) decimals += 1;
  return rings.map(ring => writtenRing(ring, decimals)).filter(ring => ring.length >= 3);
}

function holdsArea(ring: Ring, decimals: number): boolean {
  const rounded = ring.map(([x, y]): Position => [Number(x.toFixed(decimals)), Number(y.toFixed(decimals))]);
  return Math.abs(planeAreaM2(rounded) - planeAreaM2(ring)) <= TOLERANCE_M2 * ring.length;
}

/** From the first vertex on, so that the sum is one of small numbers. */
function planeAreaM2(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    doubled += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return doubled / 2;
}

function writtenRing(ring: Ring, decimals: number): WrittenRing {
  const all = ring.slice(0, -1).map(([x, y]) => [y.toFixed(decimals), x.toFixed(decimals)] as const);
  return all.filter((point, index) => {
    const before = all[(index + all.length - 1) % all.length];
    return before === undefined || before[0] !== point[0] || before[1] !== point[1];
  });
}
