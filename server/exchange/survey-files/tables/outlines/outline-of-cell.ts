import { shapeOfWkb } from '../../bytes/shape-of-wkb.ts';
import { isObject, shapeOfGeometry } from '../../geojson/shape-of-geometry.ts';
import type { ReadingContext, SurveyShape } from '../../survey-file.ts';
import { isWellKnownBinary, readWellKnownBinary } from './well-known-binary.ts';
import { isWellKnownOutline, kindOfWellKnownText, readWellKnownOutline } from './well-known-text.ts';

/** What a cell with a whole outline holds; `system` where the cell says it. */
export interface CellOutline {
  readonly system: string | undefined;
  readonly shape: SurveyShape | undefined;
}

const GEOJSON = /^\s*\{[^[]{0,400}"(coordinates|geometries)"\s*:/;

/** Whether a cell begins like an outline: well-known text or binary, or a GeoJSON geometry as Earth Engine and PostGIS write it into tables. */
export const isOutline = (text: string): boolean =>
  isWellKnownOutline(text) || GEOJSON.test(text) || isWellKnownBinary(text);

/** The outline of a cell; undefined, with a finding, where it cannot be read. */
export function outlineOfCell(
  text: string,
  row: number,
  line: number,
  report: ReadingContext['report'],
): CellOutline | undefined {
  if (text.trimStart().startsWith('{')) {
    const geometry = parse(text);
    // Degrees of WGS 84 by the rules of the format.
    if (geometry !== undefined) return { system: 'EPSG:4326', shape: shapeOfGeometry(geometry, row, report) };
  } else if (isWellKnownBinary(text)) {
    const bytes = readWellKnownBinary(text);
    if (bytes !== undefined) {
      const { srid, shape } = shapeOfWkb(bytes, row, report);
      return { system: systemOf(srid), shape };
    }
  } else {
    const outline = readWellKnownOutline(text);
    if (outline !== undefined) {
      const { srid, parts } = outline;
      const shape = parts.length === 0 ? undefined : ({ kind: 'parts', parts } as const);
      return { system: systemOf(srid), shape };
    }
  }
  const type = kindOfWellKnownText(text);
  if (type !== undefined) {
    report({ code: 'geometry-not-polygonal', severity: 'warning', row, params: { type } });
    return { system: undefined, shape: undefined };
  }
  report({ code: 'geometry-unreadable', severity: 'error', row, params: { line } });
  return undefined;
}

const systemOf = (srid: number | undefined): string | undefined => (srid === undefined ? undefined : `EPSG:${srid}`);

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
