import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type sqlite from 'node-sqlite3-wasm';
import { GisError } from '../../../gis/errors.ts';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import { loadSqlite } from './load-sqlite.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneRecord, ZoneVisitor } from './zone-file.ts';

/** The first feature table of a GeoPackage, row by row: the engine holds a few of the file's pages. */
export async function readGeoPackageZones(path: string, visitor: ZoneVisitor): Promise<void> {
  const engine = await loadSqlite();
  // The engine keeps a lock beside the file, where nothing may be written and where other readers may hold one: it is given another name.
  const folder = await mkdtemp(join(tmpdir(), 'regreen-gpkg-'));
  try {
    const named = join(folder, 'zones.gpkg');
    // Not every system lets everyone make links.
    await symlink(resolve(path), named).catch(() => copyFile(path, named));
    readLayer(engine, path, named, visitor);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Row = Readonly<Record<string, unknown>>;

interface Layer {
  readonly crs: string;
  readonly table: string;
  readonly geometryColumn: string;
  /** The column of the primary key. */
  readonly key: string | undefined;
}

function readLayer(engine: typeof sqlite, path: string, named: string, visitor: ZoneVisitor): void {
  const database = orUnreadable(path, () => new engine.Database(named, { fileMustExist: true, readOnly: true }));
  try {
    const { crs, table, geometryColumn, key } = orUnreadable(path, () => findLayer(path, database));
    visitor.begin(crs);
    const statement = orUnreadable(path, () => database.prepare(`select * from "${table}"`));
    try {
      const rows = statement.iterate() as IterableIterator<Row>;
      for (let number = 1; ; number += 1) {
        const next = orUnreadable(path, () => rows.next());
        if (next.done === true) return;
        const { [geometryColumn]: blob, ...properties } = next.value;
        const id = key === undefined ? undefined : next.value[key];
        visitor.visit({
          id: typeof id === 'number' || typeof id === 'string' ? id : typeof id === 'bigint' ? Number(id) : number,
          properties,
          geometry: blob instanceof Uint8Array ? decodeGeometry(path, blob, number) : undefined,
        });
      }
    } finally {
      statement.finalize();
    }
  } finally {
    database.close();
  }
}

/** What the engine throws is a fault of the file; what the visitor throws is not. */
function orUnreadable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof UnusableFile) throw cause;
    throw new UnusableFile(path, 'is not a GeoPackage that can be read', { cause });
  }
}

function findLayer(path: string, database: sqlite.Database): Layer {
  const all = (sql: string): Row[] => database.all(sql) as Row[];
  const [layer] = all(
    `select g.table_name as name, g.column_name as geometry, g.srs_id as srs, s.organization as org, s.organization_coordsys_id as code, s.definition as wkt
     from gpkg_geometry_columns g join gpkg_contents c on c.table_name = g.table_name left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
     where c.data_type = 'features' order by c.rowid limit 1`,
  );
  if (layer === undefined) throw new UnusableFile(path, 'has no layer of features');
  const table = String(layer['name']).replaceAll('"', '""');
  const key = all(`pragma table_info("${table}")`).find(column => column['pk'] === 1)?.['name'];
  return {
    crs: crsOf(layer),
    table,
    geometryColumn: String(layer['geometry']),
    key: typeof key === 'string' ? key : undefined,
  };
}

/** -1 and 0 are "undefined" in a GeoPackage: taken as longitude and latitude only for 0. */
function crsOf(layer: Row): string {
  const { org, code, wkt } = layer;
  if (String(org).toUpperCase() === 'EPSG') return `EPSG:${String(code)}`;
  if (typeof wkt === 'string' && wkt.includes('[')) return wkt;
  return layer['srs'] === 0 ? 'EPSG:4326' : 'unknown';
}

const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/** GeoPackage header ("GP", version, flags, system, envelope), then WKB. */
function decodeGeometry(path: string, blob: Uint8Array, number: number): ZoneRecord['geometry'] {
  const flags = blob[3] ?? 0;
  const envelopeBytes = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || envelopeBytes === undefined) {
    throw new UnusableFile(path, `feature ${number} has no GeoPackage geometry`);
  }
  if ((flags & 0x10) !== 0) return undefined;
  try {
    const geometry = decodeWkb(blob.subarray(8 + envelopeBytes));
    if (geometry.kind === 'polygons') return geometry;
  } catch (cause) {
    if (!(cause instanceof GisError)) throw cause;
    const fault = cause.code === 'wkb-truncated' ? 'ends too early' : 'is not a polygon';
    throw new UnusableFile(path, `feature ${number} ${fault}`, { cause });
  }
  throw new UnusableFile(path, `feature ${number} is not a polygon`);
}
