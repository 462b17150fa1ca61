import { GisError } from '../errors.ts';
import type { MultiPolygon, Polygonal, PolygonRings, Position } from '../types.ts';
import { unpackPolygons, type MultiPointGeometry, type PackedGeometry, type PointGeometry } from './packed.ts';

const POINT = 1;
const POLYGON = 3;
const MULTI_POINT = 4;
const MULTI_POLYGON = 6;
const GEOMETRY_COLLECTION = 7;

/** A packed geometry with the SRID that an EWKB header named. */
export interface DecodedWkb extends PackedGeometry {
  readonly srid?: number | undefined;
}

/**
 * Decodes WKB, EWKB (PostGIS) and ISO WKB of points and polygons, single, multiple or in a collection; Z and M are
 * dropped. Throws GisError 'wkb-unsupported' (params `type`) for lines and curves and for a mixture of points and
 * polygons, 'wkb-truncated' for bytes that end too early or name more elements than they can hold.
 */
export function decodeWkb(bytes: Uint8Array): DecodedWkb {
  const reader = new WkbReader(bytes);
  reader.geometry();
  return reader.result();
}

/** Decodes WKB of polygons to GeoJSON; errors as `decodeWkb`, and 'geometry-not-polygonal' for points. */
export function polygonsFromWkb(bytes: Uint8Array): MultiPolygon {
  return unpackPolygons(decodeWkb(bytes));
}

class WkbReader {
  private readonly view: DataView;
  private at = 0;
  private readonly positions: number[] = [];
  private readonly ringEnds: number[] = [];
  private readonly partEnds: number[] = [];
  private kind: PackedGeometry['kind'] | undefined;
  private srid: number | undefined;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  result(): DecodedWkb {
    return {
      kind: this.kind ?? 'polygons',
      positions: Float64Array.from(this.positions),
      ringEnds: Uint32Array.from(this.ringEnds),
      partEnds: Uint32Array.from(this.partEnds),
      srid: this.srid,
    };
  }

  geometry(depth = 0): void {
    this.need(5);
    const little = this.view.getUint8(this.at) === 1;
    const word = this.view.getUint32(this.at + 1, little);
    this.at += 5;
    // EWKB flags in the high bits, ISO thousands in the low ones.
    const code = word & 0x0fffffff;
    const iso = Math.floor(code / 1000);
    const hasZ = (word & 0x80000000) !== 0 || iso === 1 || iso === 3;
    const hasM = (word & 0x40000000) !== 0 || iso === 2 || iso === 3;
    const type = code % 1000;
    if ((word & 0x20000000) !== 0) {
      this.need(4);
      this.srid = this.view.getUint32(this.at, little);
      this.at += 4;
    }
    const skip = (hasZ ? 8 : 0) + (hasM ? 8 : 0);
    if (type === POINT) {
      this.become('points');
      this.pairs(1, little, skip, true);
    } else if (type === POLYGON) {
      this.become('polygons');
      this.polygon(little, skip);
    } else if (type === MULTI_POINT || type === MULTI_POLYGON || type === GEOMETRY_COLLECTION) {
      if (type !== GEOMETRY_COLLECTION) this.become(type === MULTI_POINT ? 'points' : 'polygons');
      if (depth > 8) throw new GisError('wkb-unsupported', { type });
      const count = this.count(little, 5);
      for (let i = 0; i < count; i++) this.geometry(depth + 1);
    } else {
      throw new GisError('wkb-unsupported', { type });
    }
  }

  private become(kind: PackedGeometry['kind']): void {
    if (this.kind !== undefined && this.kind !== kind) throw new GisError('wkb-unsupported', { type: 'mixed' });
    this.kind = kind;
  }

  private polygon(little: boolean, skip: number): void {
    const rings = this.count(little, 4);
    for (let ring = 0; ring < rings; ring++) {
      this.pairs(this.count(little, 16 + skip), little, skip, false);
      this.ringEnds.push(this.positions.length / 2);
    }
    if (rings > 0) this.partEnds.push(this.ringEnds.length);
  }

  private pairs(count: number, little: boolean, skip: number, dropEmpty: boolean): void {
    this.need(count * (16 + skip));
    for (let i = 0; i < count; i++) {
      const x = this.view.getFloat64(this.at, little);
      const y = this.view.getFloat64(this.at + 8, little);
      this.at += 16 + skip;
      // An empty point is written as NaN.
      if (!(dropEmpty && Number.isNaN(x))) this.positions.push(x, y);
    }
  }

  private count(little: boolean, smallestBytes: number): number {
    this.need(4);
    const count = this.view.getUint32(this.at, little);
    this.at += 4;
    this.need(count * smallestBytes);
    return count;
  }

  private need(bytes: number): void {
    if (this.at + bytes > this.view.byteLength) throw new GisError('wkb-truncated', { length: this.view.byteLength });
  }
}

/** Encodes as little-endian EWKB; with `srid` in the header when it is given. Polygons are written as MultiPolygon. */
export function encodeWkb(geometry: Polygonal | PointGeometry | MultiPointGeometry, srid?: number): Uint8Array {
  if (geometry.type === 'Point') return encodePoint(geometry.coordinates, srid);
  if (geometry.type === 'MultiPoint') return encodePoints(geometry.coordinates, srid);
  return encodePolygons(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates, srid);
}

/** Straight from the positions, without an array in between: files of a hundred thousand outlines come this way. */
function encodePolygons(parts: readonly PolygonRings[], srid: number | undefined): Uint8Array {
  let size = srid === undefined ? 9 : 13;
  for (const rings of parts) {
    size += 9;
    for (const ring of rings) size += 4 + 16 * ring.length;
  }
  const view = new DataView(new ArrayBuffer(size));
  let at = writeHeader(view, MULTI_POLYGON, srid);
  view.setUint32(at, parts.length, true);
  at += 4;
  for (const rings of parts) {
    view.setUint8(at, 1);
    view.setUint32(at + 1, POLYGON, true);
    view.setUint32(at + 5, rings.length, true);
    at += 9;
    for (const ring of rings) {
      view.setUint32(at, ring.length, true);
      at += 4;
      for (const position of ring) {
        view.setFloat64(at, position[0], true);
        view.setFloat64(at + 8, position[1], true);
        at += 16;
      }
    }
  }
  return new Uint8Array(view.buffer);
}

function encodePoints(points: readonly Position[], srid: number | undefined): Uint8Array {
  const view = new DataView(new ArrayBuffer((srid === undefined ? 9 : 13) + 21 * points.length));
  let at = writeHeader(view, MULTI_POINT, srid);
  view.setUint32(at, points.length, true);
  at += 4;
  for (const [x, y] of points) {
    view.setUint8(at, 1);
    view.setUint32(at + 1, POINT, true);
    view.setFloat64(at + 5, x, true);
    view.setFloat64(at + 13, y, true);
    at += 21;
  }
  return new Uint8Array(view.buffer);
}

function encodePoint([x, y]: Position, srid: number | undefined): Uint8Array {
  const view = new DataView(new ArrayBuffer(srid === undefined ? 21 : 25));
  const at = writeHeader(view, POINT, srid);
  view.setFloat64(at, x, true);
  view.setFloat64(at + 8, y, true);
  return new Uint8Array(view.buffer);
}

function writeHeader(view: DataView, type: number, srid: number | undefined): number {
  view.setUint8(0, 1);
  view.setUint32(1, srid === undefined ? type : type + 0x20000000, true);
  if (srid === undefined) return 5;
  view.setUint32(5, srid, true);
  return 9;
}
