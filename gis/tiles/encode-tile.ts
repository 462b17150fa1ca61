import { GisError } from '../errors.ts';
import type { PackedGeometry } from '../geometry/packed.ts';
import { AttributeTables, type Attributes } from './attributes.ts';
import { isTile } from './mercator.ts';
import { ProtobufWriter } from './protobuf.ts';
import { TileGeometryWriter } from './tile-geometry.ts';

export interface TileFeature {
  /** A non-negative whole number. */
  readonly id?: number | undefined;
  readonly attributes: Attributes;
  /** Longitude and latitude in degrees. */
  readonly geometry: PackedGeometry;
}

export interface TileLayer {
  readonly name: string;
  readonly features: Iterable<TileFeature>;
  /** Attributes that are doubles even where their value is whole (areas): keeps their type the same in every tile. */
  readonly doubleKeys?: ReadonlySet<string> | undefined;
}

export interface TileOptions {
  /** Units of the tile's side; default 4096. */
  readonly extent?: number | undefined;
  /** Units kept beyond the tile; default 64. */
  readonly buffer?: number | undefined;
}

const GEOM_POINT = 1;
const GEOM_POLYGON = 3;
const NO_DOUBLES: ReadonlySet<string> = new Set();

/**
 * A Mapbox vector tile (version 2.1) of the features that show in tile `z/x/y`: clipped to the buffered tile, simplified
 * by half a unit, rounded to whole units. The same features and attributes as PostGIS ST_AsMVT over ST_AsMVTGeom, with
 * geometry within one unit of it. Layers without a feature are left out: an empty tile has no bytes. Throws GisError
 * 'tile-unknown' for numbers that name no tile.
 */
export function encodeTile(
  layers: readonly TileLayer[],
  z: number,
  x: number,
  y: number,
  options: TileOptions = {},
): Uint8Array {
  if (!isTile(z, x, y)) throw new GisError('tile-unknown', { z, x, y });
  const extent = options.extent ?? 4096;
  const geometry = new TileGeometryWriter(z, x, y, extent, options.buffer ?? 64);
  const tile = new ProtobufWriter();
  for (const layer of layers) {
    const bytes = encodeLayer(layer, geometry, extent);
    if (bytes !== undefined) tile.bytesField(3, bytes);
  }
  return tile.finish();
}

function encodeLayer(layer: TileLayer, geometry: TileGeometryWriter, extent: number): Uint8Array | undefined {
  const writer = new ProtobufWriter();
  const feature = new ProtobufWriter();
  const tables = new AttributeTables(layer.doubleKeys ?? NO_DOUBLES);
  let tags = new Uint32Array(64);
  let features = 0;
  writer.stringField(1, layer.name);
  for (const { id, attributes, geometry: packed } of layer.features) {
    const words = geometry.write(packed);
    if (words === 0) continue;
    features++;
    const keys = Object.keys(attributes).length;
    if (tags.length < 2 * keys) tags = new Uint32Array(4 * keys);
    const tagCount = tables.add(attributes, tags, 0);
    feature.clear();
    if (id !== undefined) {
      if (!Number.isSafeInteger(id) || id < 0) throw new GisError('tile-feature-id', { id });
      feature.varintField(1, id);
    }
    if (tagCount > 0) feature.packedField(2, tags, tagCount);
    feature.varintField(3, packed.kind === 'points' ? GEOM_POINT : GEOM_POLYGON);
    feature.packedField(4, geometry.words, words);
    writer.bytesField(2, feature.written());
  }
  if (features === 0) return undefined;
  tables.write(writer);
  writer.varintField(5, extent);
  writer.varintField(15, 2);
  return writer.finish();
}
