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
 * Divides edges until they meet in their ends only, by snap rounding (Hobby 1999; Guibas and Marimont 1998): every end and every crossing,
 * rounded to the grid, makes its grid cell hot, and an edge is led through the middle of each hot cell that it passes. Edges move by
 * less than a unit and never over a corner, and noding what was noded before changes nothing. The rounds are for crossings of nearly
 * parallel edges, whose place doubles cannot tell to the unit. Undefined when they do not come to an end.
 */
export function nodeEdges(given: readonly GridEdge[]): GridEdge[] | undefined {
  let edges = given.filter(({ x1, y1, x2, y2 }) => x1 !== x2 || y1 !== y2);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const cuts = findCuts(edges, hotCells(edges));
    if (cuts.size === 0) return edges;
    edges = edges.flatMap((edge, i) => {
      const points = cuts.get(i);
      return points === undefined ? [edge] : divide(edge, points);
    });
  }
  return undefined;
}

/** Ends and rounded crossings, each once. */
function hotCells(edges: readonly GridEdge[]): Point[] {
  const hot = new Map<string, Point>();
  const heat = (x: number, y: number): void => void hot.set(`${x} ${y}`, [x, y]);
  for (const { x1, y1, x2, y2 } of edges) {
    heat(x1, y1);
    heat(x2, y2);
  }
  new BoxTree(boxesOf(edges)).forEachPair((i, j) => {
    const a = edges[i] as GridEdge;
    const b = edges[j] as GridEdge;
    if (doCross(a, b)) heat(...crossingOnGrid(a, b));
    return true;
  });
  return [...hot.values()];
}

function doCross(a: GridEdge, b: GridEdge): boolean {
  const b1 = orientation(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1);
  const b2 = orientation(a.x1, a.y1, a.x2, a.y2, b.x2, b.y2);
  if (b1 * b2 >= 0) return false;
  const a1 = orientation(b.x1, b.y1, b.x2, b.y2, a.x1, a.y1);
  return a1 * orientation(b.x1, b.y1, b.x2, b.y2, a.x2, a.y2) < 0;
}

/** The hot cells that each edge passes besides those of its ends. */
function findCuts(edges: readonly GridEdge[], hot: readonly Point[]): Map<number, Point[]> {
  const boxes = new Float64Array(4 * (edges.length + hot.length));
  boxes.set(boxesOf(edges));
  hot.forEach(([x, y], k) => boxes.set([x - 0.5, y - 0.5, x + 0.5, y + 0.5], 4 * (edges.length + k)));
  const cuts = new Map<number, Point[]>();
  new BoxTree(boxes).forEachPair((i, j) => {
    const [first, second] = i < j ? [i, j] : [j, i];
    if (first >= edges.length || second < edges.length) return true;
    const edge = edges[first] as GridEdge;
    const cell = hot[second - edges.length] as Point;
    if (!passes(edge, cell)) return true;
    const points = cuts.get(first);
    if (points === undefined) cuts.set(first, [cell]);
    else points.push(cell);
    return true;
  });
  return cuts;
}

/** Whether an edge meets a grid cell, which owns its left and lower sides; not for the cells of its own ends. Exact. */
function passes({ x1, y1, x2, y2 }: GridEdge, [x, y]: Point): boolean {
  if ((x === x1 && y === y1) || (x === x2 && y === y2)) return false;
  if (Math.max(x1, x2) < x - 0.5 || Math.min(x1, x2) >= x + 0.5) return false;
  if (Math.max(y1, y2) < y - 0.5 || Math.min(y1, y2) >= y + 0.5) return false;
  const side = (dx: number, dy: number): number => orientation(x1, y1, x2, y2, x + dx, y + dy);
  const lowerLeft = side(-0.5, -0.5);
  const others = [side(0.5, -0.5), side(-0.5, 0.5), side(0.5, 0.5)];
  if (lowerLeft === 0) return true;
  return others.includes(-lowerLeft);
}

function boxesOf(edges: readonly GridEdge[]): Float64Array {
  const boxes = new Float64Array(4 * edges.length);
  edges.forEach(({ x1, y1, x2, y2 }, i) => {
    boxes.set([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], 4 * i);
  });
  return boxes;
}

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
