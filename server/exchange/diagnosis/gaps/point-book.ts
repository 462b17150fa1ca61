import type { Position } from '../../../../gis/types.ts';
import type { PlacedRing } from '../rows/points-at.ts';

/** Points that are kept: of larger files nobody reads single ones. */
const MAX_POINTS = 400_000;

interface KeptRing {
  /** Index of its first point. */
  readonly from: number;
  readonly count: number;
  readonly names: readonly string[] | undefined;
}

/** The points of rows as the file names or counts them, to tell later which of them lie near a place. In one array: 16 bytes a point. */
export class PointBook {
  private readonly rows = new Map<number, KeptRing | readonly KeptRing[]>();
  private points = new Float64Array(1 << 12);
  private count = 0;

  add(row: number, rings: readonly PlacedRing[]): void {
    const kept = rings.map(({ positions, names }): KeptRing => {
      const from = this.count;
      this.count += positions.length;
      return { from, count: positions.length, names };
    });
    if (this.count > MAX_POINTS) return;
    this.reserve(2 * this.count);
    for (const [index, { from }] of kept.entries()) {
      for (const [at, [lng, lat]] of (rings[index] as PlacedRing).positions.entries()) {
        this.points[2 * (from + at)] = lng;
        this.points[2 * (from + at) + 1] = lat;
      }
    }
    this.rows.set(row, kept.length === 1 ? (kept[0] as KeptRing) : kept);
  }

  /** Both ends of the edge that is nearest to a place, `J3–J4`; undefined where the row is not kept. */
  edgeNear(row: number, [lng, lat]: Position): string | undefined {
    const kept = this.rows.get(row);
    if (kept === undefined) return undefined;
    const rings = 'from' in kept ? [kept] : kept;
    const squeeze = Math.cos((lat * Math.PI) / 180);
    let least = Infinity;
    let found: string | undefined;
    for (const [index, { from, count, names }] of rings.entries()) {
      const name = (at: number): string => {
        const plain = names?.[at] ?? '';
        const own = plain === '' ? String(at + 1) : plain;
        return rings.length > 1 ? `${index + 1}/${own}` : own;
      };
      const x = (at: number): number => this.points[2 * (from + at)] as number;
      const y = (at: number): number => this.points[2 * (from + at) + 1] as number;
      const isClosed = count > 0 && x(0) === x(count - 1) && y(0) === y(count - 1);
      const corners = isClosed ? count - 1 : count;
      for (let i = 0; i < corners; i++) {
        const next = (i + 1) % corners;
        const distance = distance2((x(i) - lng) * squeeze, y(i) - lat, (x(next) - lng) * squeeze, y(next) - lat);
        if (distance < least) [least, found] = [distance, `${name(i)}–${name(next)}`];
      }
    }
    return found;
  }

  private reserve(values: number): void {
    if (values <= this.points.length) return;
    const larger = new Float64Array(Math.min(2 * MAX_POINTS, Math.max(2 * this.points.length, values)));
    larger.set(this.points);
    this.points = larger;
  }
}

/** From the origin to an edge, squared. */
function distance2(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2)) : 0;
  return (ax + share * dx) ** 2 + (ay + share * dy) ** 2;
}
