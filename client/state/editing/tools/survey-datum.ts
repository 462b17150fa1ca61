import type { SurveyCandidate } from '../../../../gis/crs/detect-survey-crs.ts';
import type { Crs } from '../../../../gis/crs/crs.ts';
import { parseCrs } from '../../../../gis/crs/parse-crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { GisError } from '../../../../gis/errors.ts';

export const SURVEY_DATUMS = ['CGCS2000', 'XIAN80', 'BJ54'] as const;
/** What an older table may be on although its numbers look the same. */
export type SurveyDatum = (typeof SURVEY_DATUMS)[number];

const ELLIPSOIDS: Readonly<Record<Exclude<SurveyDatum, 'CGCS2000'>, string>> = {
  XIAN80: '+a=6378140 +rf=298.257',
  BJ54: '+ellps=krass',
};

/**
 * The same zone on an older datum, shifted by the user's own parameters: 3 metres, or 7 with seconds of arc and ppm, to
 * WGS 84 in the sense of PROJ's `+towgs84`. Undefined where they are missing or are no such numbers.
 */
export function onDatum(crs: SurveyCandidate['crs'], datum: SurveyDatum, parameters: string): Crs | undefined {
  const system = projectorFor(crs).crs;
  if (datum === 'CGCS2000') return system;
  const towgs84 = parameters
    .trim()
    .split(/[\s,;，；]+/)
    .map(Number);
  if ((towgs84.length !== 3 && towgs84.length !== 7) || !towgs84.every(Number.isFinite)) return undefined;
  const definition = system.definition.replace(/\+(ellps|datum)=\S+/, ELLIPSOIDS[datum]);
  try {
    return parseCrs(definition, { towgs84 });
  } catch (error) {
    if (error instanceof GisError) return undefined;
    throw error;
  }
}
