import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { crsToWkt } from '../../../../gis/crs/to-wkt.ts';
import { encodeWkb } from '../../../../gis/geometry/wkb.ts';
import type { ExportJob, ExportLayer, Feature, Field, Written } from '../export-layer.ts';
import { notesLines, titleOf } from '../parts/notes-text.ts';

const TYPES: Readonly<Record<Field['type'], string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  date: 'DATE',
};
/** Between two of these the process answers others: the engine works in the same thread. */
const ROWS_AT_ONCE = 200;

/** OGC GeoPackage 1.3: one table of features, one that says what the fields mean, one with the notes. */
export async function writeGeoPackage(job: ExportJob): Promise<Written> {
  const path = join(job.folder, `${job.layer.name}.gpkg`);
  const database = new sqlite.Database(path);
  try {
    // Nobody else sees the file until it is whole.
    database.exec('pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive');
    database.exec('pragma application_id = 1196444487; pragma user_version = 10300; begin');
    createTables(database, job);
    const written = await insertFeatures(database, job.layer, srsIdOf(job));
    const [west, south, east, north] = written.bounds;
    if (west <= east) {
      database.run('update gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ? where table_name = ?', [
        west,
        south,
        east,
        north,
        job.layer.name,
      ]);
    }
    database.exec('commit');
    return { path, records: written.records, leftOut: 0 };
  } finally {
    database.close();
  }
}

const srsIdOf = ({ crs }: ExportJob): number => Number(crs.code.slice('EPSG:'.length));
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function createTables(database: sqlite.Database, job: ExportJob): void {
  const { layer, notes } = job;
  database.exec(`
    create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
      organization_coordsys_id integer not null, definition text not null, description text);
    create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique,
      description text default '', last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
      srs_id integer, constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
    create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null,
      srs_id integer not null, z tinyint not null, m tinyint not null,
      constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
      constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
      constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));`);
  const system = 'insert or ignore into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)';
  database.run(system, ['Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', null]);
  database.run(system, ['Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null]);
  database.run(system, ['WGS 84', 4326, 'EPSG', 4326, crsToWkt('EPSG:4326', 'ogc'), null]);
  const id = srsIdOf(job);
  database.run(system, [job.crs.nameEn, id, 'EPSG', id, crsToWkt(job.crs.code, 'ogc'), job.crs.nameZh ?? null]);

  const changed = `${notes.day}T00:00:00.000Z`;
  const content =
    'insert into gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) values (?, ?, ?, ?, ?, ?)';
  database.run(content, [layer.name, 'features', layer.name, titleOf(layer), changed, id]);
  const type = layer.geometry === 'points' ? 'POINT' : 'MULTIPOLYGON';
  database.run('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)', [layer.name, 'geom', type, id]);
  const columns = layer.fields.map(field => `${quoted(field.name)} ${TYPES[field.type]}`);
  database.exec(
    `create table ${quoted(layer.name)} (fid integer primary key autoincrement not null, geom ${type}, ${columns.join(', ')})`,
  );

  for (const [name, titles] of [
    ['export_fields', ['field', 'title_zh', 'title_en', 'meaning_zh', 'meaning_en']],
    ['export_notes', ['title', 'value']],
  ] as const) {
    database.exec(
      `create table ${name} (id integer primary key autoincrement not null, ${titles.join(' text, ')} text)`,
    );
    database.run(content, [name, 'attributes', name, '', changed, null]);
  }
  for (const field of layer.fields) {
    const { title, meaning } = field;
    database.run(
      'insert into export_fields (field, title_zh, title_en, meaning_zh, meaning_en) values (?, ?, ?, ?, ?)',
      [field.name, title.zh, title.en, meaning.zh, meaning.en],
    );
  }
  for (const [title, value] of notesLines(notes)) {
    database.run('insert into export_notes (title, value) values (?, ?)', [title, value]);
  }
}

type Bounds = [number, number, number, number];

async function insertFeatures(
  database: sqlite.Database,
  layer: ExportLayer,
  srsId: number,
): Promise<{ records: number; bounds: Bounds }> {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const names = ['geom', ...layer.fields.map(field => quoted(field.name))];
  const insert = database.prepare(
    `insert into ${quoted(layer.name)} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
  );
  let records = 0;
  try {
    for await (const { values, geometry } of layer.features()) {
      insert.run([geometryBlob(geometry, srsId, bounds), ...layer.fields.map(field => values[field.name] ?? null)]);
      records += 1;
      if (records % ROWS_AT_ONCE === 0) await setImmediate();
    }
  } finally {
    insert.finalize();
  }
  return { records, bounds };
}

/** "GP", version 0, flags (little-endian, box of x and y), system, box, then WKB; a point has no box. */
function geometryBlob(geometry: Feature['geometry'], srsId: number, bounds: Bounds): Uint8Array | null {
  if (geometry === null || geometry.coordinates.length === 0) return null;
  const positions = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.flat(2);
  const own: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    own[0] = Math.min(own[0], x);
    own[1] = Math.min(own[1], y);
    own[2] = Math.max(own[2], x);
    own[3] = Math.max(own[3], y);
  }
  bounds[0] = Math.min(bounds[0], own[0]);
  bounds[1] = Math.min(bounds[1], own[1]);
  bounds[2] = Math.max(bounds[2], own[2]);
  bounds[3] = Math.max(bounds[3], own[3]);
  const isPoint = geometry.type === 'Point';
  const head = Buffer.alloc(isPoint ? 8 : 40);
  head.write('GP', 0, 'ascii');
  head[3] = isPoint ? 0b0000_0001 : 0b0000_0011;
  head.writeInt32LE(srsId, 4);
  if (!isPoint) [own[0], own[2], own[1], own[3]].forEach((value, index) => head.writeDoubleLE(value, 8 + 8 * index));
  return Buffer.concat([head, encodeWkb(geometry)]);
}
