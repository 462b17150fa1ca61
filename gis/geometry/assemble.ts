import type { MultiPolygon, Position, Ring } from '../types.ts';
import { RingLocator } from './validity/ring-locator.ts';

/**
 * Makes polygons of loose rings by how they lie in each other, even-odd: a ring inside of no other is a shell, inside of
 * one a hole of that one, inside of two a shell again (an island), whatever their order, winding and numbering. Rings
 * must be closed; ones that cross each other are taken by their first point that is not on the other's line.
 */
export function assemblePolygons(rings: readonly Ring[]): MultiPolygon {
  const items = rings.map((ring, index) => {
    const open = new Float64Array(ring.slice(0, -1).flat());
    const xs = ring.map(([x]) => x);
    const ys = ring.map(([, y]) => y);
    const span = (values: readonly number[]): [number, number] => [
      values.reduce((least, value) => Math.min(least, value), Infinity),
      values.reduce((most, value) => Math.max(most, value), -Infinity),
    ];
    return { ring, index, locator: new RingLocator(open), x: span(xs), y: span(ys), size: Math.abs(signedArea(ring)) };
  });
  type Item = (typeof items)[number];
  const within = (inner: Item, outer: Item): boolean => {
    const fits =
      outer.x[0] <= inner.x[0] && outer.x[1] >= inner.x[1] && outer.y[0] <= inner.y[0] && outer.y[1] >= inner.y[1];
    if (!fits || outer === inner || outer.size < inner.size) return false;
    for (const [x, y] of inner.ring) {
      const where = outer.locator.locate(x, y);
      if (where !== 'boundary') return where === 'inside';
    }
    // The same ring twice: the later one counts as inside, so that it is reported as a hole and not lost.
    return outer.index < inner.index;
  };
  const holders = items.map(inner => items.filter(outer => within(inner, outer)));
  const shells = items.filter((_, i) => (holders[i]?.length ?? 0) % 2 === 0);
  const parts = new Map<Item, Ring[]>(shells.map(shell => [shell, [wound(shell.ring, true)]]));
  items.forEach((item, i) => {
    const around = holders[i] ?? [];
    if (around.length % 2 === 0) return;
    const owner = around
      .filter(outer => parts.has(outer))
      .reduce<Item | undefined>(
        (best, outer) => (best === undefined || outer.size < best.size ? outer : best),
        undefined,
      );
    if (owner !== undefined) parts.get(owner)?.push(wound(item.ring, false));
  });
  return { type: 'MultiPolygon', coordinates: [...parts.values()] };
}

/** In whatever plane the rings are in: they may still be metres of a survey. */
function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1] as Position;
    const [x2, y2] = ring[i] as Position;
    sum += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
  }
  return sum / 2;
}

function wound(ring: Ring, counterClockwise: boolean): Ring {
  return signedArea(ring) > 0 === counterClockwise ? ring : [...ring].reverse();
}
