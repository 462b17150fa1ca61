import sqlite from 'node-sqlite3-wasm';
import { shapeOfWkb } from '../bytes/shape-of-wkb.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRow, SurveyShape } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';

type SqlRow = Readonly<Record<string, unknown>>;

const LAYERS = `select g.table_name as name, g.column_name as geometry, g.geometry_type_name as type, g.srs_id as srs,
  s.organization as org, s.organization_coordsys_id as code, s.definition as wkt
  from gpkg_geometry_columns g join gpkg_contents c on c.table_name = g.table_name
  left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id where c.data_type = 'features' order by c.rowid`;

/** One layer of a GeoPackage: the one that was asked for, or the first that may hold polygons. @throws UnreadableFile `geopackage-…` */
export function readGeoPackage(context: ReadingContext): SurveyFile {
  const database = openDatabase(context.path);
  try {
    return readOpen(database, context);
  } catch (error) {
    database.close();
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('geopackage-damaged', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function openDatabase(path: string): sqlite.Database {
  try {
    return new sqlite.Database(path, { fileMustExist: true, readOnly: true });
  } catch (error) {
    throw new UnreadableFile('geopackage-damaged', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function readOpen(database: sqlite.Database, { report, choices }: ReadingContext): SurveyFile {
  const tables = database.all(
    `select count(*) as n from sqlite_master where name = 'gpkg_geometry_columns'`,
  ) as SqlRow[];
  const layers = tables[0]?.['n'] === 0 ? [] : (database.all(LAYERS) as SqlRow[]);
  const mayHold = layers.filter(layer => /polygon|surface|geometry/i.test(String(layer['type'])));
  const layer = layers.find(one => one['name'] === choices.table) ?? mayHold[0];
  if (layer === undefined) throw new UnreadableFile('geopackage-without-polygons', { layers: layers.length });
  if (mayHold.length > 1 && choices.table === undefined) {
    report({
      code: 'file-has-layers',
      severity: 'warning',
      params: { used: String(layer['name']), count: mayHold.length },
      choices: mayHold.slice(0, 20).map(one => {
        const name = String(one['name']);
        return { code: 'use-layer', params: { name }, fixes: { table: name } };
      }),
    });
  }
  const geometryColumn = String(layer['geometry']);
  const table = String(layer['name']).replaceAll('"', '""');
  const columns = (database.all(`pragma table_info("${table}")`) as SqlRow[]).map(column => String(column['name']));
  const fields = columns.filter(name => name !== geometryColumn).slice(0, IMPORT_LIMITS.fields);
  const crs = crsOf(layer);
  return {
    format: 'geopackage',
    encoding: null,
    declaredCrs: crs === undefined ? null : crs.includes('[') ? (/"([^"]*)"/.exec(crs)?.[1] ?? 'WKT') : crs,
    coordinates:
      crs === undefined
        ? { kind: 'unknown', hints: {}, order: 'easting-northing', isLeftOut: true }
        : { kind: 'named', crs },
    fields,
    rows: rowsOf(database, `select * from "${table}"`, geometryColumn, fields, report),
    close: () => database.close(),
  };
}

/** -1 and 0 are "undefined" systems of a GeoPackage. */
function crsOf(layer: SqlRow): string | undefined {
  const { org, code, wkt, srs } = layer;
  if (Number(srs) <= 0) return undefined;
  if (String(org).toUpperCase() === 'EPSG') return `EPSG:${String(code)}`;
  return typeof wkt === 'string' && wkt.includes('[') ? wkt : undefined;
}

const NAMES = ['DKMC', 'name', 'NAME', 'Name', '名称', '地块名称', 'TBBH'];

function* rowsOf(
  database: sqlite.Database,
  sql: string,
  geometryColumn: string,
  fields: readonly string[],
  report: ReadingContext['report'],
): Generator<SurveyRow> {
  const statement = database.prepare(sql);
  const nameField = NAMES.find(name => fields.includes(name));
  let number = 0;
  try {
    for (const found of statement.iterate() as IterableIterator<SqlRow>) {
      number++;
      const attributes: Record<string, AttributeValue> = {};
      for (const field of fields) attributes[field] = toValue(found[field]);
      const blob = found[geometryColumn];
      const name = nameField === undefined ? null : attributes[nameField];
      yield {
        number,
        name: name === null || name === undefined ? undefined : String(name),
        attributes,
        shape: blob instanceof Uint8Array ? decodeShape(blob, number, report) : undefined,
      };
    }
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof RangeError) throw error;
    throw new UnreadableFile('geopackage-damaged', { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    statement.finalize();
  }
}

function toValue(value: unknown): AttributeValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return value.slice(0, IMPORT_LIMITS.textOfCell);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/** GeoPackage header ("GP", version, flags, system, envelope), then WKB. */
function decodeShape(blob: Uint8Array, row: number, report: ReadingContext['report']): SurveyShape | undefined {
  const flags = blob[3] ?? 0;
  const envelopeBytes = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || envelopeBytes === undefined) {
    report({ code: 'geometry-unreadable', severity: 'error', row });
    return undefined;
  }
  if ((flags & 0x10) !== 0) return undefined;
  return shapeOfWkb(blob.subarray(8 + envelopeBytes), row, report).shape;
}
