import { orientation } from '../validity/orientation.ts';
import type { DirectedEdge } from './cover-edges.ts';

type Point = readonly [number, number];

interface Outgoing {
  readonly from: Point;
  readonly to: Point;
  isUsed: boolean;
}

/**
 * Joins directed boundary edges into rings (open) that touch themselves nowhere: shells counter-clockwise, holes
 * clockwise. Where several meet in a point, the walk keeps to the piece of ground on its left, and a walk that passes a
 * point twice is divided there.
 */
export function traceRings(edges: readonly DirectedEdge[]): Point[][] {
  const nodes = new Map<string, Outgoing[]>();
  for (const { x1, y1, x2, y2 } of edges) {
    const outgoing: Outgoing = { from: [x1, y1], to: [x2, y2], isUsed: false };
    const list = nodes.get(`${x1} ${y1}`);
    if (list === undefined) nodes.set(`${x1} ${y1}`, [outgoing]);
    else list.push(outgoing);
  }
  const rings: Point[][] = [];
  for (const starts of nodes.values()) {
    for (const start of starts) {
      if (start.isUsed) continue;
      const walk: Point[] = [];
      let edge: Outgoing | undefined = start;
      while (edge !== undefined && !edge.isUsed) {
        edge.isUsed = true;
        walk.push(edge.from);
        edge = nextEdge(edge, nodes.get(`${edge.to[0]} ${edge.to[1]}`) ?? []);
      }
      rings.push(...divideAtRepeats(walk));
    }
  }
  return rings;
}

/** The first way out clockwise from the way back. */
function nextEdge(arriving: Outgoing, ways: readonly Outgoing[]): Outgoing | undefined {
  if (ways.length < 2) return ways[0];
  let best: Outgoing | undefined;
  for (const way of ways) {
    if (best === undefined || comesFirstClockwise(arriving.to, arriving.from, way.to, best.to)) best = way;
  }
  return best;
}

/** Whether turning clockwise round `centre` from `back` meets `p` before `q`. */
function comesFirstClockwise(centre: Point, back: Point, p: Point, q: Point): boolean {
  const side = (a: Point, b: Point): number => orientation(centre[0], centre[1], a[0], a[1], b[0], b[1]);
  // 0: right of the way back, 1: straight on, 2: left of it.
  const sector = (point: Point): number => 1 + side(back, point);
  if (sector(p) !== sector(q)) return sector(p) < sector(q);
  return side(p, q) < 0;
}

function divideAtRepeats(walk: readonly Point[]): Point[][] {
  const rings: Point[][] = [];
  const path: Point[] = [];
  const seen = new Map<string, number>();
  for (const point of walk) {
    const key = `${point[0]} ${point[1]}`;
    const at = seen.get(key);
    if (at === undefined) {
      seen.set(key, path.length);
      path.push(point);
      continue;
    }
    const loop = path.splice(at);
    for (const dropped of loop) seen.delete(`${dropped[0]} ${dropped[1]}`);
    rings.push(loop);
    seen.set(key, path.length);
    path.push(point);
  }
  rings.push(path);
  return rings.filter(ring => ring.length >= 3);
}
