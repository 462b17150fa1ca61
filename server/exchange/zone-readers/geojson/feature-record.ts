import { packGeometry } from '../../../../gis/geometry/packed.ts';
import type { PackedGeometry } from '../../../../gis/geometry/packed.ts';
import type { PolygonRings } from '../../../../gis/types.ts';
import { UnusableFile } from '../zone-file.ts';
import type { ZoneRecord } from '../zone-file.ts';
import { joinPacked } from './join-packed.ts';
import type { ParsedElement } from './parse-element.ts';

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The record of a feature or a bare geometry, the `number`th of its file. Throws UnusableFile where it is neither. */
export function toRecord(path: string, { value: feature, packed }: ParsedElement, number: number): ZoneRecord {
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
