import { readDegrees, readNumber } from '../bytes/numbers.ts';
import { headingAt } from './heading-columns.ts';
import type { Cell, TableColumns, TableRow } from './table.ts';

export interface FoundColumns {
  readonly columns: TableColumns;
  /** Rows before the first point. */
  readonly headRows: number;
}

/** A coordinate as a cell holds it: a number, or degrees with signs. */
export function readCoordinate(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== 'string') return undefined;
  return readNumber(cell) ?? readNumber(cell.trim().replace(/[m米ｍ]$/i, '')) ?? readDegrees(cell);
}

/** Finds the heading among the first rows, or else the columns by what stands in them. */
export function findColumns(head: readonly TableRow[]): FoundColumns | undefined {
  const at = headingAt(head);
  if (at !== undefined) return { columns: at.columns, headRows: at.index + 1 };
  return columnsByContent(head);
}

/** Without headings: the two columns that hold metres of a survey or fractions of degrees. */
function columnsByContent(rows: readonly TableRow[]): FoundColumns | undefined {
  const start = rows.findIndex(row => row.filter(isCoordinate).length >= 2);
  if (start < 0) return undefined;
  const sample = rows.slice(start, start + 20).filter(row => row.some(cell => cell !== null && cell !== ''));
  const width = Math.max(...sample.map(row => row.length));
  const holds = Array.from({ length: width }, (_unused, column) => {
    const filled = sample.filter(row => isCoordinate(row[column] ?? null)).length;
    return filled >= sample.length * 0.7 ? column : -1;
  }).filter(column => column >= 0);
  const [first, second] = holds;
  if (first === undefined || second === undefined) return undefined;
  const point = first > 0 ? 0 : undefined;
  const ring = first > 1 ? first - 1 : undefined;
  const none = { plot: undefined, area: undefined, areaUnitM2: undefined, others: [], repeated: [] };
  const titles = rows
    .slice(0, start)
    .map(row => [first, second].map(column => row[column] ?? ''))
    .find(cells => cells.every(cell => typeof cell === 'string' && cell !== '' && readCoordinate(cell) === undefined));
  const guessed = titles?.map(title => String(title).trim().slice(0, 60));
  return { columns: { first, second, order: 'surveyed', point, ring, guessed, ...none }, headRows: start };
}

/** Whether a cell holds what may be metres of a survey or fractions of degrees. */
export function isCoordinate(cell: Cell): boolean {
  const value = readCoordinate(cell);
  if (value === undefined) return false;
  const size = Math.abs(value);
  return (size >= 100_000 && size < 1e8) || (size > 1 && size <= 180 && !Number.isInteger(value));
}
