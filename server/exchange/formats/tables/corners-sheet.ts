import type { ExportJob } from '../export-layer.ts';
import { sheetRow, STYLE, text, valueCell, type Cell } from './sheet-cells.ts';
import { SHEET_TAIL, sheetHead } from './workbook-parts.ts';

/** Rows that a sheet can have, less its head. */
const MAX_CORNERS = 1_048_575;

/** Beside class and dates what a ledger asks of a plot. */
const OF_PLOTS: ReadonlySet<string> = new Set(['scope', 'evidenceGrade']);

/**
 * One row a corner: plot, ring, point, both coordinates with all their digits, then class, dates, scope and evidence of the plot, so that the
 * table can be imported again. A selection with more corners than a sheet has rows gets a sentence in their place: half of an outline would be
 * another outline.
 */
export async function* cornersSheet({ layer, crs }: ExportJob, positions: number): AsyncGenerator<string> {
  const isGeographic = crs.kind === 'geographic';
  const told = layer.fields.filter(
    ({ name, type }) => name === layer.classes?.field || type === 'date' || OF_PLOTS.has(name),
  );
  yield sheetHead([14, 8, 8, 22, 22, ...told.map(() => 14)], true);
  if (positions > MAX_CORNERS) {
    yield sheetRow(1, [
      text(
        `${positions} 个拐点超过工作表行数，请改用其他格式导出图形 corners do not fit a sheet; export the outlines in another format`,
      ),
    ]);
    yield SHEET_TAIL;
    return;
  }
  const heads = [
    '地块编号 Plot',
    '圈号 Ring',
    '点号 Point',
    ...(isGeographic ? ['经度 Longitude', '纬度 Latitude'] : ['横坐标（Y） Easting', '纵坐标（X） Northing']),
    ...told.map(({ title }) => `${title.zh} ${title.en}`),
  ];
  yield sheetRow(1, [...heads.map(head => text(head, STYLE.head)), null, text(`${crs.code} ${crs.nameEn}`)]);
  let row = 1;
  for await (const { id, values, geometry } of layer.features()) {
    if (geometry === null || geometry.type === 'Point') continue;
    const about = told.map(({ name, type }): Cell => valueCell(values[name] ?? null, type, false));
    for (const [ring, corners] of geometry.coordinates.flat().entries()) {
      for (const [index, [x, y]] of corners.entries()) {
        const point = `J${index === corners.length - 1 ? 1 : index + 1}`;
        row += 1;
        yield sheetRow(row, [
          text(String(id)),
          { number: ring + 1 },
          text(point),
          { number: x },
          { number: y },
          ...about,
        ]);
      }
    }
  }
  yield SHEET_TAIL;
}
