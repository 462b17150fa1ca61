import { readFile } from 'node:fs/promises';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import type { Polygonal } from '../../../gis/types.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneFile, ZoneRecord } from './zone-file.ts';

/** FlatGeobuf; its header names the system, EPSG:4326 where it names none. */
export async function readFlatGeobufZones(path: string): Promise<ZoneFile> {
  const bytes = await readFile(path);
  let crs = 'EPSG:4326';
  const records: ZoneRecord[] = [];
  try {
    const options = {
      headerMetaFn: (header: { crs: { org: string | null; code: number; wkt: string | null } | null }) => {
        const named = header.crs;
        if (named !== null && named.code > 0) crs = `${named.org ?? 'EPSG'}:${named.code}`;
        else if (named?.wkt) crs = named.wkt;
      },
    };
    for await (const feature of deserialize(new Uint8Array(bytes), options)) {
      const number = records.length + 1;
      const { geometry } = feature;
      if (
        geometry !== null &&
        geometry !== undefined &&
        geometry.type !== 'Polygon' &&
        geometry.type !== 'MultiPolygon'
      ) {
        throw new UnusableFile(path, `feature ${number} is a ${geometry.type}, not a polygon`);
      }
      records.push({
        id: number,
        properties: feature.properties ?? {},
        geometry: (geometry ?? undefined) as unknown as Polygonal | undefined,
      });
    }
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw new UnusableFile(path, 'is not a FlatGeobuf file that can be read', { cause: error });
  }
  return { crs, records };
}
