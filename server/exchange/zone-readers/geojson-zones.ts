import { open } from 'node:fs/promises';
import { packGeometry } from '../../../gis/geometry/packed.ts';
import type { PackedGeometry } from '../../../gis/geometry/packed.ts';
import type { PolygonRings } from '../../../gis/types.ts';
import { ByteWindow, WindowTooLarge } from './geojson/byte-window.ts';
import { joinPacked } from './geojson/join-packed.ts';
import { parseElement } from './geojson/parse-element.ts';
import type { ParsedElement } from './geojson/parse-element.ts';
import { CoordinateReader } from './geojson/read-coordinates.ts';
import { walkDocument } from './geojson/walk-document.ts';
import type { DocumentVisitor, WalkedDocument } from './geojson/walk-document.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneRecord, ZoneVisitor } from './zone-file.ts';

const DEFAULT_CRS = 'EPSG:4326';

/**
 * GeoJSON of any top level (collection, feature, geometry), also by lines (GeoJSONSeq). The old `crs` member is honoured. Read with one
 * feature in hand at a time, its coordinates packed as they are met.
 */
export async function readGeoJsonZones(path: string, visitor: ZoneVisitor): Promise<void> {
  let begunWith = DEFAULT_CRS;
  const walk = (crsOf: (members: JsonObject) => string): Promise<WalkedDocument> => {
    const reader = new CoordinateReader();
    let count = 0;
    return walkFile(path, {
      enter(members) {
        begunWith = crsOf(members);
        visitor.begin(begunWith);
      },
      visit(bytes, from, to) {
        count += 1;
        reader.reset();
        visitor.visit(toRecord(path, parseElement(bytes, from, to, reader), count));
      },
    });
  };
  const walked = await walk(namedCrs);
  if (walked.kind === 'empty') throw new UnusableFile(path, 'is not GeoJSON');
  if (walked.kind === 'list') return;
  if (walked.members['type'] !== 'FeatureCollection') throw new UnusableFile(path, 'is not GeoJSON');
  const crs = namedCrs(walked.members);
  if (crs !== begunWith) await walk(() => crs);
}

function namedCrs({ crs }: JsonObject): string {
  const named = isObject(crs) && isObject(crs['properties']) ? crs['properties']['name'] : undefined;
  return typeof named === 'string' ? named : DEFAULT_CRS;
}

async function walkFile(path: string, visitor: DocumentVisitor): Promise<WalkedDocument> {
  const handle = await open(path, 'r');
  try {
    return await walkDocument(new ByteWindow(handle), visitor);
  } catch (cause) {
    if (cause instanceof WindowTooLarge)
      throw new UnusableFile(path, 'has a feature of more than half a gigabyte', { cause });
    if (cause instanceof SyntaxError) throw new UnusableFile(path, 'is not JSON', { cause });
    throw cause;
  } finally {
    await handle.close();
  }
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toRecord(path: string, { value: feature, packed }: ParsedElement, number: number): ZoneRecord {
  if (!isObject(feature)) throw new UnusableFile(path, `feature ${number} is not an object`);
  const isFeature = feature['type'] === 'Feature';
  const geometry = isFeature ? feature['geometry'] : feature;
  const id = feature['id'];
  const isEmpty = geometry === null || geometry === undefined;
  return {
    id: typeof id === 'string' || typeof id === 'number' ? id : number,
    properties: isFeature && isObject(feature['properties']) ? feature['properties'] : {},
    geometry: isEmpty ? undefined : joinPacked(collectPolygons(path, geometry, packed, number)),
  };
}

function collectPolygons(
  path: string,
  geometry: unknown,
  packed: ParsedElement['packed'],
  number: number,
): PackedGeometry[] {
  const type = isObject(geometry) ? geometry['type'] : undefined;
  const refuse = (fault: string): never => {
    throw new UnusableFile(path, `feature ${number} ${fault}`);
  };
  if (!isObject(geometry)) return refuse('has no geometry');
  if (type === 'GeometryCollection' && Array.isArray(geometry['geometries'])) {
    return geometry['geometries'].flatMap(part => collectPolygons(path, part, packed, number));
  }
  if (type !== 'Polygon' && type !== 'MultiPolygon') return refuse(`is a ${String(type)}, not a polygon`);
  const depth = type === 'Polygon' ? 3 : 4;
  const coordinates = packed.get(geometry['coordinates']);
  if (coordinates?.depth === depth) return [coordinates.geometry];
  if (coordinates !== undefined || !isNested(geometry['coordinates'], depth - 1)) {
    return refuse('has coordinates that are not rings of numbers');
  }
  const polygons = (type === 'Polygon' ? [geometry['coordinates']] : geometry['coordinates']) as unknown;
  return [packGeometry({ type: 'MultiPolygon', coordinates: polygons as PolygonRings[] })];
}

/** Arrays `depth` deep whose innermost are positions of at least two numbers. */
function isNested(value: unknown, depth: number): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  if (depth === 0) return typeof value[0] === 'number' && typeof value[1] === 'number';
  return value.every(item => isNested(item, depth - 1));
}
