import { metresPerDegree } from '../../../../gis/earth/local-scale.ts';
import type { Box, Position } from '../../../../gis/types.ts';

/** Edges in metres of a plane that touches the earth at one place: x1, y1, x2, y2, … */
export type Edges = Float64Array;

/** A plane in metres around a place, for distances of a few metres. */
export class LocalPlane {
  private readonly lng: number;
  private readonly lat: number;
  private readonly scale: { readonly lng: number; readonly lat: number };

  constructor(lng: number, lat: number) {
    this.lng = lng;
    this.lat = lat;
    this.scale = metresPerDegree(lat);
  }

  x(lng: number): number {
    return (lng - this.lng) * this.scale.lng;
  }

  y(lat: number): number {
    return (lat - this.lat) * this.scale.lat;
  }

  position(x: number, y: number): Position {
    return [this.lng + x / this.scale.lng, this.lat + y / this.scale.lat];
  }

  /** A width in metres as degrees, the larger one of both directions. */
  degrees(metres: number): number {
    return metres / Math.min(this.scale.lng, this.scale.lat);
  }

  /** The edges of flat closed rings that meet a box in degrees, written to a buffer: valid until it is used again. */
  edgesIn(rings: readonly Float64Array[], [west, south, east, north]: Box, buffer: EdgeBuffer): Edges {
    buffer.clear();
    for (const flat of rings) {
      for (let i = 0; i + 3 < flat.length; i += 2) {
        const ax = flat[i] as number;
        const bx = flat[i + 2] as number;
        if ((ax < west && bx < west) || (ax > east && bx > east)) continue;
        const ay = flat[i + 1] as number;
        const by = flat[i + 3] as number;
        if ((ay < south && by < south) || (ay > north && by > north)) continue;
        buffer.add(this.x(ax), this.y(ay), this.x(bx), this.y(by));
      }
    }
    return buffer.edges;
  }
}

/** Room for edges that is used again and again: pairs of rows are many, and their edges few. */
export class EdgeBuffer {
  private values = new Float64Array(256);
  private used = 0;

  clear(): void {
    this.used = 0;
  }

  add(ax: number, ay: number, bx: number, by: number): void {
    if (this.used + 4 > this.values.length) {
      const larger = new Float64Array(2 * this.values.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.used++] = ax;
    this.values[this.used++] = ay;
    this.values[this.used++] = bx;
    this.values[this.used++] = by;
  }

  get edges(): Edges {
    return this.values.subarray(0, this.used);
  }
}

/** Distance of a place from an edge, squared. */
export function distance2To(edges: Edges, at: number, px: number, py: number): number {
  const ax = edges[at] as number;
  const ay = edges[at + 1] as number;
  const dx = (edges[at + 2] as number) - ax;
  const dy = (edges[at + 3] as number) - ay;
  const length2 = dx * dx + dy * dy;
  let share = length2 > 0 ? ((px - ax) * dx + (py - ay) * dy) / length2 : 0;
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  const [ex, ey] = [ax + share * dx - px, ay + share * dy - py];
  return ex * ex + ey * ey;
}

/** The point of an edge that is nearest to a place. */
export function nearestOn(edges: Edges, at: number, px: number, py: number): readonly [x: number, y: number] {
  const [ax, ay, bx, by] = [edges[at], edges[at + 1], edges[at + 2], edges[at + 3]] as [number, number, number, number];
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2)) : 0;
  return [ax + share * dx, ay + share * dy];
}
