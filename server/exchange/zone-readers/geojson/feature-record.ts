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
  const isEmpty = geometry === null || geometry === undefined;
  return {
    id: idOf(feature, number),
    properties: isFeature ? propertiesOf(feature) : {},
    geometry: isEmpty ? undefined : joinPacked(collectPolygons(path, geometry, packed, number)),
  };
}

/**
 * The record, without its geometry, of a feature whose coordinates were read and have `mark` in their place: those of a Polygon where they are three
 * deep, of a MultiPolygon where four. Undefined for anything else.
 */
export function plainRecord(feature: unknown, number: number, depth: number, mark: string): ZoneRecord | undefined {
  if (!isObject(feature) || feature['type'] !== 'Feature') return undefined;
  const geometry = feature['geometry'];
  if (!isObject(geometry) || geometry['coordinates'] !== mark) return undefined;
  if (geometry['type'] !== (depth === 3 ? 'Polygon' : 'MultiPolygon')) return undefined;
  return { id: idOf(feature, number), properties: propertiesOf(feature), geometry: undefined };
}

function idOf({ id }: JsonObject, number: number): string | number {
  return typeof id === 'string' || typeof id === 'number' ? id : number;
}

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});

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
