import createKnex, { type Knex } from 'knex';
import knexPostgis from 'knex-postgis';

/** Never connects: it only builds expressions, which any pool or transaction takes. */
const builder = createKnex({ client: 'pg' });
const postgis = knexPostgis(builder);

interface Geometry {
  readonly type: string;
  readonly coordinates: unknown;
}

/**
 * Spatial expressions for the query builder. Columns are given by name (`'geom'`, `'mine.geom'`), geometries as GeoJSON
 * in EPSG:4326 that was validated before. Whatever is longer than one of these is a file in the room's `sql/`.
 */
export const st = {
  /** GeoJSON as stored geometry; a Polygon becomes a MultiPolygon, a Point stays one. */
  geomFromGeoJson(geometry: Geometry): Knex.Raw {
    const text = JSON.stringify({ type: geometry.type, coordinates: geometry.coordinates });
    const make = 'st_setsrid(st_geomfromgeojson(?::text), 4326)';
    return builder.raw(geometry.type.endsWith('Polygon') ? `st_multi(${make})` : make, [text]);
  },

  /** A column as a GeoJSON object, nine decimals (a tenth of a millimetre). */
  asGeoJson(column: string, alias = column.replace(/^.*\./, '')): Knex.Raw {
    return builder.raw('st_asgeojson(??, 9)::json as ??', [column, alias]);
  },

  /** Area on the ellipsoid, square metres. */
  areaM2(column: string): Knex.Raw {
    return postgis.area(postgis.geography(column)) as unknown as Knex.Raw;
  },

  /** Whether a column's box meets `[west, south, east, north]`; uses the spatial index. */
  intersectsBox(column: string, box: readonly [number, number, number, number]): Knex.Raw {
    return builder.raw('?? && ?', [column, postgis.makeEnvelope(...box, 4326) as unknown as Knex.Raw]);
  },

  /** A column as WKB bytes. */
  asWkb(column: string, alias = column.replace(/^.*\./, '')): Knex.Raw {
    return builder.raw('st_asbinary(??) as ??', [column, alias]);
  },
};
