import { IMPORT_LIMITS } from '../../limits.ts';
import { streamXml } from '../../markup/stream-xml.ts';
import type { ReadingContext } from '../../survey-file.ts';
import { UnreadableFile } from '../../unreadable-file.ts';
import type { Cell, TableRow } from '../table.ts';

const MAX_STRINGS = 1_000_000;
/** As many characters as a cell of a spreadsheet can have. */
const MAX_TEXT = 32_767;

export interface ListedSheet {
  readonly name: string;
  /** Within the archive, without `xl/`. */
  readonly target: string;
  readonly isHidden: boolean;
}

function drain(path: string, handlers: Parameters<typeof streamXml>[1]): void {
  const chunks = streamXml(path, handlers);
  while (chunks.next().done !== true);
}

/** What a workbook says of itself. */
export interface ListedSheets {
  /** In the order of their tabs. */
  readonly sheets: readonly ListedSheet[];
  /** Nothing is calculated yet: who wrote it left that to the program that opens it, and put 0 for every result. */
  readonly isUncalculated: boolean;
}

export function listSheets(workbook: string, relations: string | undefined): ListedSheets {
  const targets = new Map<string, string>();
  if (relations !== undefined) {
    drain(relations, {
      open(name, attributes) {
        if (name === 'Relationship')
          targets.set(attributes['Id'] ?? '', (attributes['Target'] ?? '').replace(/^\//, ''));
      },
    });
  }
  const sheets: ListedSheet[] = [];
  let isUncalculated = false;
  drain(workbook, {
    open(name, attributes) {
      if (name === 'calcPr') isUncalculated = /^(1|true)$/.test(attributes['fullCalcOnLoad'] ?? '');
      if (name !== 'sheet') return;
      const target = targets.get(attributes['r:id'] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const isHidden = /hidden/i.test(attributes['state'] ?? '');
      sheets.push({ name: attributes['name'] ?? String(sheets.length + 1), target, isHidden });
    },
  });
  return { sheets, isUncalculated };
}

/** The texts that cells refer to by number. @throws UnreadableFile `xlsx-too-many-strings` */
export function readStrings(path: string): string[] {
  const strings: string[] = [];
  let isText = false;
  let isPhonetic = false;
  drain(path, {
    open(name) {
      if (name === 'si') {
        if (strings.length >= MAX_STRINGS) throw new UnreadableFile('xlsx-too-many-strings', { limit: MAX_STRINGS });
        strings.push('');
      } else if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    close(name) {
      if (name === 'rPh') isPhonetic = false;
      isText = false;
    },
    text(text) {
      if (isText && strings.length > 0)
        strings[strings.length - 1] = ((strings.at(-1) ?? '') + text).slice(0, MAX_TEXT);
    },
  });
  return strings;
}

export interface SheetRows {
  /** Rows with content, at most one empty row between them; cells beyond the 255th column are passed over. */
  readonly rows: readonly TableRow[];
  /** The number that each of them has in the sheet. */
  readonly lines: readonly number[];
}

/**
 * The cells of one sheet. Rows that are hidden are read as well: a corner that is left out moves a border. A formula without its result
 * stands there as it is written, `=B2+100`.
 */
export function readSheet(
  path: string,
  { strings, isUncalculated }: { readonly strings: readonly string[]; readonly isUncalculated: boolean },
  report: ReadingContext['report'],
): SheetRows {
  const rows: Cell[][] = [];
  const lines: number[] = [];
  let row: Cell[] = [];
  let line = 0;
  let column = 0;
  let type = '';
  let value: string | undefined;
  let formula: string | undefined;
  let place = '';
  let unresolved = 0;
  let firstUnresolved = '';
  let emptyRows = 0;
  let hiddenRows = 0;
  let isHidden = false;
  let reads = false;
  let inFormula = false;
  const leaveGap = (): void => {
    if ((rows.at(-1)?.length ?? 0) === 0) return;
    rows.push([]);
    lines.push(line);
  };
  const endRow = (): void => {
    if (row.some(cell => cell !== null && cell !== '')) {
      rows.push(row);
      lines.push(line);
      if (isHidden) hiddenRows++;
      if (rows.length > IMPORT_LIMITS.verticesPerFile)
        throw new UnreadableFile('too-many-rows', { limit: IMPORT_LIMITS.verticesPerFile });
      return;
    }
    emptyRows++;
    leaveGap();
  };
  const putCell = (cell: Cell): void => {
    while (row.length < column) row.push(null);
    row[column] = cell;
  };
  drain(path, {
    open(name, attributes) {
      if (name === 'row') {
        const before = line;
        line = Number(attributes['r'] ?? before + 1);
        // Spreadsheets write no row that is empty: only the numbers tell that there is one.
        if (line > before + 1) leaveGap();
        isHidden = attributes['hidden'] === '1' || attributes['hidden'] === 'true';
        row = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        type = attributes['t'] ?? 'n';
        value = undefined;
        formula = undefined;
        place = attributes['r'] ?? '';
      } else if (name === 'f') formula = '';
      // The result of a formula may be a text of no letters.
      else if (name === 'v' && type === 'str') value = '';
      inFormula = name === 'f';
      reads = name === 'v' || (name === 't' && type === 'inlineStr');
    },
    text(text) {
      if (reads) value = ((value ?? '') + text).slice(0, MAX_TEXT);
      else if (inFormula) formula = ((formula ?? '') + text).slice(0, MAX_TEXT);
    },
    close(name) {
      reads = false;
      inFormula = false;
      if (name === 'row') return endRow();
      if (name !== 'c' || column >= IMPORT_LIMITS.fields) return;
      const isResult = value !== undefined && !(isUncalculated && value === '0');
      if (formula !== undefined && !isResult) {
        if (unresolved++ === 0) firstUnresolved = place;
        putCell(`=${formula}`);
      } else if (value !== undefined) putCell(toCell(type, value, strings));
    },
  });
  if (emptyRows > IMPORT_LIMITS.emptyRows)
    report({ code: 'empty-rows', severity: 'info', params: { count: emptyRows } });
  if (hiddenRows > 0) report({ code: 'rows-hidden', severity: 'warning', params: { count: hiddenRows } });
  if (unresolved > 0) {
    const params = { count: unresolved, cell: firstUnresolved };
    report({ code: 'formulas-without-result', severity: 'warning', params });
  }
  return { rows, lines };
}

function toCell(type: string, value: string, strings: readonly string[]): Cell {
  if (type === 's') return strings[Number(value)] ?? null;
  if (type === 'b') return value === '1';
  if (type === 'n') return Number.isFinite(Number(value)) ? Number(value) : value;
  return value;
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
