import { partsOf } from '../../parts-of.ts';
import type { Position } from '../../types.ts';
import type { LoosePolygonal } from '../normalise.ts';
import { RingLocator } from './ring-locator.ts';

/** A ring as the checks see it: without its closing point and without repeated points. */
export interface CheckedRing {
  readonly part: number;
  readonly ring: number;
  /** Open: `x, y` pairs. */
  readonly positions: Float64Array;
  /** For each pair its index in the ring as it was given. */
  readonly vertices: Uint32Array;
  readonly count: number;
  readonly box: readonly [number, number, number, number];
  locator(): RingLocator;
}

/** Every ring of a geometry with its place in it; repeated positions and the closing one are left out. */
export function checkedRings(geometry: LoosePolygonal): CheckedRing[] {
  const parts = partsOf(geometry);
  return parts.flatMap((rings, part) => rings.map((ring, index) => checkedRing(ring, part, index)));
}

function checkedRing(ring: readonly (readonly number[])[], part: number, index: number): CheckedRing {
  const positions = new Float64Array(2 * ring.length);
  const vertices = new Uint32Array(ring.length);
  let count = 0;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  ring.forEach(([x = Number.NaN, y = Number.NaN], vertex) => {
    if (count > 0 && positions[2 * count - 2] === x && positions[2 * count - 1] === y) return;
    positions[2 * count] = x;
    positions[2 * count + 1] = y;
    vertices[count++] = vertex;
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  });
  if (count > 1 && positions[0] === positions[2 * count - 2] && positions[1] === positions[2 * count - 1]) count--;
  let locator: RingLocator | undefined;
  const open = positions.slice(0, 2 * count);
  return {
    part,
    ring: index,
    positions: open,
    vertices,
    count,
    box: [west, south, east, north],
    locator: () => (locator ??= new RingLocator(open)),
  };
}

/** The position of a vertex; the index goes round, so that −1 is the last one. */
export const positionAt = (ring: CheckedRing, index: number): Position => {
  const i = ((index % ring.count) + ring.count) % ring.count;
  return [ring.positions[2 * i] as number, ring.positions[2 * i + 1] as number];
};
