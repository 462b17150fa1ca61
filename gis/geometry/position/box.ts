import { partsOf } from '../../parts-of.ts';
import type { Box, Polygonal, Position } from '../../types.ts';

/** `[west, south, east, north]` of the coordinates as they stand, or undefined for an empty geometry. */
export function boxOf(geometry: Polygonal): Box | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  // Shells suffice, but a hole outside of its shell must not be missed before it is found.
  for (const rings of partsOf(geometry)) {
    for (const ring of rings) {
      for (const [x, y] of ring) {
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
    }
  }
  return west <= east ? [west, south, east, north] : undefined;
}

/** Whether two boxes meet, touching included. */
export const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** The smallest box around both; undefined counts as empty. */
export function boxUnion(a: Box | undefined, b: Box | undefined): Box | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Whether a box holds a position, its border included. */
export const boxContains = ([west, south, east, north]: Box, [x, y]: Position): boolean =>
  x >= west && x <= east && y >= south && y <= north;
