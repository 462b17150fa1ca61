import type { MultiPolygon, Position, Ring } from '../../../../gis/types.ts';
import type { Feature } from '../export-layer.ts';

/** ESRI Shapefile Technical Description, July 1998: shape types. */

export const POINT = 1;
export const POLYGON = 5;

export type Bounds = [west: number, south: number, east: number, north: number];
export const noBounds = (): Bounds => [Infinity, Infinity, -Infinity, -Infinity];

/** The content of one record, without its header of number and length. Grows `bounds`. */
export function shapeContent(geometry: Feature['geometry'], bounds: Bounds): Uint8Array {
  if (geometry === null || geometry.coordinates.length === 0) return nullShape();
  if (geometry.type === 'Point') return pointShape(geometry.coordinates, bounds);
  return polygonShape(geometry, bounds);
}

/** Shape type 0: a record without a shape. */
function nullShape(): Uint8Array {
  return new Uint8Array(4);
}

function pointShape(position: Position, bounds: Bounds): Uint8Array {
  const view = new DataView(new ArrayBuffer(20));
  view.setInt32(0, POINT, true);
  view.setFloat64(4, position[0], true);
  view.setFloat64(12, position[1], true);
  grow(bounds, position);
  return new Uint8Array(view.buffer);
}

/** Shells clockwise, holes counter-clockwise: the other way round than GeoJSON. */
function polygonShape(geometry: MultiPolygon, bounds: Bounds): Uint8Array {
  const rings = geometry.coordinates.flatMap(part => part.map((ring, index) => wound(ring, index === 0)));
  const count = rings.reduce((sum, ring) => sum + ring.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 4 * rings.length + 16 * count));
  const own = noBounds();
  view.setInt32(0, POLYGON, true);
  view.setInt32(36, rings.length, true);
  view.setInt32(40, count, true);
  let first = 0;
  let at = 44 + 4 * rings.length;
  rings.forEach((ring, index) => {
    view.setInt32(44 + 4 * index, first, true);
    first += ring.length;
    for (const position of ring) {
      view.setFloat64(at, position[0], true);
      view.setFloat64(at + 8, position[1], true);
      at += 16;
      grow(own, position);
    }
  });
  own.forEach((value, index) => view.setFloat64(4 + 8 * index, value, true));
  grow(bounds, [own[0], own[1]]);
  grow(bounds, [own[2], own[3]]);
  return new Uint8Array(view.buffer);
}

function wound(ring: Ring, clockwise: boolean): Ring {
  const [x0, y0] = ring[0] ?? [0, 0];
  let doubleArea = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    doubleArea += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return doubleArea < 0 === clockwise ? ring : ring.toReversed();
}

function grow(bounds: Bounds, [x, y]: Position): void {
  if (x < bounds[0]) bounds[0] = x;
  if (y < bounds[1]) bounds[1] = y;
  if (x > bounds[2]) bounds[2] = x;
  if (y > bounds[3]) bounds[3] = y;
}

/** The 100 bytes before the records of a .shp or .shx; `bytes` is the whole length of the file. */
export function shapeHead(bytes: number, type: number, bounds: Bounds): Uint8Array {
  const view = new DataView(new ArrayBuffer(100));
  view.setInt32(0, 9994);
  view.setInt32(24, bytes / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, type, true);
  bounds.forEach((value, index) => view.setFloat64(36 + 8 * index, Number.isFinite(value) ? value : 0, true));
  return new Uint8Array(view.buffer);
}
