import { detectSurveyCrs, type SurveyCandidate, type SurveyHints } from '../../../../gis/crs/detect-survey-crs.ts';

/** A row with some of its points as they stand in the file. */
export interface RowSample {
  readonly number: number;
  readonly points: readonly (readonly [number, number])[];
}

/**
 * How each row is to be read where no one reading fits all: X and Y changed in one plot, or plots of two zones, each with its number.
 * Undefined where a row cannot be told by its own numbers, or all are read alike.
 */
export function readEachRow(
  rows: readonly RowSample[],
  hints: SurveyHints,
): ReadonlyMap<number, SurveyCandidate> | undefined {
  const readings = new Map<number, SurveyCandidate>();
  for (const { number, points } of rows) {
    if (points.length === 0) continue;
    const [best, second] = detectSurveyCrs(points, hints).candidates;
    if (best?.notation !== 'metres' || second?.score === best.score) return undefined;
    readings.set(number, best);
  }
  const kinds = new Set([...readings.values()].map(({ crs, order }) => `${crs} ${order}`));
  return kinds.size > 1 ? readings : undefined;
}

/** Rows that are read otherwise than the most. */
export function rowsApart(readings: ReadonlyMap<number, SurveyCandidate>): [row: number, reading: SurveyCandidate][] {
  const keyOf = ({ crs, order }: SurveyCandidate): string => `${crs} ${order}`;
  const counts = new Map<string, number>();
  for (const reading of readings.values()) counts.set(keyOf(reading), (counts.get(keyOf(reading)) ?? 0) + 1);
  const [[usual] = ['']] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return [...readings].filter(([, reading]) => keyOf(reading) !== usual);
}
