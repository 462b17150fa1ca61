import { IMPORT_LIMITS } from '../limits.ts';
import { unpackArchive } from '../bytes/unpack-archive.ts';
import { streamXml } from '../markup/stream-xml.ts';
import type { ReadingContext, SurveyFile } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { outlinesOfTable } from './outlines-of-table.ts';
import { plotsOfTable } from './rows-of-table.ts';
import { hasCoordinateHeading, type Cell, type TableRow } from './table-columns.ts';

const MAX_STRINGS = 1_000_000;
/** As many characters as a cell of a spreadsheet can have. */
const MAX_TEXT = 32_767;

/** One sheet of a workbook: the one that was asked for, or the first that holds coordinates. @throws UnreadableFile `xlsx-…`, `table-…` */
export async function readXlsx(context: ReadingContext): Promise<SurveyFile> {
  const { scratch, report, choices, path } = context;
  const files = await unpackArchive(path, { scratch, wanted: new Set(['.xml', '.rels']), report });
  const pathOf = (name: string): string | undefined => files.find(file => file.name === name)?.path;
  const workbook = pathOf('xl/workbook.xml');
  if (workbook === undefined) throw new UnreadableFile('xlsx-damaged');
  const sheets = listSheets(workbook, pathOf('xl/_rels/workbook.xml.rels'))
    .map(({ name, target }) => ({ name, path: pathOf(`xl/${target}`) ?? pathOf(target) }))
    .flatMap(sheet => (sheet.path === undefined ? [] : [{ name: sheet.name, path: sheet.path }]));
  const stringsPath = pathOf('xl/sharedStrings.xml');
  const strings = stringsPath === undefined ? [] : readStrings(stringsPath);
  const asked = sheets.filter(sheet => sheet.name === choices.table);
  let failure: UnreadableFile | undefined;
  const found: { name: string; file: SurveyFile; said: readonly Finding[]; isSure: boolean }[] = [];
  const about = { format: 'xlsx', encoding: null } as const;
  for (const sheet of asked.length > 0 ? asked : sheets.slice(0, 20)) {
    // What is said of a sheet that is not used would mislead.
    const said: Finding[] = [];
    const own = { ...context, report: (finding: Finding) => void said.push(finding) };
    try {
      const rows = readSheet(sheet.path, strings, own.report);
      const outlines = outlinesOfTable(rows, about, own);
      const isSure = outlines !== undefined || hasCoordinateHeading(rows);
      found.push({ name: sheet.name, file: outlines ?? plotsOfTable(rows, about, own), said, isSure });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      failure ??= error;
    }
  }
  // Columns that only look like coordinates count where no sheet has such headings.
  const usable = found.some(({ isSure }) => isSure) ? found.filter(({ isSure }) => isSure) : found;
  const [first] = usable;
  if (first === undefined) throw failure ?? new UnreadableFile('xlsx-damaged');
  for (const finding of first.said) report(finding);
  if (usable.length > 1) {
    report({
      code: 'file-has-layers',
      severity: 'warning',
      params: { used: first.name, count: usable.length },
      choices: usable.map(({ name }) => ({ code: 'use-layer', params: { name }, fixes: { table: name } })),
    });
  }
  return first.file;
}

function drain(path: string, handlers: Parameters<typeof streamXml>[1]): void {
  const chunks = streamXml(path, handlers);
  while (chunks.next().done !== true);
}

function listSheets(workbook: string, relations: string | undefined): { name: string; target: string }[] {
  const targets = new Map<string, string>();
  if (relations !== undefined) {
    drain(relations, {
      open(name, attributes) {
        if (name === 'Relationship')
          targets.set(attributes['Id'] ?? '', (attributes['Target'] ?? '').replace(/^\//, ''));
      },
    });
  }
  const sheets: { name: string; target: string }[] = [];
  drain(workbook, {
    open(name, attributes) {
      if (name !== 'sheet') return;
      const target = targets.get(attributes['r:id'] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      sheets.push({ name: attributes['name'] ?? String(sheets.length + 1), target });
    },
  });
  return sheets;
}

function readStrings(path: string): string[] {
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

/** Rows with content, at most one empty row between them; cells beyond the 255th column are passed over. */
function readSheet(path: string, strings: readonly string[], report: ReadingContext['report']): TableRow[] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let column = 0;
  let type = '';
  let value: string | undefined;
  let emptyRows = 0;
  let reads = false;
  const endRow = (): void => {
    if (row.some(cell => cell !== null && cell !== '')) {
      rows.push(row);
      if (rows.length > IMPORT_LIMITS.verticesPerFile)
        throw new UnreadableFile('too-many-rows', { limit: IMPORT_LIMITS.verticesPerFile });
      return;
    }
    emptyRows++;
    if (rows.length > 0 && (rows.at(-1)?.length ?? 0) > 0) rows.push([]);
  };
  drain(path, {
    open(name, attributes) {
      if (name === 'row') row = [];
      else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        type = attributes['t'] ?? 'n';
        value = undefined;
      }
      reads = name === 'v' || (name === 't' && type === 'inlineStr');
    },
    text(text) {
      if (reads) value = ((value ?? '') + text).slice(0, MAX_TEXT);
    },
    close(name) {
      reads = false;
      if (name === 'row') endRow();
      else if (name === 'c' && value !== undefined && column < IMPORT_LIMITS.fields) {
        while (row.length < column) row.push(null);
        row[column] = toCell(type, value, strings);
      }
    },
  });
  if (emptyRows > IMPORT_LIMITS.emptyRows)
    report({ code: 'empty-rows', severity: 'info', params: { count: emptyRows } });
  return rows;
}

function toCell(type: string, value: string, strings: readonly string[]): Cell {
  if (type === 's') return strings[Number(value)] ?? null;
  if (type === 'b') return value === '1';
  if (type === 'n') return Number.isFinite(Number(value)) ? Number(value) : value;
  return type === 'e' ? null : value;
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
