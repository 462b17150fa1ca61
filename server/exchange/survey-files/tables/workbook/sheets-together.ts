import type { Finding } from '../../../diagnosis/finding.ts';
import { IMPORT_LIMITS } from '../../limits.ts';
import type { SurveyCoordinates, SurveyFile, SurveyRow } from '../../survey-file.ts';

export interface ReadSheet {
  readonly name: string;
  readonly file: SurveyFile;
  /** What was found while it was read; rows are counted within the sheet. */
  readonly said: readonly Finding[];
}

/**
 * Sheets whose coordinates are of one kind, as one file. A plot without a name of its own has that of its sheet. Undefined where two
 * of them cannot be read alike: then somebody has to choose.
 */
export function sheetsTogether(
  sheets: readonly ReadSheet[],
  report: (finding: Finding) => void,
): SurveyFile | undefined {
  const [first, ...others] = sheets;
  if (first === undefined) return undefined;
  let coordinates: SurveyCoordinates | undefined = first.file.coordinates;
  for (const { file } of others) coordinates = coordinates && inCommon(coordinates, file.coordinates);
  if (coordinates === undefined) return undefined;
  const rows: SurveyRow[] = [];
  for (const { name, file, said } of sheets) {
    const before = rows.length;
    for (const finding of said) report(ofSheet(finding, name, before));
    const own = [...file.rows];
    for (const row of own) {
      const plain = own.length === 1 ? name : `${name} ${row.number}`;
      rows.push({ ...row, number: before + row.number, name: row.name ?? plain });
    }
  }
  const fields = [...new Set(sheets.flatMap(({ file }) => file.fields))].slice(0, IMPORT_LIMITS.fields);
  return { ...first.file, coordinates, fields, rows };
}

/** Lines are counted within their sheet, rows from the first sheet on. */
function ofSheet(finding: Finding, sheet: string, before: number): Finding {
  const { row, params } = finding;
  const isOfLine = typeof params?.['line'] === 'number';
  return {
    ...finding,
    ...(row === undefined ? {} : { row: before + row }),
    ...(isOfLine ? { params: { ...params, line: `${sheet} ${String(params['line'])}` } } : {}),
  };
}

/** What holds for both; undefined where they contradict each other. */
function inCommon(one: SurveyCoordinates, other: SurveyCoordinates): SurveyCoordinates | undefined {
  if (one.kind !== 'unknown' || other.kind !== 'unknown')
    return JSON.stringify(one) === JSON.stringify(other) ? one : undefined;
  const { hints, ...rest } = one;
  const { hints: otherHints, ...otherRest } = other;
  if (JSON.stringify(rest) !== JSON.stringify(otherRest)) return undefined;
  const contradicts = (['declaredZone', 'declaredWidthDeg', 'centralMeridian'] as const).some(
    key => hints[key] !== undefined && otherHints[key] !== undefined && hints[key] !== otherHints[key],
  );
  if (contradicts) return undefined;
  const said = Object.fromEntries(Object.entries(otherHints).filter(([, value]) => value !== undefined));
  return { ...one, hints: { ...hints, ...said } };
}
