import type { ScalarGrid } from './scalar-grid.ts';

/** A closed ring of plane points, the first one not repeated. */
export type PlaneRing = readonly (readonly [xM: number, yM: number])[];

/**
 * Rings around the part of a grid with values above zero (marching squares). Inside lies on the left: outer rings run
 * counter-clockwise, holes clockwise. The border of the grid counts as outside, so that every ring is closed.
 */
export function contourRings(grid: ScalarGrid): PlaneRing[] {
  const { columns, rows } = grid;
  const valueAt = (column: number, row: number): number => {
    if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) return -1;
    const value = grid.values[row * columns + column]!;
    return value === 0 ? -1e-9 : value;
  };
  // An edge of the lattice is named by its lower node: even = towards the east, odd = towards the north.
  const eastOf = (column: number, row: number): number => (row * columns + column) * 2;
  const northOf = (column: number, row: number): number => (row * columns + column) * 2 + 1;
  const next = new Map<number, number>();
  const box = insideBox(grid);
  for (let row = box.south; row < box.north; row++) {
    for (let column = box.west; column < box.east; column++) {
      const sw = valueAt(column, row);
      const se = valueAt(column + 1, row);
      const ne = valueAt(column + 1, row + 1);
      const nw = valueAt(column, row + 1);
      const code = (sw > 0 ? 1 : 0) | (se > 0 ? 2 : 0) | (ne > 0 ? 4 : 0) | (nw > 0 ? 8 : 0);
      if (code === 0 || code === 15) continue;
      const south = eastOf(column, row);
      const north = eastOf(column, row + 1);
      const west = northOf(column, row);
      const east = northOf(column + 1, row);
      const joined = sw + se + ne + nw > 0;
      for (const [from, to] of segmentsOf(code, joined, south, east, north, west)) next.set(from, to);
    }
  }
  const rings: PlaneRing[] = [];
  while (next.size > 0) {
    const start = next.keys().next().value!;
    const ring: (readonly [number, number])[] = [];
    let edge: number | undefined = start;
    while (edge !== undefined && next.has(edge)) {
      ring.push(crossing(grid, edge, valueAt));
      const following: number = next.get(edge)!;
      next.delete(edge);
      edge = following;
    }
    if (ring.length >= 4) rings.push(ring);
  }
  return rings;
}

/** Cells that can hold a part of the line: those around nodes above zero. */
function insideBox(grid: ScalarGrid): { west: number; south: number; east: number; north: number } {
  const { columns, rows, values } = grid;
  let [west, south, east, north] = [columns, rows, 0, 0];
  for (let row = 1, index = columns; row < rows - 1; row++) {
    for (let column = 0; column < columns; column++, index++) {
      if (values[index]! < 0) continue;
      if (column < west) west = column;
      if (column > east) east = column;
      if (row < south) south = row;
      north = row;
    }
  }
  return {
    west: Math.max(west - 1, 0),
    south: Math.max(south - 1, 0),
    east: Math.min(east + 1, columns - 1),
    north: Math.min(north + 1, rows - 1),
  };
}

function segmentsOf(code: number, joined: boolean, s: number, e: number, n: number, w: number): [number, number][] {
  switch (code) {
    case 1:
      return [[s, w]];
    case 2:
      return [[e, s]];
    case 3:
      return [[e, w]];
    case 4:
      return [[n, e]];
    case 5:
      return joined
        ? [
            [s, e],
            [n, w],
          ]
        : [
            [s, w],
            [n, e],
          ];
    case 6:
      return [[n, s]];
    case 7:
      return [[n, w]];
    case 8:
      return [[w, n]];
    case 9:
      return [[s, n]];
    case 10:
      return joined
        ? [
            [e, n],
            [w, s],
          ]
        : [
            [e, s],
            [w, n],
          ];
    case 11:
      return [[e, n]];
    case 12:
      return [[w, e]];
    case 13:
      return [[s, e]];
    default:
      return [[w, s]];
  }
}

function crossing(
  grid: ScalarGrid,
  edge: number,
  valueAt: (column: number, row: number) => number,
): readonly [number, number] {
  const node = edge >> 1;
  const column = node % grid.columns;
  const row = (node - column) / grid.columns;
  const north = (edge & 1) === 1;
  const from = valueAt(column, row);
  const to = valueAt(column + (north ? 0 : 1), row + (north ? 1 : 0));
  // Kept a little off the nodes, so that rings never touch each other in a point.
  const t = Math.min(Math.max(from / (from - to), 0.02), 0.98);
  return [grid.x0M + (column + (north ? 0 : t)) * grid.cellM, grid.y0M + (row + (north ? t : 0)) * grid.cellM];
}
