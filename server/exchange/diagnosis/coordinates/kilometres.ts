import { detectSurveyCrs, type SurveyHints } from '../../../../gis/crs/detect-survey-crs.ts';

type Pair = readonly [number, number];

/** Whether numbers that are nothing as metres or degrees are coordinates of a survey as kilometres. */
export function isInKilometres(points: readonly Pair[], hints: SurveyHints): boolean {
  if (points.some(([a, b]) => Math.max(Math.abs(a), Math.abs(b)) > 100_000)) return false;
  const longer = points.map(([a, b]): Pair => [a * 1_000, b * 1_000]);
  const { candidates, findings } = detectSurveyCrs(longer, hints);
  return candidates.length > 0 || findings.some(({ code }) => code === 'central-meridian-needed');
}
