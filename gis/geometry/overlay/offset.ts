import { metresPerDegree } from '../../earth/local-scale.ts';
import type { MultiPolygon, Polygonal, Position, Ring } from '../../types.ts';
import { normalisePolygonal } from '../normalise.ts';
import { gridEdges, toGridPoints } from '../repair/polygons-of-edges.ts';
import { overlayEdges } from './overlay.ts';

/** Corners that stand out by less than this part of the distance are passed over: a moved border is that smooth. */
const FINENESS = 200;
/** Sides of a whole round corner: chords stay within 0.5 % of the distance. */
const SIDES_OF_CIRCLE = 32;

/**
 * The polygon grown by `distanceM` metres with round corners, or shrunk where it is negative: a safety strip, a bench.
 * Degrees in and out, each side moved in the plane that touches the ellipsoid there. Empty where nothing is left;
 * undefined when the crossings cannot be resolved on the grid.
 *
 * Each ring is moved as a whole, over itself where it must; what the moved rings wind round is the answer (Chen and
 * McMains, Polygon offsetting by computing winding numbers, 2005).
 */
export function offsetPolygonal(geometry: Polygonal, distanceM: number): MultiPolygon | undefined {
  const { geometry: normal } = normalisePolygonal(geometry);
  const moved = normal.coordinates.flatMap(rings =>
    rings
      .map(ring => fillNotches(ring, distanceM))
      .map(ring => (ring.length < 4 ? [] : moveRing(thin(ring, Math.abs(distanceM) / FINENESS), distanceM))),
  );
  const edges = moved.flatMap(ring => gridEdges(toGridPoints(ring), 0));
  return overlayEdges(edges, winding => winding > 0);
}

/**
 * The ring without the corners at the bottom of notches on the side to which it moves, where the mouth is narrow: a
 * border moved by d past a mouth of width w is the same within w² / 8d, filled or not. A rough outline would wind over
 * itself thousands of times otherwise. A ring that is all notch goes.
 */
function fillNotches(ring: Ring, distanceM: number): Ring {
  const scale = metresPerDegree(ring[0]?.[1] ?? 0);
  const mouthM = Math.abs(distanceM) * Math.sqrt(8 / FINENESS);
  const kept: Position[] = [];
  for (const corner of ring) {
    while (kept.length > 1 && isNotch(kept.at(-2) as Position, kept.at(-1) as Position, corner)) kept.pop();
    kept.push(corner);
  }
  return kept;

  function isNotch(before: Position, bottom: Position, after: Position): boolean {
    const [dx, dy] = [(after[0] - before[0]) * scale.lng, (after[1] - before[1]) * scale.lat];
    const [ex, ey] = [(bottom[0] - before[0]) * scale.lng, (bottom[1] - before[1]) * scale.lat];
    return (ex * dy - ey * dx) * distanceM < 0 && dx * dx + dy * dy <= mouthM * mouthM;
  }
}

/** The sides moved to their right, joined by arcs where they part and through the old corner where they meet. */
function moveRing(ring: Ring, distanceM: number): Position[] {
  const corners = ring.slice(0, -1);
  const headings = corners.map((from, i) => headingOf(from, corners[(i + 1) % corners.length] as Position));
  return corners.flatMap((corner, i) => {
    const before = headings.at(i - 1) as number;
    const turn = Math.atan2(Math.sin((headings[i] as number) - before), Math.cos((headings[i] as number) - before));
    const from = before - Math.PI / 2;
    if (turn * distanceM < 0) return [beside(corner, from, distanceM), corner, beside(corner, from + turn, distanceM)];
    const steps = Math.max(1, Math.ceil((Math.abs(turn) / (2 * Math.PI)) * SIDES_OF_CIRCLE));
    return Array.from({ length: steps + 1 }, (_, step) => beside(corner, from + (turn * step) / steps, distanceM));
  });
}

/** Radians from east, counter-clockwise, in the plane at the middle of the side. */
function headingOf(from: Position, to: Position): number {
  const scale = metresPerDegree((from[1] + to[1]) / 2);
  return Math.atan2((to[1] - from[1]) * scale.lat, (to[0] - from[0]) * scale.lng);
}

function beside([lng, lat]: Position, heading: number, distanceM: number): Position {
  const scale = metresPerDegree(lat);
  return [lng + (distanceM * Math.cos(heading)) / scale.lng, lat + (distanceM * Math.sin(heading)) / scale.lat];
}

/** The ring without corners nearer than `toleranceM` to the line that stays (Douglas and Peucker, 1973). */
function thin(ring: Ring, toleranceM: number): Ring {
  const scale = metresPerDegree(ring[0]?.[1] ?? 0);
  const flat = ring.map(([lng, lat]): Position => [lng * scale.lng, lat * scale.lat]);
  const kept = new Uint8Array(ring.length).fill(1, 0, 1).fill(1, ring.length - 1);
  const third = Math.floor(ring.length / 3);
  // A closed ring has no ends: three corners stay, so that it stays a ring.
  kept[third] = kept[2 * third] = 1;
  const open: [number, number][] = [
    [0, third],
    [third, 2 * third],
    [2 * third, ring.length - 1],
  ];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [farthest, most] = [-1, toleranceM];
    for (let i = from + 1; i < to; i++) {
      const away = distanceToSide(flat[i] as Position, flat[from] as Position, flat[to] as Position);
      if (away > most) [farthest, most] = [i, away];
    }
    if (farthest < 0) continue;
    kept[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  return ring.filter((_, i) => kept[i] === 1);
}

function distanceToSide([x, y]: Position, [x1, y1]: Position, [x2, y2]: Position): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const share = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
