import type { Position } from '../../../../gis/types.ts';

export interface PlacedRing {
  readonly positions: readonly Position[];
  readonly names?: readonly string[] | undefined;
}

/** Degrees: a little more than the grid on which outlines are judged. */
const NEAR = 4e-9;

/** The points of a place by name: a corner itself, or the ends of the edges that meet there, `J3–J4 × J7–J8`. */
export function pointsAt(rings: readonly PlacedRing[], [x, y]: Position): string | undefined {
  const corners = new Set<string>();
  const edges = new Set<string>();
  rings.forEach((ring, index) => {
    const name = (at: number): string => {
      const plain = ring.names?.[at] ?? '';
      const own = plain === '' ? String(at + 1) : plain;
      return rings.length > 1 ? `${index + 1}/${own}` : own;
    };
    const { positions } = ring;
    for (let i = 0; i < positions.length; i++) {
      const next = (i + 1) % positions.length;
      const [x1, y1] = positions[i] as Position;
      const [x2, y2] = positions[next] as Position;
      if (Math.abs(x1 - x) <= NEAR && Math.abs(y1 - y) <= NEAR) corners.add(name(i));
      else if (isOnEdge(x, y, x1, y1, x2, y2) && !(Math.abs(x2 - x) <= NEAR && Math.abs(y2 - y) <= NEAR))
        edges.add(`${name(i)}–${name(next)}`);
    }
  });
  const all = [...corners, ...edges].slice(0, 4);
  return all.length === 0 ? undefined : all.join(' × ');
}

function isOnEdge(x: number, y: number, x1: number, y1: number, x2: number, y2: number): boolean {
  if (x < Math.min(x1, x2) - NEAR || x > Math.max(x1, x2) + NEAR) return false;
  if (y < Math.min(y1, y2) - NEAR || y > Math.max(y1, y2) + NEAR) return false;
  const length = Math.hypot(x2 - x1, y2 - y1);
  return length > 0 && Math.abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length <= NEAR;
}
