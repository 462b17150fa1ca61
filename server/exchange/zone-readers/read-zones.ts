import { open } from 'node:fs/promises';
import { GisError } from '../../../gis/errors.ts';
import { describeFileFault, UnusableFile } from './zone-file.ts';
import type { ZoneVisitor } from './zone-file.ts';

/**
 * Goes through a file of zones by what it is, not by what it is called; each reader is loaded when it is needed. Throws UnusableFile, and what
 * the visitor throws.
 */
export async function readZones(path: string, visitor: ZoneVisitor): Promise<void> {
  try {
    const head = await readHead(path);
    if (head.toString('latin1', 0, 15) === 'SQLite format 3')
      return await (await import('./geopackage-zones.ts')).readGeoPackageZones(path, visitor);
    if (head.toString('latin1', 0, 3) === 'fgb')
      return await (await import('./flatgeobuf-zones.ts')).readFlatGeobufZones(path, visitor);
    if (head.length >= 4 && head.readInt32BE(0) === 9994)
      return await (await import('./shapefile-zones.ts')).readShapefileZones(path, visitor);
    if (/^\uFEFF?\s*[{[]/.test(head.toString('utf8').replaceAll('\u001e', '')))
      return await (await import('./geojson-zones.ts')).readGeoJsonZones(path, visitor);
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof GisError) throw error;
    throw new UnusableFile(path, describeFileFault(error), { cause: error });
  }
  throw new UnusableFile(path, 'is neither GeoJSON, GeoPackage, Shapefile (.shp) nor FlatGeobuf');
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
