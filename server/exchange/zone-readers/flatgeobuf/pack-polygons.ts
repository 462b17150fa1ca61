import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import type { Geometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import type { PackedGeometry } from '../../../../gis/geometry/packed.ts';

/** Rings of one feature; `partEnds` counts rings, `ringEnds` positions. */
interface Rings {
  readonly pieces: Float64Array[];
  readonly ringEnds: number[];
  readonly partEnds: number[];
}

/** What is no polygon, by its type's name. */
export class NotPolygonal extends Error {}

/** Collections in collections go no deeper than this in any file that means well. */
const MAX_DEPTH = 8;

/** The polygons of a geometry as they lie in the file. `declared` is the type that the header gives to all features, 0 = each has its own. */
export function packPolygons(geometry: Geometry, declared: number): PackedGeometry {
  const rings: Rings = { pieces: [], ringEnds: [], partEnds: [] };
  collect(geometry, declared, rings, 0);
  const [only] = rings.pieces;
  return {
    kind: 'polygons',
    positions: rings.pieces.length === 1 && only !== undefined ? only : concatenate(rings.pieces),
    ringEnds: Uint32Array.from(rings.ringEnds),
    partEnds: Uint32Array.from(rings.partEnds),
  };
}

function collect(geometry: Geometry, declared: number, rings: Rings, depth: number): void {
  const type = declared === 0 ? (geometry.type() as number) : declared;
  if (type === (GeometryType.Polygon as number)) return addPolygon(geometry, rings);
  const isMulti = type === (GeometryType.MultiPolygon as number);
  if (!isMulti && type !== (GeometryType.GeometryCollection as number)) throw new NotPolygonal(GeometryType[type]);
  const count = geometry.partsLength();
  // Each part takes an offset of four bytes at least: a count beyond that is damage, and would be walked for minutes.
  if (depth > MAX_DEPTH || count * 4 > (geometry.bb?.capacity() ?? 0)) throw new RangeError('parts');
  for (let i = 0; i < count; i += 1) {
    const part = geometry.parts(i);
    if (part !== null) collect(part, isMulti ? GeometryType.Polygon : 0, rings, depth + 1);
  }
}

function addPolygon(geometry: Geometry, { pieces, ringEnds, partEnds }: Rings): void {
  const positions = geometry.xyArray();
  if (positions === null || positions.length < 2) return;
  const before = ringEnds.at(-1) ?? 0;
  const count = positions.length >> 1;
  // The ends of rings are left out where there is only one.
  let last = 0;
  for (const end of geometry.endsArray() ?? [count]) {
    if (end < last || end > count) throw new RangeError('ends');
    ringEnds.push(before + end);
    last = end;
  }
  if (last !== count) throw new RangeError('ends');
  pieces.push(positions);
  partEnds.push(ringEnds.length);
}

function concatenate(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
