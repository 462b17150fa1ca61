import { open, stat } from 'node:fs/promises';
import { GisError } from '../../../gis/errors.ts';
import type { CutFile } from './geojson/cut-file.ts';
import { describeFileFault, UnusableFile } from './zone-file.ts';
import type { ZoneVisitor } from './zone-file.ts';

/** A shorter file is read before another thread could help. */
const CUT_BYTES = 4 << 20;

/**
 * Goes through a file of zones by what it is, not by what it is called; each reader is loaded when it is needed. Throws UnusableFile, and what
 * the visitor throws.
 */
export function readZones(path: string, visitor: ZoneVisitor): Promise<void> {
  return namingFaults(path, async () => {
    switch (await formatOf(path)) {
      case 'geopackage':
        return (await import('./geopackage-zones.ts')).readGeoPackageZones(path, visitor);
      case 'flatgeobuf':
        return (await import('./flatgeobuf-zones.ts')).readFlatGeobufZones(path, visitor);
      case 'shapefile':
        return (await import('./shapefile-zones.ts')).readShapefileZones(path, visitor);
      case 'geojson':
        return (await import('./geojson-zones.ts')).readGeoJsonZones(path, visitor);
    }
  });
}

/**
 * A long file in stretches that threads can read each by itself; undefined = it is to be read as a whole, as one is whose system `isWanted` says no
 * to. Throws UnusableFile.
 */
export function cutZones(path: string, isWanted: (crs: string) => boolean): Promise<CutFile | undefined> {
  return namingFaults(path, async () => {
    if ((await stat(path)).size < CUT_BYTES || (await formatOf(path)) !== 'geojson') return undefined;
    return (await import('./geojson/cut-file.ts')).cutWanted(path, isWanted);
  });
}

async function namingFaults<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof GisError) throw error;
    throw new UnusableFile(path, describeFileFault(error), { cause: error });
  }
}

async function formatOf(path: string): Promise<'geopackage' | 'flatgeobuf' | 'shapefile' | 'geojson'> {
  const head = await readHead(path);
  if (head.toString('latin1', 0, 15) === 'SQLite format 3') return 'geopackage';
  if (head.toString('latin1', 0, 3) === 'fgb') return 'flatgeobuf';
  if (head.length >= 4 && head.readInt32BE(0) === 9994) return 'shapefile';
  if (/^\uFEFF?\s*[{[]/.test(head.toString('utf8').replaceAll('\u001e', ''))) return 'geojson';
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
