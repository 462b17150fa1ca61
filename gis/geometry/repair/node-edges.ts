import { BoxTree } from '../validity/box-tree.ts';
import { orientation } from '../validity/orientation.ts';

/** An edge on the integer grid (units of 1e-9 degrees), with the part it bounds. */
export interface GridEdge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly part: number;
}

type Point = readonly [number, number];

const MAX_ROUNDS = 30;

/**
 * Divides edges until they meet in their ends only. Crossing points are rounded to the grid, which bends edges by less
 * than a unit and may make new crossings: hence the rounds. Undefined when they do not come to an end.
 */
export function nodeEdges(given: readonly GridEdge[]): GridEdge[] | undefined {
  let edges = given.filter(({ x1, y1, x2, y2 }) => x1 !== x2 || y1 !== y2);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const cuts = findCuts(edges);
    if (cuts.size === 0) return edges;
    edges = edges.flatMap((edge, i) => {
      const points = cuts.get(i);
      return points === undefined ? [edge] : divide(edge, points);
    });
  }
  return undefined;
}

function findCuts(edges: readonly GridEdge[]): Map<number, Point[]> {
  const boxes = new Float64Array(4 * edges.length);
  edges.forEach(({ x1, y1, x2, y2 }, i) => {
    boxes.set([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], 4 * i);
  });
  const cuts = new Map<number, Point[]>();
  const cut = (i: number, point: Point): void => {
    const { x1, y1, x2, y2 } = edges[i] as GridEdge;
    if ((point[0] === x1 && point[1] === y1) || (point[0] === x2 && point[1] === y2)) return;
    const points = cuts.get(i);
    if (points === undefined) cuts.set(i, [point]);
    else points.push(point);
  };
  new BoxTree(boxes).forEachPair((i, j) => {
    const a = edges[i] as GridEdge;
    const b = edges[j] as GridEdge;
    const b1 = orientation(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1);
    const b2 = orientation(a.x1, a.y1, a.x2, a.y2, b.x2, b.y2);
    const a1 = orientation(b.x1, b.y1, b.x2, b.y2, a.x1, a.y1);
    const a2 = orientation(b.x1, b.y1, b.x2, b.y2, a.x2, a.y2);
    if (b1 * b2 < 0 && a1 * a2 < 0) {
      const point = crossingOnGrid(a, b);
      cut(i, point);
      cut(j, point);
      return true;
    }
    // Ends of one that lie on the other, in line with it or not.
    if (b1 === 0 && isBetween(a, b.x1, b.y1)) cut(i, [b.x1, b.y1]);
    if (b2 === 0 && isBetween(a, b.x2, b.y2)) cut(i, [b.x2, b.y2]);
    if (a1 === 0 && isBetween(b, a.x1, a.y1)) cut(j, [a.x1, a.y1]);
    if (a2 === 0 && isBetween(b, a.x2, a.y2)) cut(j, [a.x2, a.y2]);
    return true;
  });
  return cuts;
}

const isBetween = ({ x1, y1, x2, y2 }: GridEdge, x: number, y: number): boolean =>
  x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2);

function crossingOnGrid(a: GridEdge, b: GridEdge): Point {
  const dx = a.x2 - a.x1;
  const dy = a.y2 - a.y1;
  const ex = b.x2 - b.x1;
  const ey = b.y2 - b.y1;
  const t = ((b.x1 - a.x1) * ey - (b.y1 - a.y1) * ex) / (dx * ey - dy * ex);
  const share = Number.isFinite(t) ? Math.max(0, Math.min(1, t)) : 0.5;
  return [Math.round(a.x1 + share * dx), Math.round(a.y1 + share * dy)];
}

function divide({ x1, y1, x2, y2, part }: GridEdge, points: readonly Point[]): GridEdge[] {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const along = ([x, y]: Point): number => (x - x1) * dx + (y - y1) * dy;
  const stops: Point[] = [[x1, y1], ...[...points].sort((p, q) => along(p) - along(q)), [x2, y2]];
  const pieces: GridEdge[] = [];
  for (let i = 1; i < stops.length; i++) {
    const [fromX, fromY] = stops[i - 1] as Point;
    const [toX, toY] = stops[i] as Point;
    if (fromX !== toX || fromY !== toY) pieces.push({ x1: fromX, y1: fromY, x2: toX, y2: toY, part });
  }
  return pieces;
}
