import type { MultiPolygon, Position, Ring } from '../../types.ts';
import { RingLocator } from '../validity/ring-locator.ts';
import { coverEdges } from './cover-edges.ts';
import { nodeEdges, type GridEdge } from './node-edges.ts';
import { traceRings } from './trace-rings.ts';

const PER_DEGREE = 1e9;

interface TracedRing {
  readonly points: readonly (readonly [number, number])[];
  readonly doubledArea: number;
}

/**
 * The ground that parts cover, each part's rings read even-odd, as valid polygons on the 1e-9 degree grid. Rings need
 * not be sound: they may cross, repeat and touch themselves and each other. Undefined when the crossings cannot be
 * resolved on the grid.
 */
export function coveredPolygons(parts: readonly (readonly Ring[])[]): MultiPolygon | undefined {
  const edges = nodeEdges(parts.flatMap((rings, part) => rings.flatMap(ring => gridEdges(ring, part))));
  if (edges === undefined) return undefined;
  const rings: TracedRing[] = traceRings(coverEdges(edges)).map(points => ({
    points,
    doubledArea: doubledArea(points),
  }));
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
  const coordinates = shells.reverse().map(shell => [shell, ...shell.holes].map(({ points }) => toRing(points)));
  return { type: 'MultiPolygon', coordinates };
}

function gridEdges(ring: Ring, part: number): GridEdge[] {
  const grid = ring.map(([lng, lat]) => [Math.round(lng * PER_DEGREE), Math.round(lat * PER_DEGREE)] as const);
  const edges: GridEdge[] = [];
  for (let i = 0; i < grid.length; i++) {
    const [x1, y1] = grid[i] as readonly [number, number];
    const [x2, y2] = grid[(i + 1) % grid.length] as readonly [number, number];
    if (x1 !== x2 || y1 !== y2) edges.push({ x1, y1, x2, y2, part });
  }
  return edges;
}

function doubledArea(points: readonly (readonly [number, number])[]): number {
  const [ox, oy] = points[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const [x1, y1] = points[i] as readonly [number, number];
    const [x2, y2] = points[i + 1] as readonly [number, number];
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
    const [x2, y2] = points[(i + 1) % points.length] as readonly [number, number];
    return shell.locate((x1 + x2) / 2, (y1 + y2) / 2) === 'inside';
  });
}

function toRing(points: TracedRing['points']): Ring {
  const ring = points.map(([x, y]): Position => [x / PER_DEGREE, y / PER_DEGREE]);
  return [...ring, ring[0] as Position];
}
