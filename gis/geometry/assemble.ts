import type { MultiPolygon, Position, Ring } from '../types.ts';
import { RingLocator } from './validity/ring-locator.ts';

/**
 * Makes polygons of loose rings by how they lie in each other, even-odd: a ring inside of no other is a shell, inside of
 * one a hole of that one, inside of two a shell again (an island), whatever their order, winding and numbering. Rings
 * must be closed; ones that cross each other are taken by their first point that is not on the other's line.
 */
export function assemblePolygons(rings: readonly Ring[]): MultiPolygon {
  const items = rings.map((ring, index) => new LooseRing(ring, index));
  const holders = items.map(inner => items.filter(outer => outer.holds(inner)));
  const shells = items.filter((_, i) => (holders[i]?.length ?? 0) % 2 === 0);
  const parts = new Map<LooseRing, Ring[]>(shells.map(shell => [shell, [wound(shell.ring, true)]]));
  items.forEach((item, i) => {
    const around = holders[i] ?? [];
    if (around.length % 2 === 0) return;
    const owner = around
      .filter(outer => parts.has(outer))
      .reduce<LooseRing | undefined>(
        (best, outer) => (best === undefined || outer.size < best.size ? outer : best),
        undefined,
      );
    if (owner !== undefined) parts.get(owner)?.push(wound(item.ring, false));
  });
  return { type: 'MultiPolygon', coordinates: [...parts.values()] };
}

class LooseRing {
  readonly ring: Ring;
  readonly size: number;
  private readonly index: number;
  private readonly box: readonly [west: number, south: number, east: number, north: number];
  private locator: RingLocator | undefined;

  constructor(ring: Ring, index: number) {
    this.ring = ring;
    this.index = index;
    this.size = Math.abs(signedArea(ring));
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of ring) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    this.box = [west, south, east, north];
  }

  /** Whether another ring lies in this one. */
  holds(inner: LooseRing): boolean {
    const [west, south, east, north] = this.box;
    const fits = west <= inner.box[0] && south <= inner.box[1] && east >= inner.box[2] && north >= inner.box[3];
    if (!fits || inner === this || this.size < inner.size) return false;
    // Most rings hold no other: what it takes to tell is made for those alone that may.
    this.locator ??= new RingLocator(openPositions(this.ring));
    for (const [x, y] of inner.ring) {
      const where = this.locator.locate(x, y);
      if (where !== 'boundary') return where === 'inside';
    }
    // The same ring twice: the later one counts as inside, so that it is reported as a hole and not lost.
    return this.index < inner.index;
  }
}

/** `x, y` pairs without the closing one. */
function openPositions(ring: Ring): Float64Array {
  const count = Math.max(0, ring.length - 1);
  const open = new Float64Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    const [x, y] = ring[i] as Position;
    open[2 * i] = x;
    open[2 * i + 1] = y;
  }
  return open;
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
