import type { Box, MultiPolygon, PolygonRings, Position } from '../../../../gis/types.ts';

/** Outlines of many rows in few typed arrays: 16 bytes a vertex instead of a hundred. */
export class RowStore {
  private positions = new Float64Array(1 << 16);
  private used = 0;
  private readonly rows: number[] = [];
  /** For each row: index of its first ring in `ringEnds`. */
  private readonly firstRing: number[] = [];
  private readonly ringEnds: number[] = [];
  /** For each ring: whether it opens a part. */
  private readonly opensPart: boolean[] = [];
  private readonly boxes: number[] = [];

  get size(): number {
    return this.rows.length;
  }

  add(row: number, geometry: MultiPolygon, [west, south, east, north]: Box): void {
    this.rows.push(row);
    this.firstRing.push(this.ringEnds.length);
    this.boxes.push(west, south, east, north);
    for (const rings of geometry.coordinates) {
      rings.forEach((ring, index) => {
        this.reserve(2 * ring.length);
        for (const [lng, lat] of ring) {
          this.positions[this.used++] = lng;
          this.positions[this.used++] = lat;
        }
        this.ringEnds.push(this.used);
        this.opensPart.push(index === 0);
      });
    }
  }

  row(index: number): number {
    return this.rows[index] as number;
  }

  box(index: number): Box {
    return this.boxes.slice(4 * index, 4 * index + 4) as unknown as Box;
  }

  /** One side of the box of a row: 0 west, 1 south, 2 east, 3 north. */
  side(index: number, side: 0 | 1 | 2 | 3): number {
    return this.boxes[4 * index + side] as number;
  }

  /** Flat rings, closed; valid until the next `add`. */
  rings(index: number): Float64Array[] {
    const rings: Float64Array[] = [];
    const to = this.firstRing[index + 1] ?? this.ringEnds.length;
    for (let ring = this.firstRing[index] as number; ring < to; ring++) {
      rings.push(this.positions.subarray(this.ringEnds[ring - 1] ?? 0, this.ringEnds[ring]));
    }
    return rings;
  }

  geometry(index: number): MultiPolygon {
    const parts: Position[][][] = [];
    const from = this.firstRing[index] as number;
    this.rings(index).forEach((flat, offset) => {
      const ring: Position[] = [];
      for (let i = 0; i < flat.length; i += 2) ring.push([flat[i] as number, flat[i + 1] as number]);
      if (this.opensPart[from + offset]) parts.push([ring]);
      else parts.at(-1)?.push(ring);
    });
    return { type: 'MultiPolygon', coordinates: parts as unknown as PolygonRings[] };
  }

  private reserve(count: number): void {
    if (this.used + count <= this.positions.length) return;
    const larger = new Float64Array(Math.max(Math.ceil(1.5 * this.positions.length), this.used + count));
    larger.set(this.positions.subarray(0, this.used));
    this.positions = larger;
  }
}
