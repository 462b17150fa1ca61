import { orientation } from '../validity/orientation.ts';
import type { DirectedEdge } from './cover-edges.ts';

type Point = readonly [number, number];

/**
 * Joins directed boundary edges into rings (open) that touch themselves nowhere: shells counter-clockwise, holes
 * clockwise. Where several meet in a point, the walk keeps to the piece of ground on its left, and a walk that passes a
 * point twice is divided there.
 */
export function traceRings(edges: readonly DirectedEdge[]): Point[][] {
  return walkEdges(edges).flatMap(walk => divideAtRepeats(walk.map(({ x1, y1 }): Point => [x1, y1])));
}

/** The walks round the pieces of ground, each directed edge in one of them. */
export function walkEdges(edges: readonly DirectedEdge[]): DirectedEdge[][] {
  const nodes = new Map<string, DirectedEdge[]>();
  for (const edge of edges) {
    const list = nodes.get(`${edge.x1} ${edge.y1}`);
    if (list === undefined) nodes.set(`${edge.x1} ${edge.y1}`, [edge]);
    else list.push(edge);
  }
  const used = new Set<DirectedEdge>();
  const walks: DirectedEdge[][] = [];
  for (const start of edges) {
    if (used.has(start)) continue;
    const walk: DirectedEdge[] = [];
    let edge: DirectedEdge | undefined = start;
    while (edge !== undefined && !used.has(edge)) {
      used.add(edge);
      walk.push(edge);
      edge = nextEdge(edge, nodes.get(`${edge.x2} ${edge.y2}`) ?? []);
    }
    walks.push(walk);
  }
  return walks;
}

/** The first way out clockwise from the way back. */
function nextEdge({ x1, y1, x2, y2 }: DirectedEdge, ways: readonly DirectedEdge[]): DirectedEdge | undefined {
  if (ways.length < 2) return ways[0];
  let best: DirectedEdge | undefined;
  for (const way of ways) {
    if (best === undefined || comesFirstClockwise([x2, y2], [x1, y1], [way.x2, way.y2], [best.x2, best.y2])) best = way;
  }
  return best;
}

/** Whether turning clockwise round `centre` from `back` meets `p` before `q`. */
function comesFirstClockwise(centre: Point, back: Point, p: Point, q: Point): boolean {
  const side = (a: Point, b: Point): number => orientation(centre[0], centre[1], a[0], a[1], b[0], b[1]);
  // 0: right of the way back, 1: straight on, 2: left of it, 3: the way back itself, where an edge runs both ways.
  const sector = (point: Point): number => (point[0] === back[0] && point[1] === back[1] ? 3 : 1 + side(back, point));
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
