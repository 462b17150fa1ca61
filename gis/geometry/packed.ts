import { GisError } from '../errors.ts';
import { partsOf } from '../parts-of.ts';
import type { Box, MultiPolygon, Polygonal, Position, Ring } from '../types.ts';

/**
 * A geometry in three typed arrays, as decoded from WKB: what the tile encoder and other loops over many geometries
 * work on. Points have neither rings nor parts.
 */
export interface PackedGeometry {
  readonly kind: 'points' | 'polygons';
  /** `x, y` pairs of all rings, one ring after the other; every ring closed as it was written. */
  readonly positions: Float64Array;
  /** For each ring the index of the pair after its last one. */
  readonly ringEnds: Uint32Array;
  /** For each part (polygon) the index of the ring after its last one; a part's first ring is its shell. */
  readonly partEnds: Uint32Array;
}

export interface PointGeometry {
  readonly type: 'Point';
  readonly coordinates: Position;
}
export interface MultiPointGeometry {
  readonly type: 'MultiPoint';
  readonly coordinates: readonly Position[];
}

/** Packs GeoJSON; a Polygon becomes one part. */
export function packGeometry(geometry: Polygonal | PointGeometry | MultiPointGeometry): PackedGeometry {
  if (geometry.type === 'Point' || geometry.type === 'MultiPoint') {
    const points = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates;
    return { kind: 'points', positions: flatten(points), ringEnds: new Uint32Array(), partEnds: new Uint32Array() };
  }
  const parts = partsOf(geometry);
  const rings = parts.flat();
  const ringEnds = new Uint32Array(rings.length);
  let pairs = 0;
  rings.forEach((ring, i) => (ringEnds[i] = pairs += ring.length));
  const partEnds = new Uint32Array(parts.length);
  let ringCount = 0;
  parts.forEach((part, i) => (partEnds[i] = ringCount += part.length));
  const positions = new Float64Array(2 * pairs);
  let at = 0;
  for (const ring of rings) {
    writeFlat(ring, positions, at);
    at += 2 * ring.length;
  }
  return { kind: 'polygons', positions, ringEnds, partEnds };
}

function flatten(positions: readonly Position[]): Float64Array {
  const flat = new Float64Array(2 * positions.length);
  writeFlat(positions, flat, 0);
  return flat;
}

function writeFlat(positions: readonly Position[], into: Float64Array, at: number): void {
  for (let i = 0; i < positions.length; i += 1) {
    const [x, y] = positions[i] as Position;
    into[at + 2 * i] = x;
    into[at + 2 * i + 1] = y;
  }
}

/** The polygons of a packed geometry as GeoJSON. Throws GisError 'geometry-not-polygonal' for points. */
export function unpackPolygons(packed: PackedGeometry): MultiPolygon {
  if (packed.kind !== 'polygons') throw new GisError('geometry-not-polygonal', { kind: packed.kind });
  const coordinates: Ring[][] = [];
  let ring = 0;
  let pair = 0;
  for (const partEnd of packed.partEnds) {
    const rings: Ring[] = [];
    for (; ring < partEnd; ring++) {
      const positions: Position[] = [];
      for (const end = packed.ringEnds[ring] as number; pair < end; pair++) {
        positions.push([packed.positions[2 * pair] as number, packed.positions[2 * pair + 1] as number]);
      }
      rings.push(positions);
    }
    coordinates.push(rings);
  }
  return { type: 'MultiPolygon', coordinates };
}

/** `[west, south, east, north]`, or undefined for a geometry without positions. */
export function packedBox(packed: PackedGeometry): Box | undefined {
  const { positions } = packed;
  if (positions.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i] as number;
    const y = positions[i + 1] as number;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}
