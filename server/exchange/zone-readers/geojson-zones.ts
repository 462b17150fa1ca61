import { createFeaturesTogether } from './geojson/features-together.ts';
import { parseElement } from './geojson/parse-element.ts';
import { CoordinateReader } from './geojson/read-coordinates.ts';
import { toRecord } from './geojson/feature-record.ts';
import { DEFAULT_CRS, namedCrs, walkFile } from './geojson/walk-file.ts';
import type { ZoneVisitor } from './zone-file.ts';

/**
 * GeoJSON of any top level (collection, feature, geometry), also by lines (GeoJSONSeq). The old `crs` member is honoured. Read with one
 * feature in hand at a time, its coordinates packed as they are met.
 */
export async function readGeoJsonZones(path: string, visitor: ZoneVisitor): Promise<void> {
  let begunWith = DEFAULT_CRS;
  const walk = (crsOf: typeof namedCrs): Promise<string> => {
    const reader = new CoordinateReader();
    let count = 0;
    const visitAlone = (bytes: Buffer, from: number, to: number, number: number): void => {
      reader.reset();
      visitor.visit(toRecord(path, parseElement(bytes, from, to, reader), number));
    };
    const together = createFeaturesTogether(visitor, visitAlone);
    return walkFile(path, {
      enter(members) {
        begunWith = crsOf(members);
        visitor.begin(begunWith);
      },
      visit(bytes, from, to) {
        count += 1;
        visitAlone(bytes, from, to, count);
      },
      visitTogether:
        together &&
        ((bytes, from, to) => {
          const visited = together.visit(bytes, from, to, count + 1);
          count += visited.count;
          return visited.end;
        }),
    });
  };
  const crs = await walk(namedCrs);
  if (crs !== begunWith) await walk(() => crs);
}
