import { halfWidth } from '../bytes/numbers.ts';
import { hasCoordinateHeading } from './heading-columns.ts';
import type { Cell, TableRow } from './table.ts';
import { isCoordinate, readCoordinate } from './table-columns.ts';

export interface SplitTable {
  readonly rows: readonly TableRow[];
  /** For each of them the row it was made of. */
  readonly madeOf: readonly number[];
}

const HEAD_ROWS = 30;
/** Share of the cells of a column that hold what it is for. */
const MOST = 0.7;
/** An outline that stands in one cell has as many corners as this at least. */
const MIN_CORNERS = 3;

/**
 * A table whose coordinates stand in one column, `116.3,33.8` or `(3751508.5, 39438683.6)`, with two columns in its place; a cell with all
 * corners of an outline, `116.3,33.8;116.4,33.8;…`, becomes a row a corner. Undefined where no column holds such cells.
 */
export function splitPairs(rows: readonly TableRow[]): SplitTable | undefined {
  const found = findPairs(rows.slice(0, HEAD_ROWS));
  if (found === undefined) return undefined;
  const { column, firstRow } = found;
  const split: TableRow[] = [];
  const madeOf: number[] = [];
  const put = (row: TableRow, index: number): void => {
    split.push(row);
    madeOf.push(index);
  };
  const withPair = (row: TableRow, pair: readonly Cell[]): TableRow => [
    ...row.slice(0, column),
    ...pair,
    ...row.slice(column + 1),
  ];
  for (const [index, row] of rows.entries()) {
    const cell = row[column] ?? null;
    if (index < firstRow) put(withPair(row, index === firstRow - 1 ? namesOf(cell) : [cell, null]), index);
    else {
      // What is no pair stays where it is, for the next reader to name.
      const pairs = pairsOf(cell) ?? [[cell, null]];
      for (const pair of pairs) put(withPair(row, pair), index);
      if (pairs.length >= MIN_CORNERS) put([], index);
    }
  }
  return { rows: split, madeOf };
}

function findPairs(head: readonly TableRow[]): { column: number; firstRow: number } | undefined {
  const width = Math.max(0, ...head.map(row => row.length));
  for (let column = 0; column < width; column++) {
    const firstRow = head.findIndex(row => pairsOf(row[column] ?? null) !== undefined);
    if (firstRow < 0) continue;
    const filled = head.slice(firstRow).filter(row => String(row[column] ?? '').trim() !== '');
    const pairs = filled.filter(row => pairsOf(row[column] ?? null) !== undefined);
    if (pairs.length >= MOST * filled.length) return { column, firstRow };
  }
  return undefined;
}

/** The two numbers of a pair as they are written; of an outline, those of each corner. */
function pairsOf(cell: Cell): (readonly [string, string])[] | undefined {
  if (typeof cell !== 'string' || !/\d/.test(cell)) return undefined;
  const text = withoutEnds(
    halfWidth(cell)
      // Degrees, minutes and seconds of one angle.
      .replace(/([°′'度分])\s+(?=\d)/g, '$1')
      .split(',')
      .map(part => part.trim())
      .join(','),
  );
  const corners = text
    .split(text.includes(',') ? /[;|\s]+|[)\]],?[([]/ : /[;|\n]/)
    .map(withoutEnds)
    .filter(corner => corner !== '');
  const pairs = corners.map((corner): readonly [string, string] | undefined => {
    const [first = '', second = '', height = '0', ...more] = corner.split(corner.includes(',') ? ',' : /\s+/);
    const isPair = [first, second].every(isCoordinate) && readCoordinate(height) !== undefined && more.length === 0;
    return isPair ? [first, second] : undefined;
  });
  const isWhole = pairs.length === 1 || pairs.length >= MIN_CORNERS;
  return isWhole && pairs.every(pair => pair !== undefined) ? pairs : undefined;
}

/** Without brackets, blanks and commas at its ends; sign by sign, for a pattern would try every run of them from each of its signs. */
function withoutEnds(text: string): string {
  const isEnd = (at: number): boolean => '([])，, \t\r\n'.includes(text.charAt(at));
  let [from, to] = [0, text.length];
  while (from < to && isEnd(from)) from++;
  while (to > from && isEnd(to - 1)) to--;
  return text.slice(from, to);
}

/** `坐标(经度,纬度)` names both; of a heading that does not, they are told apart by their numbers. */
function namesOf(cell: Cell): readonly [string, string] {
  const words = halfWidth(String(cell ?? ''))
    .split(/[\s,;/、()[\]]+/)
    .filter(word => word !== '');
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (next !== undefined && hasCoordinateHeading([[word, next]])) return [word, next];
  }
  return ['X', 'Y'];
}
