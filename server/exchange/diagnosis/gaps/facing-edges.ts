import { BoxTree } from '../../../../gis/geometry/validity/box-tree.ts';
import type { Position } from '../../../../gis/types.ts';
import { distance2To, nearestOn, type Edges, type LocalPlane } from './near-edges.ts';

/** Between which distances two outlines are taken for parted by a slip. */
export interface GapWidth {
  /** Wider ground is drawn on purpose, m. */
  readonly widthM: number;
  /** Narrower ground is what rounding leaves between outlines that were meant to touch, m. */
  readonly noiseM: number;
}

/** Edges of both outlines up to which all of them are compared, which costs less than a tree. */
const FEW = 4_096;
/** Free corners looked at before the answer is left to whoever cuts the ground. */
const MAX_PROBES = 32;

/** Pairs of edges, by where they stand in `a` and `b`, whose boxes come within the width of each other. */
export function facingEdges(a: Edges, b: Edges, widthM: number): (readonly [i: number, j: number])[] {
  const found: (readonly [number, number])[] = [];
  const reach = widthM * Math.SQRT2;
  const tree = treeOf(b);
  for (let i = 0; i < a.length; i += 4) {
    const [west, south, east, north] = boxOfEdge(a, i);
    tree.search(west - reach, south - reach, east + reach, north + reach, item => void found.push([i, 4 * item]));
  }
  return found;
}

function treeOf(edges: Edges): BoxTree {
  const boxes = new Float64Array(edges.length);
  for (let at = 0; at < edges.length; at += 4) boxes.set(boxOfEdge(edges, at), at);
  return new BoxTree(boxes);
}

function boxOfEdge(edges: Edges, at: number): [number, number, number, number] {
  const [ax, ay, bx, by] = [edges[at], edges[at + 1], edges[at + 2], edges[at + 3]] as [number, number, number, number];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Whether some corner of one is off the other by more than noise and less than a gap's width, with free ground between. */
export function hasGap(
  of: Edges,
  to: Edges,
  { widthM, noiseM }: GapWidth,
  plane: LocalPlane,
  isFree: (position: Position) => boolean,
): boolean {
  const tree = of.length * to.length > 16 * FEW ? treeOf(to) : undefined;
  let probes = 0;
  let least = Infinity;
  let nearest = -1;
  let [px, py] = [0, 0];
  const compare = (at: number): void => {
    const distance2 = distance2To(to, at, px, py);
    if (distance2 < least) [least, nearest] = [distance2, at];
  };
  for (let i = 0; i < of.length; i += 2) {
    px = of[i] as number;
    py = of[i + 1] as number;
    // The end of an edge is most often the beginning of the next.
    if (i % 4 === 2 && px === of[i + 2] && py === of[i + 3]) continue;
    least = widthM ** 2;
    nearest = -1;
    if (tree === undefined) {
      for (let at = 0; at < to.length && least > noiseM ** 2; at += 4) compare(at);
    } else tree.search(px - widthM, py - widthM, px + widthM, py + widthM, item => compare(4 * item));
    if (nearest < 0 || least <= noiseM ** 2) continue;
    const [x, y] = nearestOn(to, nearest, px, py);
    if (isFree(plane.position((x + px) / 2, (y + py) / 2))) return true;
    // Looked at often enough: the overlay tells.
    if (++probes >= MAX_PROBES) return true;
  }
  return false;
}
