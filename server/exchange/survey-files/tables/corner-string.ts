import { readNumber } from '../bytes/numbers.ts';
import type { TableRow } from './table.ts';

const isSurveyed = (value: number | undefined): boolean => value !== undefined && value >= 100_000 && value < 1e8;

/**
 * Corners of a mining licence written in one run: `4,1,3751508.51,39438683.65,2,…,*,1500,900`. As a table of one corner a row, or
 * undefined where the rows are no such run.
 */
export function splitCornerString(rows: readonly TableRow[]): TableRow[] | undefined {
  const filled = rows.filter(row => row.some(cell => cell !== null && cell !== ''));
  if (filled.length === 0 || filled.length > 50 || filled.some(row => row.length < 9)) return undefined;
  const result: TableRow[] = [];
  for (const row of filled) {
    const corners = cornersOf(row);
    if (corners.length < 3) return undefined;
    if (result.length > 0) result.push([]);
    for (const corner of corners) result.push(corner);
  }
  return result;
}

function cornersOf(row: TableRow): TableRow[] {
  const corners: TableRow[] = [];
  for (let at = 0; at + 2 < row.length;) {
    const [name = null, x = null, y = null] = row.slice(at, at + 3);
    const isCorner =
      /^[A-Z]?\d{1,4}$/i.test(String(name ?? '').trim()) &&
      [x, y].every(cell => isSurveyed(readNumber(String(cell ?? ''))));
    if (isCorner) corners.push([name, x, y]);
    at += isCorner ? 3 : 1;
  }
  return corners;
}
