import type { MultiPolygon, PolygonRings, Position, Ring } from '../types.ts';
import { normalisePolygonal } from './normalise.ts';
import { polygonsFromWkb } from './wkb.ts';

const LITTLE_ENDIAN = 1;
const POLYGON = 3;
const MULTI_POLYGON = 6;

/**
 * MultiPolygon in EPSG:4326 from WKB, with shells counter-clockwise and holes clockwise (RFC 7946). Plain little-endian 2D
 * MultiPolygon, which is what PostGIS answers, is read straight into its arrays: a partition has thousands of cells, and
 * the general decoder takes several times longer. Anything else goes through `polygonsFromWkb`, with its errors.
 */
export function woundPolygonsFromWkb(bytes: Uint8Array): MultiPolygon {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPlain = bytes.length >= 9 && view.getUint8(0) === LITTLE_ENDIAN && view.getUint32(1, true) === MULTI_POLYGON;
  const polygons = isPlain ? readPolygons(view) : undefined;
  if (polygons !== undefined) return { type: 'MultiPolygon', coordinates: polygons };
  return normalisePolygonal(polygonsFromWkb(bytes)).geometry;
}

/** Undefined where a part is not a plain polygon or the bytes end early. */
function readPolygons(view: DataView): PolygonRings[] | undefined {
  const polygons: PolygonRings[] = [];
  let at = 9;
  for (let part = view.getUint32(5, true); part > 0; part--) {
    if (at + 9 > view.byteLength || view.getUint8(at) !== LITTLE_ENDIAN || view.getUint32(at + 1, true) !== POLYGON) {
      return undefined;
    }
    const rings: Ring[] = [];
    let ringCount = view.getUint32(at + 5, true);
    at += 9;
    for (; ringCount > 0; ringCount--) {
      if (at + 4 > view.byteLength) return undefined;
      const count = view.getUint32(at, true);
      at += 4;
      if (at + 16 * count > view.byteLength) return undefined;
      rings.push(readRing(view, at, count, rings.length === 0));
      at += 16 * count;
    }
    polygons.push(rings);
  }
  return polygons;
}

function readRing(view: DataView, from: number, count: number, isShell: boolean): Ring {
  const ring: Position[] = [];
  let at = from;
  let doubleArea = 0;
  const x0 = count > 0 ? view.getFloat64(at, true) : 0;
  const y0 = count > 0 ? view.getFloat64(at + 8, true) : 0;
  let beforeX = 0;
  let beforeY = 0;
  for (let i = 0; i < count; i++, at += 16) {
    const x = view.getFloat64(at, true);
    const y = view.getFloat64(at + 8, true);
    // From the first vertex on, so that the sum is one of small numbers.
    doubleArea += beforeX * (y - y0) - (x - x0) * beforeY;
    beforeX = x - x0;
    beforeY = y - y0;
    ring.push([x, y]);
  }
  return doubleArea > 0 === isShell ? ring : ring.reverse();
}
