import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRow } from '../survey-file.ts';
import type { TableRow } from './table-columns.ts';
import { isWellKnownOutline, readWellKnownOutline } from './well-known-text.ts';

const HEAD_ROWS = 30;

/** A table with one row a plot and its outline as well-known text; undefined where no column holds such texts. */
export function outlinesOfTable(
  rows: readonly TableRow[],
  about: { readonly format: 'csv' | 'xlsx'; readonly encoding: string | null },
  { report }: ReadingContext,
): SurveyFile | undefined {
  const found = findOutlineColumn(rows.slice(0, HEAD_ROWS));
  if (found === undefined) return undefined;
  const { column, firstRow } = found;
  const names = (rows[firstRow - 1] ?? []).map(cell =>
    String(cell ?? '')
      .trim()
      .slice(0, 60),
  );
  const others = names
    .map((name, index) => ({ name, index }))
    .filter(({ name, index }) => name !== '' && index !== column)
    .slice(0, IMPORT_LIMITS.fields);
  let srid: number | undefined;
  const outlines: SurveyRow[] = [];
  for (let index = firstRow; index < rows.length; index++) {
    const row = rows[index] as TableRow;
    if (row.every(cell => cell === null || cell === '')) continue;
    const text = String(row[column] ?? '').trim();
    const outline = text === '' ? undefined : readWellKnownOutline(text);
    const number = outlines.length + 1;
    if (text !== '' && outline === undefined)
      report({ code: 'geometry-unreadable', severity: 'error', row: number, params: { line: index + 1 } });
    srid ??= outline?.srid;
    const attributes = Object.fromEntries(
      others.map(({ name, index: at }): [string, AttributeValue] => {
        const value = row[at] ?? null;
        return [name, typeof value === 'string' ? value.slice(0, IMPORT_LIMITS.textOfCell) || null : value];
      }),
    );
    const isDrawn = outline !== undefined && outline.parts.length > 0;
    outlines.push({ number, attributes, shape: isDrawn ? { kind: 'parts', parts: outline.parts } : undefined });
  }
  return {
    ...about,
    declaredCrs: srid === undefined ? null : `EPSG:${srid}`,
    coordinates:
      srid === undefined
        ? { kind: 'unknown', hints: {}, order: 'easting-northing' }
        : { kind: 'named', crs: `EPSG:${srid}` },
    fields: others.map(({ name }) => name),
    rows: outlines,
  };
}

/** The first column with an outline in it, and the row it begins at: the one above are the headings. */
function findOutlineColumn(head: readonly TableRow[]): { column: number; firstRow: number } | undefined {
  for (const [firstRow, row] of head.entries()) {
    const column = row.findIndex(cell => typeof cell === 'string' && isWellKnownOutline(cell));
    if (column < 0) continue;
    // Rows above without an outline of their own belong to the table as well.
    const heading = head.findIndex(one =>
      /^(wkt|geom(etry)?|the_geom|wkb_geometry|图形|几何)$/i.test(String(one[column] ?? '').trim()),
    );
    return { column, firstRow: heading >= 0 && heading < firstRow ? heading + 1 : firstRow };
  }
  return undefined;
}
