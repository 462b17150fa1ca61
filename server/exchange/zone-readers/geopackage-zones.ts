import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { decodeWkb } from '../../../gis/geometry/wkb.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneFile, ZoneRecord } from './zone-file.ts';

/** The first feature table of a GeoPackage. */
export async function readGeoPackageZones(path: string): Promise<ZoneFile> {
  // The engine keeps a lock beside the file, where nothing may be written and where other readers may hold one: read a copy.
  const folder = await mkdtemp(join(tmpdir(), 'regreen-gpkg-'));
  try {
    const copy = join(folder, 'zones.gpkg');
    await copyFile(path, copy);
    return readCopy(path, copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Row = Readonly<Record<string, unknown>>;

function readCopy(path: string, copy: string): ZoneFile {
  const database = openDatabase(path, copy);
  try {
    const all = (sql: string, values: (string | number)[] = []): Row[] => database.all(sql, values) as Row[];
    const [layer] = all(
      `select g.table_name as name, g.column_name as geometry, g.srs_id as srs, s.organization as org, s.organization_coordsys_id as code, s.definition as wkt
       from gpkg_geometry_columns g join gpkg_contents c on c.table_name = g.table_name left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
       where c.data_type = 'features' order by c.rowid limit 1`,
    );
    if (layer === undefined) throw new UnusableFile(path, 'has no layer of features');
    const table = String(layer['name']).replaceAll('"', '""');
    const geometryColumn = String(layer['geometry']);
    const key = all(`pragma table_info("${table}")`).find(column => column['pk'] === 1)?.['name'];
    const records = all(`select * from "${table}"`).map((row, index): ZoneRecord => {
      const { [geometryColumn]: blob, ...properties } = row;
      const id = typeof key === 'string' ? row[key] : undefined;
      return {
        id: typeof id === 'number' || typeof id === 'string' ? id : typeof id === 'bigint' ? Number(id) : index + 1,
        properties,
        geometry: blob instanceof Uint8Array ? decodeGeometry(path, blob, index + 1) : undefined,
      };
    });
    return { crs: crsOf(layer), records };
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw new UnusableFile(path, 'is not a GeoPackage that can be read', { cause: error });
  } finally {
    database.close();
  }
}

function openDatabase(path: string, copy: string): sqlite.Database {
  try {
    return new sqlite.Database(copy, { fileMustExist: true, readOnly: true });
  } catch (cause) {
    throw new UnusableFile(path, 'is not a GeoPackage that can be read', { cause });
  }
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
  const geometry = decodeWkb(blob.subarray(8 + envelopeBytes));
  if (geometry.kind !== 'polygons') throw new UnusableFile(path, `feature ${number} is not a polygon`);
  return geometry;
}
