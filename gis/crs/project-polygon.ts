import { EQUATORIAL_RADIUS_M, RADIANS_PER_DEGREE } from '../earth/ellipsoid.ts';
import { partsOf } from '../parts-of.ts';
import type { MultiPolygon, Polygonal, Position, Ring } from '../types.ts';
import type { Crs, CrsCode } from './crs.ts';
import { projectorFor, type Projector } from './projector.ts';

export interface ProjectOptions {
  /**
   * How far, in units of the target, the image of an edge may stray from the straight line between its projected ends
   * before points are put in between. Infinity (the default) projects the vertices only.
   */
  readonly maxDeviation?: number | undefined;
}

/** Halvings of one edge at most: 1024 pieces. */
const MAX_DEPTH = 10;
/** Second derivative of the projections in use, in Earth radii per radian², up to 85° of latitude; deliberately large. */
const BEND = 12;

/**
 * Polygons in EPSG:4326 as they are in another system. Edges are straight in longitude and latitude, as RFC 7946 has
 * them and as the partition of the land is cut: neighbours that share a line still share it afterwards, to within
 * `maxDeviation`. (Areas take edges as geodesics; the two differ by 2 cm on an edge of 1 km at 45° N.)
 */
export function projectPolygon(geometry: Polygonal, crs: Crs | CrsCode, options: ProjectOptions = {}): MultiPolygon {
  const projector = projectorFor(crs);
  const maxDeviation = options.maxDeviation ?? Infinity;
  const coordinates = partsOf(geometry).map(rings => rings.map(ring => projectRing(ring, projector, maxDeviation)));
  return { type: 'MultiPolygon', coordinates };
}

function projectRing(ring: Ring, projector: Projector, maxDeviation: number): Ring {
  if (projector.isIdentity) return ring;
  if (projector.crs.kind === 'geographic' || maxDeviation === Infinity) return ring.map(projector.forward);
  // Below this length an edge cannot stray: deviation ≤ bend · length² / 8.
  const unitM = projector.crs.unitM ?? 1;
  const straightDeg = Math.sqrt((8 * maxDeviation * unitM) / (BEND * EQUATORIAL_RADIUS_M)) / RADIANS_PER_DEGREE;
  const result: Position[] = [];
  ring.forEach((to, i) => {
    const from = ring[i - 1];
    const image = projector.forward(to);
    const before = result.at(-1);
    if (from !== undefined && before !== undefined) {
      const lengthDeg = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (lengthDeg > straightDeg) densify(from, to, before, image, projector, maxDeviation, result, 0);
    }
    result.push(image);
  });
  return result;
}

/** Adds the points between two projected ends that keep the image of the edge within the deviation. */
function densify(
  from: Position,
  to: Position,
  fromImage: Position,
  toImage: Position,
  projector: Projector,
  maxDeviation: number,
  result: Position[],
  depth: number,
): void {
  // Three probes: an edge that bends both ways is straight in its middle.
  const probes = [0.25, 0.5, 0.75].map(share => {
    const image = projector.forward(between(from, to, share));
    return { image, deviation: distanceToLine(image, fromImage, toImage) };
  });
  if (depth >= MAX_DEPTH || probes.every(({ deviation }) => deviation <= maxDeviation)) return;
  const middle = between(from, to, 0.5);
  const middleImage = (probes[1] as { image: Position }).image;
  densify(from, middle, fromImage, middleImage, projector, maxDeviation, result, depth + 1);
  result.push(middleImage);
  densify(middle, to, middleImage, toImage, projector, maxDeviation, result, depth + 1);
}

const between = (a: Position, b: Position, share: number): Position => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
];

function distanceToLine([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
}
