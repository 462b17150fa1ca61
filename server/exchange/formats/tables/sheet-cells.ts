import type { Value } from '../export-layer.ts';
import { xmlText } from '../parts/xml-text.ts';

/** Numbers of the formats in `workbook-parts.ts`. */
export const STYLE = { plain: 0, head: 1, area: 2, date: 3, percent: 4, wrapped: 5 } as const;

/** What a cell holds: a text, a number, or a formula with the value it has now, so that readers need not compute. */
export type Cell =
  | null
  | { readonly text: string; readonly style?: number }
  | { readonly number: number; readonly style?: number }
  | { readonly formula: string; readonly value: number | null; readonly style?: number };

export const text = (value: string, style?: number): Cell => ({
  text: value,
  ...(style === undefined ? {} : { style }),
});

/** `A`, `B` … `AA`, from 0 on. */
export function columnName(index: number): string {
  const above = Math.floor(index / 26);
  return (above === 0 ? '' : columnName(above - 1)) + String.fromCharCode(65 + (index % 26));
}

/** A row of a sheet, counted from 1. */
export function sheetRow(row: number, cells: readonly Cell[]): string {
  return `<row r="${row}">${cells.map((cell, column) => cellText(`${columnName(column)}${row}`, cell)).join('')}</row>`;
}

function cellText(at: string, cell: Cell): string {
  if (cell === null) return '';
  const style = cell.style === undefined ? '' : ` s="${cell.style}"`;
  if ('text' in cell) {
    // A spreadsheet holds 32 767 characters in a cell.
    const shown = cell.text.slice(0, 32_767);
    return shown === ''
      ? ''
      : `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(shown)}</t></is></c>`;
  }
  if ('number' in cell) return `<c r="${at}"${style}><v>${cell.number}</v></c>`;
  const value = cell.value === null ? '' : `<v>${cell.value}</v>`;
  const type = cell.value === null ? ' t="str"' : '';
  return `<c r="${at}"${style}${type}><f>${xmlText(cell.formula)}</f>${value}</c>`;
}

/** The first day that spreadsheets count right: they take 1900 for a leap year. */
const FIRST_SERIAL_DAY = '1900-03-01';
const DAY_MS = 86_400_000;

/** A value of a feature: dates become days of the spreadsheet, areas get their number format. */
export function valueCell(value: Value, type: 'text' | 'integer' | 'real' | 'date', isArea: boolean): Cell {
  if (value === null) return null;
  if (type === 'date' && typeof value === 'string') {
    if (value < FIRST_SERIAL_DAY) return text(value);
    return { number: (Date.parse(`${value}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MS, style: STYLE.date };
  }
  if (typeof value === 'number') return { number: value, ...(isArea ? { style: STYLE.area } : {}) };
  return text(value);
}
