import { zipOf } from './zip-of.ts';

type CellValue = string | number | null;

/** One sheet: its rows, null = a row that the file does not write. */
export interface SheetOf {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[] | null)[];
  readonly state?: 'hidden' | 'veryHidden';
  /** Numbers of rows that are hidden. */
  readonly hiddenRows?: readonly number[];
  /** XML after the last row. */
  readonly more?: string;
}

/** A workbook as small as readers take it. */
export function workbookOf(sheets: readonly SheetOf[], { isUncalculated = false } = {}): Buffer {
  const list = sheets.map(({ name, state }, index) => {
    const hidden = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${index + 1}"${hidden}/>`;
  });
  const calculation = isUncalculated ? '<calcPr fullCalcOnLoad="1"/>' : '';
  return zipOf([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.xml', content: `<workbook><sheets>${list.join('')}</sheets>${calculation}</workbook>` },
    ...sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet) })),
  ]);
}

function sheetXml({ rows, hiddenRows = [], more = '' }: SheetOf): string {
  const written = rows.map((row, r) => {
    if (row === null) return '';
    const cells = row.map((value, c) => {
      const ref = `${String.fromCharCode(65 + c)}${r + 1}`;
      if (value === null) return '';
      return typeof value === 'number'
        ? `<c r="${ref}"><v>${value}</v></c>`
        : `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    });
    return `<row r="${r + 1}"${hiddenRows.includes(r + 1) ? ' hidden="1"' : ''}>${cells.join('')}</row>`;
  });
  return `<worksheet><sheetData>${written.join('')}${more}</sheetData></worksheet>`;
}
