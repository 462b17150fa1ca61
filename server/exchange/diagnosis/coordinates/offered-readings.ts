import type { CrsCode } from '../../../../gis/crs/crs.ts';
import type { SurveyCandidate } from '../../../../gis/crs/detect-survey-crs.ts';
import { getCrs } from '../../../../gis/crs/parse-crs.ts';
import type { Finding, Fix } from '../finding.ts';

/** Read the columns in this system. */
export const useCrs = (crs: CrsCode, more: Record<string, unknown> = {}): Fix => ({
  code: 'use-crs',
  params: { crs, name: namesOf(crs) },
  fixes: { crs, ...more },
});

/** What a system is called. */
export function namesOf(crs: CrsCode): string {
  try {
    const known = getCrs(crs);
    return known.nameZh ?? known.nameEn;
  } catch {
    return crs;
  }
}

/** Every central meridian of the three-degree zones, 75°E to 135°E. */
const meridiansOffered = (): Fix[] => Array.from({ length: 21 }, (_unused, index) => useCrs(`EPSG:${4534 + index}`));

/** Ways to read the columns, best first. */
export const readingsOffered = (candidates: readonly SurveyCandidate[]): Fix[] =>
  candidates.slice(0, 8).map(({ crs, order, notation }) => ({
    code: notation === 'metres' ? 'use-crs' : 'use-notation',
    params: { crs, name: namesOf(crs), order, notation },
    fixes: notation === 'metres' ? { crs, order } : { order, notation },
  }));

/** Metres of a zone that has to be named, where no candidate is in metres. */
export const metresOffered = (candidates: readonly SurveyCandidate[]): Fix[] =>
  candidates.some(({ notation }) => notation === 'metres') ? [] : meridiansOffered();

/** Degrees fit every datum, and a zone's metres fit those of the older ones: what the numbers say is shown, and a person asked. */
export function askForSystem({ crs, notation }: SurveyCandidate): Finding {
  const codes: CrsCode[] = notation === 'metres' ? [crs] : [crs, 'EPSG:4326'];
  return {
    code: 'crs-left-out',
    severity: 'warning',
    params: { crs, name: namesOf(crs) },
    choices: [...new Set(codes)].map(code => useCrs(code)),
  };
}

/** Whether a contradiction forbids writing. */
export const blocks = (code: string): boolean => code === 'zone-mismatch' || code === 'far-from-meridian';

/** A finding of the detection, with what can be done about it. */
export function withFix(finding: Finding, best: SurveyCandidate | undefined): Finding {
  if (finding.code === 'central-meridian-needed') {
    return { ...finding, choices: meridiansOffered() };
  }
  if (best === undefined || !blocks(finding.code)) return finding;
  return { ...finding, fix: useCrs(best.crs, { order: best.order }) };
}
