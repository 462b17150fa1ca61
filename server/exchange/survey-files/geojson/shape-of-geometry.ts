import type { ReadingContext, SurveyRing, SurveyShape } from '../survey-file.ts';

/** Types of GeoJSON geometries. */
export const GEOMETRIES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

type JsonObject = Readonly<Record<string, unknown>>;
/** Whether a value of JSON is an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The polygons of a GeoJSON geometry (RFC 7946), its type in capitals or not; undefined, with a finding, where it has none. */
export function shapeOfGeometry(
  geometry: unknown,
  row: number,
  report: ReadingContext['report'],
): SurveyShape | undefined {
  const parts: SurveyRing[][] = [];
  const fault = collect(geometry, parts, 0);
  if (fault !== undefined) {
    const isKind = fault.code === 'geometry-not-polygonal';
    report({ ...fault, severity: isKind && parts.length > 0 ? 'warning' : 'error', row });
    if (!isKind) return undefined;
  }
  return parts.length === 0 ? undefined : { kind: 'parts', parts };
}

interface Fault {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Adds the polygons of a geometry; the first fault, if there is one. */
function collect(geometry: unknown, parts: SurveyRing[][], depth: number): Fault | undefined {
  if (!isObject(geometry)) return { code: 'geojson-geometry-invalid', params: { found: String(geometry) } };
  const given = typeof geometry['type'] === 'string' ? geometry['type'] : '';
  const type = [...GEOMETRIES].find(name => name.toLowerCase() === given.toLowerCase());
  if (type === undefined) return { code: 'geojson-geometry-invalid', params: { found: given || 'no type' } };
  if (type === 'GeometryCollection') {
    const { geometries } = geometry;
    if (!Array.isArray(geometries) || depth > 8) return { code: 'geojson-geometry-invalid', params: { found: type } };
    const faults = (geometries as unknown[]).map(part => collect(part, parts, depth + 1));
    return faults.find(fault => fault !== undefined);
  }
  if (type !== 'Polygon' && type !== 'MultiPolygon') return { code: 'geometry-not-polygonal', params: { type } };
  const { coordinates } = geometry;
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons)) return { code: 'geojson-coordinates-invalid', params: { type } };
  for (const rings of polygons as unknown[]) {
    if (!Array.isArray(rings)) return { code: 'geojson-coordinates-invalid', params: { type } };
    const part = (rings as unknown[]).map(toRing);
    if (part.some(ring => ring === undefined)) return { code: 'geojson-coordinates-invalid', params: { type } };
    if (part.length > 0) parts.push(part as SurveyRing[]);
  }
  return undefined;
}

function toRing(ring: unknown): SurveyRing | undefined {
  if (!Array.isArray(ring)) return undefined;
  const pairs = new Float64Array(2 * ring.length);
  for (const [index, position] of (ring as unknown[]).entries()) {
    if (!Array.isArray(position)) return undefined;
    const [lng, lat] = position as unknown[];
    if (typeof lng !== 'number' || typeof lat !== 'number') return undefined;
    pairs[2 * index] = lng;
    pairs[2 * index + 1] = lat;
  }
  return { pairs };
}
