import { partsOf } from '../../../../gis/parts-of.ts';
import type { Polygonal, Position, Ring } from '../../../../gis/types.ts';
import { inDecimalDegrees } from './degrees-as-written.ts';
import { rectangle } from '../shaping/rectangle.ts';

export type Pasted =
  | { readonly ok: true; readonly geometry: Polygonal }
  | { readonly ok: false; readonly code: 'empty' | 'unreadable' | 'not-polygon' | 'out-of-range' };

/**
 * Reads a polygon that someone pastes: GeoJSON (geometry, Feature, or a collection of one), WKT POLYGON/MULTIPOLYGON, or
 * lines of `lng lat`, with comma, semicolon, tab or blanks between; two lines are a rectangle. Coordinates must be degrees:
 * for metres see `readSurvey`.
 */
export function readPasted(text: string): Pasted {
  const trimmed = inDecimalDegrees(text).trim();
  if (trimmed === '') return { ok: false, code: 'empty' };
  const geometry = trimmed.startsWith('{')
    ? fromGeoJson(trimmed)
    : /^[A-Z]/i.test(trimmed)
      ? fromWkt(trimmed)
      : fromLines(trimmed);
  if (geometry === undefined) return { ok: false, code: 'unreadable' };
  if (geometry === 'not-polygon') return { ok: false, code: 'not-polygon' };
  return inRange(geometry) ? { ok: true, geometry } : { ok: false, code: 'out-of-range' };
}

type Reading = Polygonal | 'not-polygon' | undefined;

interface LooseGeoJson {
  readonly type?: unknown;
  readonly geometry?: LooseGeoJson | null;
  readonly features?: readonly LooseGeoJson[];
  readonly coordinates?: unknown;
}

function fromGeoJson(text: string): Reading {
  let json: LooseGeoJson;
  try {
    json = JSON.parse(text) as LooseGeoJson;
  } catch {
    return undefined;
  }
  return fromGeoJsonValue(json);
}

function fromGeoJsonValue(json: LooseGeoJson | null | undefined): Reading {
  if (json === null || json === undefined) return undefined;
  if (json.type === 'FeatureCollection') return fromGeoJsonValue(json.features?.[0]);
  if (json.type === 'Feature') return fromGeoJsonValue(json.geometry);
  if (json.type === 'Polygon') {
    const coordinates = toRingList(json.coordinates);
    return coordinates && { type: 'Polygon', coordinates };
  }
  if (json.type === 'MultiPolygon') {
    if (!Array.isArray(json.coordinates)) return undefined;
    const parts = json.coordinates.map(toRingList);
    return parts.every(part => part !== undefined) ? { type: 'MultiPolygon', coordinates: parts } : undefined;
  }
  return typeof json.type === 'string' ? 'not-polygon' : undefined;
}

function toRingList(value: unknown): Ring[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rings = value.map(toRing);
  return rings.every(ring => ring !== undefined) ? rings : undefined;
}

function toRing(value: unknown): Position[] | undefined {
  if (!Array.isArray(value) || value.length < 3) return undefined;
  const ring: Position[] = [];
  for (const position of value) {
    if (!Array.isArray(position)) return undefined;
    const [lng, lat] = position as unknown[];
    if (typeof lng !== 'number' || typeof lat !== 'number' || !Number.isFinite(lng) || !Number.isFinite(lat))
      return undefined;
    ring.push([lng, lat]);
  }
  return ring;
}

/** WKT becomes nested JSON by swapping its brackets; an EWKT `SRID=…;` in front is passed over. */
function fromWkt(text: string): Reading {
  const match = /^(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:ZM|Z|M)?\s*(\(.*\))\s*;?$/is.exec(text);
  const kind = match?.[1]?.toUpperCase();
  if (match === null || kind === undefined) return undefined;
  if (kind !== 'POLYGON' && kind !== 'MULTIPOLYGON') return 'not-polygon';
  const body = (match[2] ?? '')
    .replace(
      /[-+]?\d[\d.eE+-]*(?:\s+[-+]?\d[\d.eE+-]*)+/g,
      numbers => `[${numbers.trim().split(/\s+/).map(Number).join(',')}]`,
    )
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    return fromGeoJsonValue({
      type: kind === 'POLYGON' ? 'Polygon' : 'MultiPolygon',
      coordinates: JSON.parse(body) as unknown,
    });
  } catch {
    return undefined;
  }
}

function fromLines(text: string): Reading {
  const ring = readPairs(text);
  if (ring === undefined || ring.length < 2) return undefined;
  // Two positions are opposite corners.
  if (ring.length === 2) return rectangle(ring[0] as Position, ring[1] as Position);
  return { type: 'Polygon', coordinates: [ring] };
}

/** A table of coordinates as it stands, two numbers a line; undefined where a line holds anything else. */
export function readPairs(text: string): Position[] | undefined {
  const pairs: Position[] = [];
  for (const line of text.split(/\r?\n/).filter(one => one.trim() !== '')) {
    const numbers = line
      .trim()
      .split(/[\s,;，；]+/)
      .map(Number);
    // Survey tables number their points in front: the last two columns are the position.
    const [first, second] = numbers.length > 2 ? numbers.slice(-2) : numbers;
    if (first === undefined || second === undefined || Number.isNaN(first) || Number.isNaN(second)) return undefined;
    pairs.push([first, second]);
  }
  return pairs;
}

function inRange(geometry: Polygonal): boolean {
  return partsOf(geometry)
    .flat(2)
    .every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90);
}
