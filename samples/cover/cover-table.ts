import { cellAreaM2 } from '../../gis/earth/cell-area.ts';
import type { MultiPolygon } from '../../gis/types.ts';

/** All ground that exactly these shapes cover, and how much of it there is on the ellipsoid. */
export interface CoverRow {
  /** Indices into the list of shapes, ascending. */
  readonly covering: readonly number[];
  readonly areaM2: number;
}

interface Edge {
  readonly shape: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Splits the plane into the parts that different sets of shapes cover, and measures them. A sweep over latitude: between
 * two neighbouring corners or crossings no edges cross, so that every strip is a row of trapezoids. This is arithmetic
 * of its own, without any overlay library, and therefore a check on the ledger as well as the basis of the samples.
 */
export function coverTable(shapes: readonly MultiPolygon[]): CoverRow[] {
  const edges = edgesOf(shapes);
  const levels = levelsOf(edges);
  const keys = shapes.map((_, index) => [spread(index * 2 + 1), spread(index * 2 + 2)] as const);
  const rows = new Map<number, { covering: readonly number[]; areaM2: number }>();
  let active: Edge[] = [];
  let next = 0;
  const inside = new Uint8Array(shapes.length);
  for (let level = 0; level + 1 < levels.length; level++) {
    const south = levels[level]!;
    const north = levels[level + 1]!;
    const middle = (south + north) / 2;
    active = active.filter(edge => edge.y2 > middle);
    while (next < edges.length && edges[next]!.y1 < middle) {
      if (edges[next]!.y2 > middle) active.push(edges[next]!);
      next++;
    }
    if (active.length === 0) continue;
    const crossed = active.map(edge => ({ shape: edge.shape, x: xAt(edge, middle) })).sort((a, b) => a.x - b.x);
    const m2PerDegree = cellAreaM2(0, south, 1, north);
    inside.fill(0);
    let [high, low] = [0, 0];
    crossed.forEach(({ shape, x }, index) => {
      inside[shape]! ^= 1;
      high ^= keys[shape]![0];
      low ^= keys[shape]![1];
      const width = (crossed[index + 1]?.x ?? x) - x;
      const key = (high & 0x1fffff) * 4294967296 + (low >>> 0);
      if (key === 0 || width <= 0) return;
      let row = rows.get(key);
      if (!row) {
        row = { covering: [...inside.keys()].filter(at => inside[at] === 1), areaM2: 0 };
        rows.set(key, row);
      }
      row.areaM2 += width * m2PerDegree;
    });
  }
  return [...rows.values()];
}

/** Edges that run upwards, by their lower end; level edges bound no area. */
function edgesOf(shapes: readonly MultiPolygon[]): Edge[] {
  const edges: Edge[] = [];
  shapes.forEach((shape, index) => {
    for (const ring of shape.coordinates.flat()) {
      for (let at = 0; at + 1 < ring.length; at++) {
        const [x1, y1] = ring[at]!;
        const [x2, y2] = ring[at + 1]!;
        if (y1 === y2) continue;
        edges.push(y1 < y2 ? { shape: index, x1, y1, x2, y2 } : { shape: index, x1: x2, y1: y2, x2: x1, y2: y1 });
      }
    }
  });
  return edges.sort((a, b) => a.y1 - b.y1);
}

/** Latitudes of all corners and of all crossings of edges, ascending. */
function levelsOf(edges: readonly Edge[]): number[] {
  const levels = edges.flatMap(edge => [edge.y1, edge.y2]);
  let open: Edge[] = [];
  for (const edge of edges) {
    open = open.filter(other => other.y2 > edge.y1);
    const west = Math.min(edge.x1, edge.x2);
    const east = Math.max(edge.x1, edge.x2);
    for (const other of open) {
      if (Math.max(other.x1, other.x2) < west || Math.min(other.x1, other.x2) > east) continue;
      const from = Math.max(edge.y1, other.y1);
      const to = Math.min(edge.y2, other.y2);
      const before = xAt(edge, from) - xAt(other, from);
      const after = xAt(edge, to) - xAt(other, to);
      if (before * after < 0) levels.push(from + ((to - from) * before) / (before - after));
    }
    open.push(edge);
  }
  const sorted = Float64Array.from(levels).sort();
  return Array.from(sorted).filter((y, index) => index === 0 || y - sorted[index - 1]! > 1e-13);
}

function xAt(edge: Edge, y: number): number {
  return edge.x1 + ((edge.x2 - edge.x1) * (y - edge.y1)) / (edge.y2 - edge.y1);
}

/** A well-mixed 32-bit number for each shape: sets of shapes are told apart by the exclusive or of their numbers. */
function spread(value: number): number {
  let mixed = Math.imul(value, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
