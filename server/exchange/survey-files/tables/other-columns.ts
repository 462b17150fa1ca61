import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext } from '../survey-file.ts';
import type { Cell, RepeatedHeading, TableColumns, TableRow } from './table.ts';

export const headingOf = (row: TableRow, column: number): string =>
  String(row[column] ?? '')
    .trim()
    .slice(0, 60);

/** The columns that hold no coordinates, each under a name of its own. */
export function namesOfOthers(
  row: TableRow,
  used: ReadonlySet<number | undefined>,
): Pick<TableColumns, 'others' | 'repeated'> {
  const others: { index: number; name: string }[] = [];
  const columnsOf = new Map<string, number[]>();
  for (const index of row.keys()) {
    const heading = headingOf(row, index);
    if (used.has(index) || heading === '' || others.length >= IMPORT_LIMITS.fields) continue;
    const same = columnsOf.get(heading) ?? [];
    columnsOf.set(heading, [...same, index]);
    let name = heading;
    for (let n = 2; others.some(one => one.name === name); n++) name = `${heading}_${n}`;
    others.push({ index, name });
  }
  const repeated = [...columnsOf]
    .filter(([, columns]) => columns.length > 1)
    .map(([name, [taken = 0, ...left]]) => ({ name, taken, left, isKept: true }));
  return { others, repeated };
}

/** What a spreadsheet writes where a formula has no result. */
const FAULT = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

/** A cell as an attribute; blanks and faults of formulas are none. */
export function attributeOf(cell: Cell): AttributeValue {
  if (typeof cell !== 'string') return cell;
  return cell === '' || FAULT.test(cell) ? null : cell.slice(0, IMPORT_LIMITS.textOfCell);
}

/** Says of headings that stand over several columns which of them is read. */
export function tellRepeated(repeated: readonly RepeatedHeading[], report: ReadingContext['report']): void {
  for (const { name, taken, left, isKept } of repeated) {
    const params = { name, taken: columnName(taken), left: left.map(columnName).join(', ') };
    report({ code: isKept ? 'column-name-twice' : 'coordinates-twice', severity: 'warning', params });
  }
}

/** `A`, `B`, … `AA`: what spreadsheets call their columns. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
