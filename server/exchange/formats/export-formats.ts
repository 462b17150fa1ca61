import type { CrsCode } from '../../../gis/crs/crs.ts';
import { writeBoundaryPoints } from './boundary-points/boundary-points.ts';
import { writeDarwinCore } from './darwin-core/darwin-core.ts';
import { writeDxf } from './dxf/dxf.ts';
import type { ExportJob, ExportLayer, TextEncoding, Written } from './export-layer.ts';
import { writeGeoJson } from './web/geojson.ts';
import { writeGeoPackage } from './geopackage/geopackage.ts';
import { writeKml } from './web/kml.ts';
import { writeMapSheet } from './map-sheet/map-sheet.ts';
import { writeShapefile } from './shapefile/shapefile.ts';
import { writeCsv } from './tables/csv.ts';
import { writeXlsx } from './tables/xlsx.ts';

/** A format: what it can hold, in which systems and encodings, and how it is written. */
export interface ExportFormat {
  readonly mediaType: string;
  readonly extension: string;
  readonly geometry: readonly ExportLayer['geometry'][];
  /** Layers by name; absent = all of these geometries. */
  readonly layers?: readonly string[];
  /** `auto` = the 3-degree zone of the selection. */
  readonly defaultCrs: CrsCode | 'auto';
  /** Which systems the format may be in. */
  readonly crs: 'wgs84' | 'zones' | 'any';
  /** The first one is the default. */
  readonly encodings: readonly TextEncoding[];
  /** Writes one file. @throws AppError `export-…` */
  write(job: ExportJob): Promise<Written>;
}

const BOTH = ['polygons', 'points'] as const;

export const FORMATS = {
  geojson: {
    mediaType: 'application/geo+json',
    extension: 'geojson',
    geometry: BOTH,
    defaultCrs: 'EPSG:4326',
    crs: 'any',
    encodings: ['utf-8'],
    write: writeGeoJson,
  },
  gpkg: {
    mediaType: 'application/geopackage+sqlite3',
    extension: 'gpkg',
    geometry: BOTH,
    defaultCrs: 'EPSG:4490',
    crs: 'any',
    encodings: ['utf-8'],
    write: writeGeoPackage,
  },
  shp: {
    mediaType: 'application/zip',
    extension: 'shp.zip',
    geometry: BOTH,
    defaultCrs: 'EPSG:4490',
    crs: 'any',
    encodings: ['utf-8', 'gbk'],
    write: job => writeShapefile(job),
  },
  kml: {
    mediaType: 'application/vnd.google-earth.kml+xml',
    extension: 'kml',
    geometry: BOTH,
    defaultCrs: 'EPSG:4326',
    crs: 'wgs84',
    encodings: ['utf-8'],
    write: writeKml,
  },
  dxf: {
    mediaType: 'image/vnd.dxf',
    extension: 'dxf',
    geometry: BOTH,
    defaultCrs: 'auto',
    crs: 'zones',
    encodings: ['gbk'],
    write: writeDxf,
  },
  csv: {
    mediaType: 'text/csv',
    extension: 'csv',
    geometry: BOTH,
    defaultCrs: 'EPSG:4490',
    crs: 'any',
    encodings: ['utf-8', 'utf-8-bom', 'gb18030', 'gbk'],
    write: writeCsv,
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    geometry: BOTH,
    defaultCrs: 'EPSG:4490',
    crs: 'any',
    encodings: ['utf-8'],
    write: writeXlsx,
  },
  jzd: {
    mediaType: 'text/plain',
    extension: 'txt',
    geometry: ['polygons'],
    defaultCrs: 'auto',
    crs: 'zones',
    encodings: ['gbk', 'gb18030', 'utf-8'],
    write: writeBoundaryPoints,
  },
  pdf: {
    mediaType: 'application/pdf',
    extension: 'pdf',
    geometry: ['polygons'],
    defaultCrs: 'auto',
    crs: 'zones',
    encodings: ['utf-8'],
    write: writeMapSheet,
  },
  dwca: {
    mediaType: 'application/zip',
    extension: 'dwca.zip',
    geometry: ['points'],
    layers: ['occurrences'],
    defaultCrs: 'EPSG:4326',
    crs: 'wgs84',
    encodings: ['utf-8'],
    write: writeDarwinCore,
  },
} as const satisfies Record<string, ExportFormat>;
