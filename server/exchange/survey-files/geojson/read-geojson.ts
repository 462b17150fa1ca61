import { readFileSync } from 'node:fs';
import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRow } from '../survey-file.ts';
import { decodeText } from '../bytes/decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { GEOMETRIES, isObject, shapeOfGeometry } from './shape-of-geometry.ts';

/** GeoJSON of any top level, also by lines. What is not GeoJSON is told by feature, and the rest is read. @throws UnreadableFile `json-…` */
export function readGeoJson(context: ReadingContext): SurveyFile {
  const { text, encoding } = decodeText(readFileSync(context.path), context.choices.encoding, context.report);
  const root = parse(text.replace(/^\uFEFF/, ''));
  const features = listFeatures(root, context.report);
  const named =
    isObject(root) && isObject(root['crs']) && isObject(root['crs']['properties'])
      ? root['crs']['properties']['name']
      : undefined;
  const declared = typeof named === 'string' ? named : undefined;
  if (isObject(root) && isObject(root['crs']) && declared === undefined)
    context.report({ code: 'geojson-crs-unread', severity: 'warning' });
  const fields = new Set<string>();
  for (const feature of features.slice(0, 1000)) {
    if (isObject(feature) && isObject(feature['properties']))
      for (const key of Object.keys(feature['properties'])) if (fields.size < IMPORT_LIMITS.fields) fields.add(key);
  }
  return {
    format: 'geojson',
    encoding,
    declaredCrs: declared ?? null,
    coordinates: declared === undefined ? { kind: 'lng-lat' } : { kind: 'named', crs: declared },
    fields: [...fields],
    rows: features.map((feature, index) => toRow(feature, index + 1, fields, context.report)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Of a text sequence each record begins with its sign and may have many lines; else a line is a record.
    const lines = text.split(text.includes('\u001e') ? '\u001e' : '\n').filter(line => line.trim() !== '');
    const byLines = lines.length > 1 ? parseLines(lines) : undefined;
    if (byLines !== undefined) return byLines;
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, at).split('\n').length;
    throw new UnreadableFile('json-invalid', { line, near: text.slice(Math.max(0, at - 20), at + 20).trim() });
  }
}

function parseLines(lines: readonly string[]): unknown[] | undefined {
  try {
    return lines.map((line): unknown => JSON.parse(line));
  } catch {
    return undefined;
  }
}

function listFeatures(root: unknown, report: ReadingContext['report']): readonly unknown[] {
  if (Array.isArray(root)) return root as unknown[];
  if (!isObject(root)) throw new UnreadableFile('json-not-geojson', { type: root === null ? 'null' : typeof root });
  const type = root['type'];
  const known = [...GEOMETRIES, 'Feature', 'FeatureCollection'].find(
    name => typeof type === 'string' && name.toLowerCase() === type.toLowerCase(),
  );
  if (known === undefined) {
    const isEsri = type === undefined && ('geometryType' in root || 'rings' in root);
    const found = isEsri ? 'Esri JSON' : type === 'Topology' ? 'TopoJSON' : type;
    throw new UnreadableFile('json-not-geojson', { type: typeof found === 'string' ? found.slice(0, 40) : 'none' });
  }
  if (known !== type) {
    report({ code: 'geojson-type-case', severity: 'warning', params: { found: String(type), expected: known } });
  }
  if (known !== 'FeatureCollection') return [root];
  const { features } = root;
  if (!Array.isArray(features)) throw new UnreadableFile('geojson-features-missing');
  return features as unknown[];
}

function toRow(
  feature: unknown,
  number: number,
  fields: ReadonlySet<string>,
  report: ReadingContext['report'],
): SurveyRow {
  const bad = (code: string, params: Record<string, unknown> = {}): SurveyRow => {
    report({ code, severity: 'error', row: number, params });
    return { number, attributes: {}, shape: undefined };
  };
  if (!isObject(feature)) return bad('geojson-feature-invalid', { found: feature === null ? 'null' : typeof feature });
  const type = typeof feature['type'] === 'string' ? feature['type'] : '';
  const isFeature = type.toLowerCase() === 'feature';
  const isGeometry = [...GEOMETRIES].some(name => name.toLowerCase() === type.toLowerCase());
  if (!isFeature && !isGeometry) return bad('geojson-feature-invalid', { found: type === '' ? 'no type' : type });
  const properties = isFeature && isObject(feature['properties']) ? feature['properties'] : {};
  if (
    isFeature &&
    feature['properties'] !== null &&
    feature['properties'] !== undefined &&
    !isObject(feature['properties'])
  ) {
    report({ code: 'geojson-properties-invalid', severity: 'warning', row: number });
  }
  const geometry = isFeature ? feature['geometry'] : feature;
  const name = ['name', 'NAME', 'Name', '名称', 'DKMC', '地块名称']
    .map(key => properties[key])
    .find(value => value != null);
  return {
    number,
    name: typeof name === 'string' || typeof name === 'number' ? String(name) : undefined,
    attributes: Object.fromEntries([...fields].map(key => [key, toValue(properties[key])])),
    shape: geometry === null || geometry === undefined ? undefined : shapeOfGeometry(geometry, number, report),
  };
}

function toValue(value: unknown): AttributeValue {
  if (typeof value === 'string') return value.slice(0, IMPORT_LIMITS.textOfCell);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value).slice(0, IMPORT_LIMITS.textOfCell);
}
