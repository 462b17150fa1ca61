import { readFile } from 'node:fs/promises';
import type { Polygonal, PolygonRings } from '../../../gis/types.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneFile, ZoneRecord } from './zone-file.ts';

/** GeoJSON of any top level (collection, feature, geometry), also by lines (GeoJSONSeq). The old `crs` member is honoured. */
export async function readGeoJsonZones(path: string): Promise<ZoneFile> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const root = parse(path, text);
  const named =
    isObject(root) && isObject(root['crs']) && isObject(root['crs']['properties'])
      ? root['crs']['properties']['name']
      : undefined;
  const features = Array.isArray(root) ? root : listFeatures(path, root);
  return {
    crs: typeof named === 'string' ? named : 'EPSG:4326',
    records: features.map((feature, index) => toRecord(path, feature, index + 1)),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document, or the list of the documents of its lines. */
function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Record separators (RFC 8142) stand before each line or not at all.
    const lines = text
      .replaceAll('\u001e', '\n')
      .split('\n')
      .filter(line => line.trim() !== '');
    try {
      if (lines.length > 1) return lines.map((line): unknown => JSON.parse(line));
    } catch {
      throw new UnusableFile(path, 'is not JSON', { cause });
    }
    throw new UnusableFile(path, 'is not JSON', { cause });
  }
}

function listFeatures(path: string, root: unknown): readonly unknown[] {
  if (isObject(root) && root['type'] === 'FeatureCollection' && Array.isArray(root['features']))
    return root['features'];
  if (isObject(root) && typeof root['type'] === 'string') return [root];
  throw new UnusableFile(path, 'is not GeoJSON');
}

function toRecord(path: string, feature: unknown, number: number): ZoneRecord {
  if (!isObject(feature)) throw new UnusableFile(path, `feature ${number} is not an object`);
  const isFeature = feature['type'] === 'Feature';
  const geometry = isFeature ? feature['geometry'] : feature;
  const id = feature['id'];
  return {
    id: typeof id === 'string' || typeof id === 'number' ? id : number,
    properties: isFeature && isObject(feature['properties']) ? feature['properties'] : {},
    geometry: geometry === null || geometry === undefined ? undefined : toPolygonal(path, geometry, number),
  };
}

function toPolygonal(path: string, geometry: unknown, number: number): Polygonal {
  const polygons = collectPolygons(path, geometry, number);
  return { type: 'MultiPolygon', coordinates: polygons };
}

function collectPolygons(path: string, geometry: unknown, number: number): PolygonRings[] {
  const type = isObject(geometry) ? geometry['type'] : undefined;
  const refuse = (fault: string): never => {
    throw new UnusableFile(path, `feature ${number} ${fault}`);
  };
  if (!isObject(geometry)) return refuse('has no geometry');
  if (type === 'GeometryCollection' && Array.isArray(geometry['geometries'])) {
    return geometry['geometries'].flatMap(part => collectPolygons(path, part, number));
  }
  if (type !== 'Polygon' && type !== 'MultiPolygon') return refuse(`is a ${String(type)}, not a polygon`);
  const depth = type === 'Polygon' ? 2 : 3;
  if (!isNested(geometry['coordinates'], depth)) return refuse('has coordinates that are not rings of numbers');
  return type === 'Polygon'
    ? [geometry['coordinates'] as unknown as PolygonRings]
    : (geometry['coordinates'] as unknown as PolygonRings[]);
}

/** Arrays `depth` deep whose innermost are positions of at least two numbers. */
function isNested(value: unknown, depth: number): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  if (depth === 0) return typeof value[0] === 'number' && typeof value[1] === 'number';
  return value.every(item => isNested(item, depth - 1));
}
