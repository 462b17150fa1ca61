import { orientation } from '../validity/orientation.ts';
import type { GridEdge } from './node-edges.ts';

/** An edge with the covered side on its left. */
export interface DirectedEdge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface UniqueEdge extends DirectedEdge {
  /** Parts that the edge bounds: those that hold it an odd number of times. */
  readonly parts: Set<number>;
}

/**
 * The boundary of what the parts cover together, each part read even-odd, from edges that meet in their ends only.
 * Exact: all coordinates are integers, and midpoints halves of them.
 */
export function coverEdges(noded: readonly GridEdge[]): DirectedEdge[] {
  const edges = uniqueEdges(noded);
  const indexes = new Map<number, PartIndex>();
  for (const part of new Set(edges.flatMap(edge => [...edge.parts]))) {
    indexes.set(part, new PartIndex(edges.filter(edge => edge.parts.has(part))));
  }
  const boundary: DirectedEdge[] = [];
  for (const edge of edges) {
    let left = false;
    let right = false;
    for (const [part, index] of indexes) {
      const beside = index.isCoveredBeside(edge);
      const isBounded = edge.parts.has(part);
      // Seen up a rising edge the ray runs on its right, seen along a level one to the east just above it.
      const isLevel = edge.y1 === edge.y2;
      left ||= isLevel ? beside : beside !== isBounded;
      right ||= isLevel ? beside !== isBounded : beside;
    }
    if (left && !right) boundary.push(edge);
    else if (right && !left) boundary.push({ x1: edge.x2, y1: edge.y2, x2: edge.x1, y2: edge.y1 });
  }
  return boundary;
}

/** Each edge once, rising or running east. */
function uniqueEdges(noded: readonly GridEdge[]): UniqueEdge[] {
  const unique = new Map<string, UniqueEdge>();
  for (const { x1, y1, x2, y2, part } of noded) {
    const isForward = y1 < y2 || (y1 === y2 && x1 < x2);
    const edge = isForward ? { x1, y1, x2, y2 } : { x1: x2, y1: y2, x2: x1, y2: y1 };
    const key = `${edge.x1} ${edge.y1} ${edge.x2} ${edge.y2}`;
    let known = unique.get(key);
    if (known === undefined) unique.set(key, (known = { ...edge, parts: new Set() }));
    if (!known.parts.delete(part)) known.parts.add(part);
  }
  return [...unique.values()].filter(({ parts }) => parts.size > 0);
}

/** The edges of one part in bands of y, to count those to the east of a point. */
class PartIndex {
  private readonly south: number;
  private readonly north: number;
  private readonly bands: UniqueEdge[][];

  constructor(edges: readonly UniqueEdge[]) {
    this.south = edges.reduce((least, { y1 }) => Math.min(least, y1), Infinity);
    this.north = edges.reduce((most, { y2 }) => Math.max(most, y2), -Infinity);
    this.bands = Array.from({ length: Math.max(1, Math.min(4096, edges.length >> 2)) }, () => []);
    for (const edge of edges) {
      for (let band = this.band(edge.y1); band <= this.band(edge.y2); band++) this.bands[band]?.push(edge);
    }
  }

  private band(y: number): number {
    const share = (y - this.south) / (this.north - this.south);
    return Math.max(0, Math.min(this.bands.length - 1, Math.floor(share * this.bands.length) || 0));
  }

  /** Whether the part covers the ground beside the middle of an edge: east of a rising one, north of a level one. */
  isCoveredBeside(edge: UniqueEdge): boolean {
    const x = (edge.x1 + edge.x2) / 2;
    const y = (edge.y1 + edge.y2) / 2;
    if (y < this.south || y > this.north) return false;
    let isCovered = false;
    for (const other of this.bands[this.band(y)] ?? []) {
      if (other === edge || other.y1 > y === other.y2 > y) continue;
      if (orientation(other.x1, other.y1, other.x2, other.y2, x, y) > 0) isCovered = !isCovered;
    }
    return isCovered;
  }
}
