import { metresPerDegree } from '../../../../gis/earth/local-scale.ts';
import type { Position } from '../../../../gis/types.ts';

/**
 * The way along a ring from one of its corners to another, both included: the shorter one, or with `isOtherWay` the
 * longer one. The ring is open or closed. The same corner twice is no way: one position.
 */
export function tracePath(ring: readonly Position[], from: number, to: number, isOtherWay = false): Position[] {
  const corners = isClosed(ring) ? ring.slice(0, -1) : ring;
  const start = corners[from];
  if (start === undefined || corners[to] === undefined) return [];
  if (from === to) return [start];
  const onward = walk(corners, from, to, 1);
  const back = walk(corners, from, to, -1);
  return lengthM(onward) <= lengthM(back) === isOtherWay ? back : onward;
}

function walk(corners: readonly Position[], from: number, to: number, step: 1 | -1): Position[] {
  const path = [corners[from] as Position];
  for (let at = from; at !== to;) {
    at = (at + step + corners.length) % corners.length;
    path.push(corners[at] as Position);
  }
  return path;
}

/** Good enough to tell the shorter way from the longer. */
function lengthM(path: readonly Position[]): number {
  const scale = metresPerDegree(path[0]?.[1] ?? 0);
  return path.slice(1).reduce((sum, [lng, lat], i) => {
    const [beforeLng, beforeLat] = path[i] as Position;
    return sum + Math.hypot((lng - beforeLng) * scale.lng, (lat - beforeLat) * scale.lat);
  }, 0);
}

const isClosed = (ring: readonly Position[]): boolean =>
  ring.length > 1 && ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1];
