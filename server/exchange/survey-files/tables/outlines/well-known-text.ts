import type { SurveyRing } from '../../survey-file.ts';

const START = /^\s*(?:SRID\s*=\s*(\d{1,6})\s*;\s*)?(MULTI)?POLYGON\s*(ZM|Z|M)?\s*(\(|EMPTY\s*$)/i;

export interface WellKnownOutline {
  /** EPSG number that stands before the text, as PostGIS writes it. */
  readonly srid: number | undefined;
  readonly parts: readonly (readonly SurveyRing[])[];
}

/** Geometries that are no polygons of straight edges. */
const OTHER =
  /^\s*(?:SRID\s*=\s*\d{1,6}\s*;\s*)?((?:MULTI)?(?:POINT|LINESTRING|CURVE|SURFACE)|GEOMETRYCOLLECTION|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|POLYHEDRALSURFACE|TIN|TRIANGLE)\s*(?:ZM|Z|M)?\s*(?:\(|EMPTY\s*$)/i;

/** Whether a cell begins like an outline as well-known text, be it one with curves that cannot be read. */
export const isWellKnownOutline = (text: string): boolean =>
  START.test(text) || /^(CURVEPOLYGON|MULTISURFACE)$/i.test(kindOfWellKnownText(text) ?? '');

/** What a text describes that is no polygon; undefined for polygons and for what is no well-known text. */
export const kindOfWellKnownText = (text: string): string | undefined => OTHER.exec(text)?.[1]?.toUpperCase();

/** Polygons of well-known text (OGC 06-103r4), heights passed over; undefined where the text is not one to its end. */
export function readWellKnownOutline(text: string): WellKnownOutline | undefined {
  const start = START.exec(text);
  if (start === null) return undefined;
  const srid = start[1] === undefined ? undefined : Number(start[1]);
  if (start[4] !== '(') return { srid, parts: [] };
  const isMulti = start[2] !== undefined;
  const depthOfRing = isMulti ? 3 : 2;
  const parts: SurveyRing[][] = isMulti ? [] : [[]];
  let depth = 0;
  let from = 0;
  for (let at = start[0].length - 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === '(') {
      depth++;
      if (isMulti && depth === 2) parts.push([]);
      if (depth === depthOfRing) from = at + 1;
      if (depth > depthOfRing) return undefined;
    } else if (sign === ')') {
      if (depth === depthOfRing) {
        const pairs = pairsOf(text.slice(from, at));
        if (pairs === undefined) return undefined;
        parts.at(-1)?.push({ pairs });
      }
      depth--;
      if (depth === 0) return text.slice(at + 1).trim() === '' ? { srid, parts } : undefined;
    }
  }
  return undefined;
}

function pairsOf(text: string): Float64Array | undefined {
  const positions = text.split(',');
  const pairs = new Float64Array(2 * positions.length);
  for (const [index, position] of positions.entries()) {
    const [first = '', second = ''] = position.trim().split(/\s+/);
    const [a, b] = [Number(first), Number(second)];
    if (first === '' || second === '' || !Number.isFinite(a) || !Number.isFinite(b)) return undefined;
    pairs[2 * index] = a;
    pairs[2 * index + 1] = b;
  }
  return pairs;
}
