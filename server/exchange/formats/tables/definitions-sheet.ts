import { RATE_CODES, RATE_DEFINITIONS } from '../../../../gis/ledger/definitions.ts';
import type { ExportJob } from '../export-layer.ts';
import { notesLines } from '../parts/notes-text.ts';
import { sheetRow, STYLE, text, type Cell } from './sheet-cells.ts';
import { SHEET_TAIL, sheetHead } from './workbook-parts.ts';

/** What every column, class and rate means, where the rows come from and what they may be used for. */
export async function* definitionsSheet({ layer, notes }: ExportJob): AsyncGenerator<string> {
  yield sheetHead([24, 60, 70], true);
  const rows: Cell[][] = [['项目 Item', '定义', 'Definition'].map(title => text(title, STYLE.head))];
  const add = (name: string, zh: string, en: string): void =>
    void rows.push([text(name, STYLE.wrapped), text(zh, STYLE.wrapped), text(en, STYLE.wrapped)]);
  for (const [title, value] of notesLines(notes)) add(title, value, '');
  rows.push([]);
  for (const { name, title, meaning } of layer.fields) {
    add(name, `${title.zh}:${meaning.zh}`, `${title.en}: ${meaning.en}`);
  }
  rows.push([]);
  for (const { code, zh, en } of layer.classes?.terms ?? []) add(code, zh, en);
  if (layer.name === 'land') {
    rows.push([]);
    for (const code of RATE_CODES) {
      const { name, definition } = RATE_DEFINITIONS[code];
      add(code, `${name.zh}:${definition.zh}`, `${name.en}: ${definition.en}`);
    }
  }
  for (const [index, cells] of rows.entries()) yield sheetRow(index + 1, cells);
  yield SHEET_TAIL;
}
