import type { ExportLayer } from '../export-layer.ts';
import { inOtherUnits } from './other-units.ts';
import { columnName, sheetRow, STYLE, text, type Cell } from './sheet-cells.ts';
import type { Tally } from './tally.ts';
import { landRateRows } from './land-rates.ts';
import { SHEET_TAIL, sheetHead } from './workbook-parts.ts';

export const DATA_SHEET = '数据 Data';

/** The cells of a field in the data sheet, as a formula names them. */
export function dataRange(layer: ExportLayer, name: string, records: number): string {
  const column = columnName(layer.fields.findIndex(field => field.name === name));
  return `'${DATA_SHEET}'!$${column}$2:$${column}$${Math.max(2, records + 1)}`;
}

/** Sums over the data sheet, as formulas: by class where there are classes, and for land its rates. */
export async function* summarySheet(layer: ExportLayer, tally: Tally): AsyncGenerator<string> {
  yield sheetHead([12, 34, 34, 20, 16, 16], true);
  const rows: Cell[][] = [
    ['代码 Code', '名称', 'Name', '面积（平方米） Area (m²)', '公顷 ha', '亩 mu'].map(title => text(title, STYLE.head)),
  ];
  const hasArea = layer.fields.some(field => field.name === 'areaM2');
  const range = (name: string): string => dataRange(layer, name, tally.records);
  const areaRow = (code: string, zh: string, en: string, formula: string, valueM2: number): void => {
    const at = `D${rows.length + 1}`;
    rows.push([
      text(code),
      text(zh),
      text(en),
      { formula, value: valueM2, style: STYLE.area },
      ...inOtherUnits(at, valueM2),
    ]);
  };
  if (hasArea && layer.classes !== null) {
    const { field, terms } = layer.classes;
    for (const { code, zh, en } of terms) {
      const formula = `SUMIFS(${range('areaM2')},${range(field)},A${rows.length + 1})`;
      areaRow(code, zh, en, formula, tally.areasM2.get(code) ?? 0);
    }
  }
  if (hasArea) areaRow('', '合计', 'Total', `SUM(${range('areaM2')})`, tally.totalM2);
  rows.push([
    null,
    text('记录数'),
    text('Rows'),
    { formula: `ROWS(${range('mineId')})${tally.records === 0 ? '-1' : ''}`, value: tally.records },
  ]);
  if (layer.name === 'land') rows.push(...landRateRows(rows.length + 1, tally));
  for (const [index, cells] of rows.entries()) yield sheetRow(index + 1, cells);
  yield SHEET_TAIL;
}
