import { open } from 'node:fs/promises';
import { describeFileFault, UnusableFile } from './zone-file.ts';
import type { ZoneFile } from './zone-file.ts';

/** Reads a file of zones by what it is, not by what it is called; each reader is loaded when it is needed. Throws UnusableFile. */
export async function readZones(path: string): Promise<ZoneFile> {
  try {
    const head = await readHead(path);
    if (head.toString('latin1', 0, 15) === 'SQLite format 3')
      return await (await import('./geopackage-zones.ts')).readGeoPackageZones(path);
    if (head.toString('latin1', 0, 3) === 'fgb')
      return await (await import('./flatgeobuf-zones.ts')).readFlatGeobufZones(path);
    if (head.length >= 4 && head.readInt32BE(0) === 9994)
      return await (await import('./shapefile-zones.ts')).readShapefileZones(path);
    if (/^\uFEFF?\s*[{[]/.test(head.toString('utf8').replaceAll('\u001e', '')))
      return await (await import('./geojson-zones.ts')).readGeoJsonZones(path);
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
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
