import type { Position } from '../../../../gis/types.ts';
import type { PlacedRing } from '../rows/points-at.ts';

/** Points that are kept: of larger files nobody reads single ones. */
const MAX_POINTS = 400_000;

/** The points of rows as the file names or counts them, to tell later which of them lie near a place. */
export class PointBook {
  private readonly rows = new Map<number, readonly PlacedRing[]>();
  private count = 0;

  add(row: number, rings: readonly PlacedRing[]): void {
    for (const { positions } of rings) this.count += positions.length;
    if (this.count <= MAX_POINTS) this.rows.set(row, rings);
  }

  /** Both ends of the edge that is nearest to a place, `J3–J4`; undefined where the row is not kept. */
  edgeNear(row: number, [lng, lat]: Position): string | undefined {
    const rings = this.rows.get(row);
    if (rings === undefined) return undefined;
    const squeeze = Math.cos((lat * Math.PI) / 180);
    let least = Infinity;
    let found: string | undefined;
    for (const [index, { positions, names }] of rings.entries()) {
      const name = (at: number): string => {
        const plain = names?.[at] ?? '';
        const own = plain === '' ? String(at + 1) : plain;
        return rings.length > 1 ? `${index + 1}/${own}` : own;
      };
      const isClosed = isSame(positions[0], positions.at(-1));
      const corners = isClosed ? positions.length - 1 : positions.length;
      for (let i = 0; i < corners; i++) {
        const next = (i + 1) % corners;
        const [x1, y1] = positions[i] as Position;
        const [x2, y2] = positions[next] as Position;
        const distance = distance2((x1 - lng) * squeeze, y1 - lat, (x2 - lng) * squeeze, y2 - lat);
        if (distance < least) [least, found] = [distance, `${name(i)}–${name(next)}`];
      }
    }
    return found;
  }
}

const isSame = (one: Position | undefined, other: Position | undefined): boolean =>
  one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1];

/** From the origin to an edge, squared. */
function distance2(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2)) : 0;
  return (ax + share * dx) ** 2 + (ay + share * dy) ** 2;
}
