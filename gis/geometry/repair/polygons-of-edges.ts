import type { MultiPolygon, Position, Ring } from '../../types.ts';
import { RingLocator } from '../validity/ring-locator.ts';
import { coverEdges, type DirectedEdge } from './cover-edges.ts';
import { nodeEdges, type GridEdge } from './node-edges.ts';
import { traceRings } from './trace-rings.ts';

const PER_DEGREE = 1e9;

/** Whole numbers, in units of 1e-9 degrees where the polygon has degrees. */
export type GridPoint = readonly [number, number];

/** A shell, counter-clockwise in a plane with y upwards, and its holes; open rings of whole numbers. */
export interface GridPolygon {
  readonly shell: readonly GridPoint[];
  readonly holes: readonly (readonly GridPoint[])[];
}

interface TracedRing {
  readonly points: readonly GridPoint[];
  readonly doubledArea: number;
}

/**
 * The ground that parts cover, each part's rings read even-odd, as valid polygons on the 1e-9 degree grid. Rings need
 * not be sound: they may cross, repeat and touch themselves and each other. Undefined when the crossings cannot be
 * resolved on the grid.
 */
export function coveredPolygons(parts: readonly (readonly Ring[])[]): MultiPolygon | undefined {
  const covered = coveredGridPolygons(parts.map(rings => rings.map(toGridPoints)));
  return covered && toMultiPolygon(covered);
}

/** Positions in degrees as whole numbers of 1e-9 degrees. */
export const toGridPoints = (positions: readonly Position[]): GridPoint[] =>
  positions.map(([lng, lat]) => [Math.round(lng * PER_DEGREE), Math.round(lat * PER_DEGREE)]);

/** The way back from `toGridPoints`. */
export const toMultiPolygon = (polygons: readonly GridPolygon[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygons.map(({ shell, holes }) => [shell, ...holes].map(toRing)),
});

/** As `coveredPolygons`, on any grid: coordinates are whole numbers below 2^52, rings open or closed. */
export function coveredGridPolygons(parts: readonly (readonly (readonly GridPoint[])[])[]): GridPolygon[] | undefined {
  const edges = nodeEdges(parts.flatMap((rings, part) => rings.flatMap(ring => gridEdges(ring, part))));
  return edges && assembleEdges(coverEdges(edges));
}

/** Polygons from the edges round them, each with its polygon on the left; polygons may share edges that run both ways. */
export function assembleEdges(edges: readonly DirectedEdge[]): GridPolygon[] {
  const rings: TracedRing[] = traceRings(edges).map(points => ({ points, doubledArea: doubledArea(points) }));
  const shells = rings
    .filter(ring => ring.doubledArea > 0)
    .map(ring => ({
      ...ring,
      locator: new RingLocator(new Float64Array(ring.points.flat())),
      holes: [] as TracedRing[],
    }))
    .sort((a, b) => a.doubledArea - b.doubledArea);
  for (const hole of rings.filter(ring => ring.doubledArea < 0)) {
    const shell = shells.find(
      candidate => candidate.doubledArea > -hole.doubledArea && isWithin(hole, candidate.locator),
    );
    shell?.holes.push(hole);
  }
  return shells.reverse().map(({ points, holes }) => ({ shell: points, holes: holes.map(hole => hole.points) }));
}

/** The sides of a ring, open or closed, without those that have no length. */
export function gridEdges(grid: readonly GridPoint[], part: number): GridEdge[] {
  const edges: GridEdge[] = [];
  for (let i = 0; i < grid.length; i++) {
    const [x1, y1] = grid[i] as GridPoint;
    const [x2, y2] = grid[(i + 1) % grid.length] as GridPoint;
    if (x1 !== x2 || y1 !== y2) edges.push({ x1, y1, x2, y2, part });
  }
  return edges;
}

function doubledArea(points: readonly GridPoint[]): number {
  const [ox, oy] = points[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const [x1, y1] = points[i] as GridPoint;
    const [x2, y2] = points[i + 1] as GridPoint;
    sum += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
  }
  return sum;
}

function isWithin(hole: TracedRing, shell: RingLocator): boolean {
  const { points } = hole;
  for (const [x, y] of points) {
    const where = shell.locate(x, y);
    if (where !== 'boundary') return where === 'inside';
  }
  // Every corner of the hole touches the shell: ask its edges.
  return points.some(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length] as GridPoint;
    return shell.locate((x1 + x2) / 2, (y1 + y2) / 2) === 'inside';
  });
}

function toRing(points: readonly GridPoint[]): Ring {
  const ring = points.map(([x, y]): Position => [x / PER_DEGREE, y / PER_DEGREE]);
  return [...ring, ring[0] as Position];
}
