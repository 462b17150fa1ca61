import type { PolygonRings } from '../../../../gis/types.ts';
import type { Edges, LocalPlane } from './near-edges.ts';

/** How far strips reach into the land on both sides, so that nothing is left between by rounding, m. */
const REACH_M = 0.002;
const MIN_LENGTH_M = 1e-6;

type Point = readonly [x: number, y: number];

/**
 * The ground between edges of one outline and edges of another that face each other within `widthM`: one quadrilateral for each
 * pair of edges and corners, overlapping each other and, slightly, both outlines.
 */
export function gapStrips(
  a: Edges,
  b: Edges,
  pairs: Iterable<readonly [i: number, j: number]>,
  widthM: number,
  plane: LocalPlane,
): PolygonRings[] {
  const strips: PolygonRings[] = [];
  const add = (corners: readonly Point[]): void => {
    const wound = areaOf(corners) < 0 ? corners.toReversed() : corners;
    const ring = wound.map(([x, y]) => plane.position(x, y));
    strips.push([[...ring, ring[0] as (typeof ring)[number]]]);
  };
  for (const [i, j] of pairs) {
    for (const strip of [facing(a, i, b, j, widthM), facing(b, j, a, i, widthM)]) if (strip !== undefined) add(strip);
    for (const [p, q] of [
      [end(a, i, 0), end(b, j, 0)],
      [end(a, i, 0), end(b, j, 1)],
      [end(a, i, 1), end(b, j, 0)],
      [end(a, i, 1), end(b, j, 1)],
    ] as const) {
      const box = cornerBox(p, q, a, i, widthM);
      if (box !== undefined) add(box);
    }
  }
  return strips;
}

const end = (edges: Edges, at: number, which: 0 | 1): Point => [
  edges[at + 2 * which] as number,
  edges[at + 2 * which + 1] as number,
];

const areaOf = (corners: readonly Point[]): number =>
  corners.reduce((sum, [x1, y1], index) => {
    const [x2, y2] = corners[(index + 1) % corners.length] as Point;
    return sum + x1 * y2 - x2 * y1;
  }, 0) / 2;

/** The part of edge `i` that has its foot on edge `j` and lies no farther from it, with those feet. */
function facing(a: Edges, i: number, b: Edges, j: number, widthM: number): Point[] | undefined {
  const [p, p2, q, q2] = [end(a, i, 0), end(a, i, 1), end(b, j, 0), end(b, j, 1)];
  const length = Math.hypot(q2[0] - q[0], q2[1] - q[1]);
  if (length < MIN_LENGTH_M) return undefined;
  const [ux, uy] = [(q2[0] - q[0]) / length, (q2[1] - q[1]) / length];
  const along = ([x, y]: Point): number => (x - q[0]) * ux + (y - q[1]) * uy;
  const off = ([x, y]: Point): number => (y - q[1]) * ux - (x - q[0]) * uy;
  const [s1, s2, d1, d2] = [along(p), along(p2), off(p), off(p2)];
  const side = Math.sign(d1 + d2);
  if (side === 0) return undefined;
  // Shares of edge i where each of the conditions holds are intervals, for all of them are linear.
  let [from, to] = [0, 1];
  const keep = (at0: number, at1: number): void => {
    // at0 + t (at1 − at0) ≥ 0
    const step = at1 - at0;
    if (step === 0) {
      if (at0 < 0) to = -1;
    } else if (step > 0) from = Math.max(from, -at0 / step);
    else to = Math.min(to, -at0 / step);
  };
  keep(s1, s2);
  keep(length - s1, length - s2);
  keep(side * d1, side * d2);
  keep(widthM - side * d1, widthM - side * d2);
  if (!(to > from) || (to - from) * Math.hypot(p2[0] - p[0], p2[1] - p[1]) < MIN_LENGTH_M) return undefined;
  const [sa, sb] = [s1 + from * (s2 - s1), s1 + to * (s2 - s1)];
  const [da, db] = [d1 + from * (d2 - d1), d1 + to * (d2 - d1)];
  if (Math.abs(sb - sa) < MIN_LENGTH_M || Math.max(Math.abs(da), Math.abs(db)) < REACH_M) return undefined;
  const place = (s: number, d: number): Point => [q[0] + s * ux - d * uy, q[1] + s * uy + d * ux];
  const reach = Math.sign(sb - sa) * REACH_M;
  const inward = -side * REACH_M;
  return [
    place(sa - reach, da - inward),
    place(sb + reach, db - inward),
    place(sb + reach, inward),
    place(sa - reach, inward),
  ];
}

/** Where a corner stands out towards an inner corner: the rectangle between both, along one of the edges. */
function cornerBox(p: Point, q: Point, a: Edges, i: number, widthM: number): Point[] | undefined {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const distance = Math.hypot(dx, dy);
  if (distance < REACH_M || distance > widthM * Math.SQRT2) return undefined;
  const [from, to] = [end(a, i, 0), end(a, i, 1)];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < MIN_LENGTH_M) return undefined;
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const [along, off] = [dx * ux + dy * uy, dy * ux - dx * uy];
  if (Math.abs(along) > widthM || Math.abs(off) > widthM) return undefined;
  if (Math.abs(along) < REACH_M || Math.abs(off) < REACH_M) return undefined;
  const [sx, sy] = [Math.sign(along) * REACH_M, Math.sign(off) * REACH_M];
  const place = (s: number, d: number): Point => [p[0] + s * ux - d * uy, p[1] + s * uy + d * ux];
  return [place(-sx, -sy), place(along + sx, -sy), place(along + sx, off + sy), place(-sx, off + sy)];
}
