import { assembleEdges } from '../../../../../gis/geometry/repair/polygons-of-edges.ts';
import { nodeEdges, type GridEdge } from '../../../../../gis/geometry/repair/node-edges.ts';
import { BoxTree } from '../../../../../gis/geometry/validity/box-tree.ts';
import { nearOrder } from './near-order.ts';

/** Segments up to which the ground between lines is looked for. */
const MAX_SEGMENTS = 100_000;
/** Pairs of segments whose boxes meet. */
const MAX_PAIRS = 500_000;
/** Parts of the reach in which places are told apart: hundredths of a millimetre where it is a centimetre. */
const STEPS = 1_000;

/** Outlines of one piece of ground each: the outer ring first, closed, then those of ground inside that is not enclosed by it alone. */
export type EnclosedGround = readonly Float64Array[];

/**
 * The pieces of ground that lines enclose, each by itself: the faces of their planar graph, with its crossings as corners. A border that
 * two neighbours share, drawn once, is the border of both, corner by corner. Ground narrower than `reach` is two drawings of one line.
 * Undefined where there are too many lines.
 */
export function enclosedGround(lines: readonly Float64Array[], reach: number): EnclosedGround[] | undefined {
  const step = reach / STEPS;
  const [x0 = 0, y0 = 0] = lines[0] ?? [];
  const edges: GridEdge[] = [];
  for (const pairs of lines) {
    if (edges.length + pairs.length / 2 > MAX_SEGMENTS) return undefined;
    for (let i = 2; i < pairs.length; i += 2) {
      const [x1, y1] = [toGrid(pairs[i - 2] as number, x0, step), toGrid(pairs[i - 1] as number, y0, step)];
      const [x2, y2] = [toGrid(pairs[i] as number, x0, step), toGrid(pairs[i + 1] as number, y0, step)];
      edges.push({ x1, y1, x2, y2, part: 0 });
    }
  }
  const order = nearOrder(Float64Array.from(edges.flatMap(({ x1, y1 }) => [x1, y1])));
  const ordered = order.map(index => edges[index] as GridEdge);
  const noded = isTooEntangled(ordered) ? undefined : nodeEdges(ordered);
  if (noded === undefined) return undefined;
  const polygons = assembleEdges(bothWays(noded));
  return polygons
    .map(({ shell, holes }) =>
      [shell, ...holes].map(ring =>
        Float64Array.from([...ring, ring[0] ?? [0, 0]].flatMap(([x, y]) => [x0 + x * step, y0 + y * step])),
      ),
    )
    .filter(([shell]) => shell !== undefined && widthOf(shell) > reach);
}

const toGrid = (value: number, origin: number, step: number): number => Math.round((value - origin) / step);

/** Whether so many edges cross or touch that their corners would be too many. */
function isTooEntangled(edges: readonly GridEdge[]): boolean {
  const boxes = new Float64Array(4 * edges.length);
  for (const [i, { x1, y1, x2, y2 }] of edges.entries())
    boxes.set([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], 4 * i);
  let pairs = 0;
  new BoxTree(boxes).forEachPair(() => ++pairs <= MAX_PAIRS);
  return pairs > MAX_PAIRS;
}

/** Every edge once in each direction: there is ground on both of its sides. */
function bothWays(edges: readonly GridEdge[]): GridEdge[] {
  const seen = new Set<string>();
  const result: GridEdge[] = [];
  for (const { x1, y1, x2, y2, part } of edges) {
    const isForward = x1 < x2 || (x1 === x2 && y1 < y2);
    const key = isForward ? `${x1} ${y1} ${x2} ${y2}` : `${x2} ${y2} ${x1} ${y1}`;
    if (seen.has(key)) continue;
    seen.add(key);
    result.push({ x1, y1, x2, y2, part }, { x1: x2, y1: y2, x2: x1, y2: y1, part });
  }
  return result;
}

/** Area by half of the length round it: how wide a strip of as much ground would be. */
function widthOf(ring: Float64Array): number {
  const [x0, y0] = [ring[0] as number, ring[1] as number];
  let [doubled, length] = [0, 0];
  for (let i = 2; i < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i - 2], ring[i - 1], ring[i], ring[i + 1]] as [number, number, number, number];
    doubled += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    length += Math.hypot(x2 - x1, y2 - y1);
  }
  return Math.abs(doubled) / length;
}
