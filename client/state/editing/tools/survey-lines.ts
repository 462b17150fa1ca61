import {
  detectSurveyCrs,
  degreesIn,
  type SurveyCandidate,
  type SurveyHints,
} from '../../../../gis/crs/detect-survey-crs.ts';
import type { Crs, CrsCode } from '../../../../gis/crs/crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { GisError } from '../../../../gis/errors.ts';
import type { Issue, Polygon, Position } from '../../../../gis/types.ts';
import { inDecimalDegrees } from './degrees-as-written.ts';
import { readPairs } from './paste.ts';
import { rectangle } from '../shaping/rectangle.ts';

/** A table of survey coordinates, and what it may be in: the best reading first. */
export interface SurveyLines {
  readonly pairs: readonly Position[];
  readonly candidates: readonly SurveyCandidate[];
  readonly findings: readonly Issue[];
}

/** Reads lines of numbers that are not plainly longitude and latitude where the mine lies; undefined for other text. */
export function readSurvey(written: string, hints: SurveyHints): SurveyLines | undefined {
  const text = inDecimalDegrees(written);
  const pairs = /^[-+\d\s.,;，；eE\w]*$/.test(text) ? readPairs(text) : undefined;
  if (pairs === undefined || pairs.length < 2) return undefined;
  const { candidates, findings } = detectSurveyCrs(pairs, hints);
  const best = candidates[0];
  const isPlain = best?.notation === 'degrees' && best.order === 'lng-lat';
  const isDegrees = pairs.every(([a, b]) => Math.abs(a) <= 180 && Math.abs(b) <= 180);
  if (isPlain || (best === undefined && isDegrees)) return undefined;
  return { pairs, candidates: [...candidates, ...inUtm(best, hints)], findings };
}

/**
 * The same columns in the zone of UTM where the mine lies: without a prefix the numbers alone do not tell it from
 * Gauss-Kruger, which differs from it by up to two kilometres. Offered, never assumed.
 */
function inUtm(best: SurveyCandidate | undefined, { box }: SurveyHints): SurveyCandidate[] {
  const place = box === undefined ? best?.firstPosition[0] : (box[0] + box[2]) / 2;
  if (best?.notation !== 'metres' || place === undefined) return [];
  if (projectorFor(best.crs).forward(best.firstPosition)[0] > 1e6) return [];
  const crs = `EPSG:${32_600 + Math.floor((place + 180) / 6) + 1}` as const;
  const firstPosition = unproject(crs, projectorFor(best.crs).forward(best.firstPosition));
  return firstPosition === undefined ? [] : [{ ...best, crs, firstPosition, reasons: [], score: 0 }];
}

/** The land that a table means in one of its readings; undefined where a position has no place in it. */
export function surveyPolygon(
  pairs: readonly Position[],
  { crs, order, notation }: Pick<SurveyCandidate, 'order' | 'notation'> & { readonly crs: Crs | CrsCode },
): Polygon | undefined {
  const isSwapped = order === 'northing-easting' || order === 'lat-lng';
  const positions: Position[] = [];
  for (const [a, b] of pairs) {
    const [x, y] = isSwapped ? [b, a] : [a, b];
    const position = notation === 'metres' ? unproject(crs, [x, y]) : inDegrees(notation, x, y);
    if (position === undefined) return undefined;
    positions.push(position);
  }
  if (positions.length === 2) return rectangle(positions[0] as Position, positions[1] as Position);
  return { type: 'Polygon', coordinates: [[...positions, positions[0] as Position]] };
}

function inDegrees(
  notation: Exclude<SurveyCandidate['notation'], 'metres'>,
  x: number,
  y: number,
): Position | undefined {
  const [lng, lat] = [degreesIn(notation, x), degreesIn(notation, y)];
  return lng === undefined || lat === undefined ? undefined : [lng, lat];
}

function unproject(crs: Crs | CrsCode, position: Position): Position | undefined {
  try {
    return projectorFor(crs).inverse(position);
  } catch (error) {
    if (error instanceof GisError) return undefined;
    throw error;
  }
}
