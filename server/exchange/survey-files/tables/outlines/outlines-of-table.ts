import type { ReadingContext, SurveyFile, SurveyRow } from '../../survey-file.ts';
import { attributeOf, namesOfOthers, tellRepeated } from '../other-columns.ts';
import type { TableRow, TableSource } from '../table.ts';
import { isOutline, outlineOfCell } from './outline-of-cell.ts';

const HEAD_ROWS = 30;

/** A table with one row a plot and its outline as well-known text or binary or as GeoJSON; undefined where no column holds such texts. */
export function outlinesOfTable(
  rows: readonly TableRow[],
  { lines, ...about }: TableSource,
  { report }: ReadingContext,
): SurveyFile | undefined {
  const found = findOutlineColumn(rows.slice(0, HEAD_ROWS));
  if (found === undefined) return undefined;
  const { column, firstRow } = found;
  const { others, repeated } = namesOfOthers(rows[firstRow - 1] ?? [], new Set([column]));
  tellRepeated(repeated, report);
  const systems = new Set<string>();
  const outlines: SurveyRow[] = [];
  for (let index = firstRow; index < rows.length; index++) {
    const row = rows[index] as TableRow;
    if (row.every(cell => cell === null || cell === '')) continue;
    const text = String(row[column] ?? '').trim();
    const number = outlines.length + 1;
    const outline = text === '' ? undefined : outlineOfCell(text, number, lines?.[index] ?? index + 1, report);
    if (outline?.system !== undefined) systems.add(outline.system);
    const attributes = Object.fromEntries(others.map(({ name, index: at }) => [name, attributeOf(row[at] ?? null)]));
    outlines.push({ number, attributes, shape: outline?.shape });
  }
  if (systems.size > 1) {
    const params = { systems: [...systems].slice(0, 8).join(', ') };
    report({ code: 'systems-mixed', severity: 'error', params });
  }
  const [system] = systems;
  return {
    ...about,
    declaredCrs: system ?? null,
    coordinates:
      system === undefined ? { kind: 'unknown', hints: {}, order: 'easting-northing' } : { kind: 'named', crs: system },
    fields: others.map(({ name }) => name),
    rows: outlines,
  };
}

/** The first column with an outline in it, and the row it begins at: the one above are the headings. */
function findOutlineColumn(head: readonly TableRow[]): { column: number; firstRow: number } | undefined {
  for (const [firstRow, row] of head.entries()) {
    const column = row.findIndex(cell => typeof cell === 'string' && isOutline(cell));
    if (column < 0) continue;
    // Rows above without an outline of their own belong to the table as well.
    const heading = head.findIndex(one =>
      /^(e?wk[tb]|\.?geo|geojson|geom(etry)?|the_geom|wkb_geometry|shape|st_as(e?wk[tb]|text|binary|geojson)|图形|几何)$/i.test(
        String(one[column] ?? '').trim(),
      ),
    );
    return { column, firstRow: heading >= 0 && heading < firstRow ? heading + 1 : firstRow };
  }
  return undefined;
}
