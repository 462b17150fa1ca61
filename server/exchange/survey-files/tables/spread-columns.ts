import { readNumber } from '../bytes/numbers.ts';
import { hasCoordinateHeading } from './heading-columns.ts';
import type { Cell, TableRow } from './table.ts';

const HEAD_ROWS = 30;
const UNITS = [/^(度|°|d|deg|degrees?)$/i, /^(分|′|'|m|min|minutes?)$/i, /^(秒|″|"|s|sec|seconds?)$/i] as const;

const textOf = (cell: Cell | undefined): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '');

/**
 * A table as the other readers of tables know it: degrees, minutes and seconds that stand in three columns become one, and plots side by
 * side, with the same headings again, follow each other.
 */
export const gatherColumns = (rows: readonly TableRow[]): readonly TableRow[] => stackBlocks(joinSexagesimal(rows));

/** `经度 | | ` over `度 | 分 | 秒`, or `经度(度) | 经度(分) | 经度(秒)`. */
function joinSexagesimal(rows: readonly TableRow[]): readonly TableRow[] {
  for (const [index, row] of rows.slice(0, HEAD_ROWS).entries()) {
    const units = row.map(cell => /^(.*?)[(（]?(度|分|秒)[)）]?$/.exec(textOf(cell)));
    const starts = row.flatMap((_cell, column) => {
      const isTriple = UNITS.every((unit, offset) => {
        const cell = textOf(row[column + offset]);
        return unit.test(cell) || unit.test(units[column + offset]?.[2] ?? '');
      });
      return isTriple ? [column] : [];
    });
    if (starts.length !== 2) continue;
    const above = rows[index - 1] ?? [];
    const isDropped = (column: number): boolean => starts.some(start => column === start + 1 || column === start + 2);
    const keep = (cells: TableRow, at: (column: number) => Cell): Cell[] =>
      Array.from({ length: Math.max(cells.length, row.length) }, (_unused, column) => column)
        .filter(column => !isDropped(column))
        .map(at);
    const heading = keep(row, column => {
      const own = starts.includes(column) ? (units[column]?.[1] ?? '') : textOf(row[column]);
      return own === '' ? (above[column] ?? null) : own;
    });
    const body = rows.slice(index + 1).map(cells =>
      keep(cells, column => {
        if (!starts.includes(column)) return cells[column] ?? null;
        const parts = [0, 1, 2].map(offset => readNumber(String(cells[column + offset] ?? '')));
        const [degrees, minutes = 0, seconds = 0] = parts;
        return degrees === undefined ? (cells[column] ?? null) : `${degrees}°${minutes}′${seconds}″`;
      }),
    );
    return [...rows.slice(0, Math.max(0, index - 1)), heading, ...body];
  }
  return rows;
}

/** `点号 | X | Y | 点号 | X | Y`: the second block below the first, after an empty row. */
function stackBlocks(rows: readonly TableRow[]): readonly TableRow[] {
  for (const [index, row] of rows.slice(0, HEAD_ROWS).entries()) {
    const names = row.map(textOf);
    while (names.at(-1) === '') names.pop();
    const width = [...names.keys()].find(
      period =>
        period >= 2 &&
        names.length % period === 0 &&
        names.length > period &&
        new Set(names.slice(0, period)).size === period &&
        names.every((name, column) => name === names[column % period]),
    );
    if (width === undefined || !hasCoordinateHeading([row.slice(0, width)])) continue;
    const blocks = Array.from({ length: names.length / width }, (_unused, block) =>
      rows.slice(index + 1).map(cells => cells.slice(block * width, (block + 1) * width)),
    );
    return [...rows.slice(0, index), row.slice(0, width), ...blocks.flatMap(block => [...block, []])];
  }
  return rows;
}
