import { partsOf } from '../../parts-of.ts';
import type { Polygonal, Position } from '../../types.ts';
import { RingLocator, type Location } from '../validity/ring-locator.ts';

/** Answers many "is this point inside" questions about one geometry; edges are straight in lng/lat. */
export class PolygonLocator {
  private readonly parts: readonly (readonly RingLocator[])[];

  constructor(geometry: Polygonal) {
    this.parts = partsOf(geometry).map(rings => rings.map(ring => new RingLocator(openRing(ring))));
  }

  /** A point on the line of a shell or of a hole is on the boundary, also where two parts meet. */
  locate([x, y]: Position): Location {
    for (const [shell, ...holes] of this.parts) {
      const where = shell?.locate(x, y) ?? 'outside';
      if (where === 'boundary') return 'boundary';
      if (where === 'outside') continue;
      const inHole = holes.map(hole => hole.locate(x, y)).find(location => location !== 'outside');
      if (inHole === undefined) return 'inside';
      if (inHole === 'boundary') return 'boundary';
    }
    return 'outside';
  }
}

/** Whether a geometry covers a point, its boundary included. For many points build one `PolygonLocator`. */
export function contains(geometry: Polygonal, position: Position): boolean {
  return new PolygonLocator(geometry).locate(position) !== 'outside';
}

function openRing(ring: readonly Position[]): Float64Array {
  const first = ring[0];
  const last = ring.at(-1);
  const isClosed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const count = isClosed ? ring.length - 1 : ring.length;
  const flat = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = ring[i] as Position;
    flat[2 * i] = x;
    flat[2 * i + 1] = y;
  }
  return flat;
}
