import type { Finding } from '../../../diagnosis/finding.ts';
import { unpackArchive } from '../../bytes/unpack-archive.ts';
import type { ReadingContext, SurveyFile } from '../../survey-file.ts';
import { UnreadableFile } from '../../unreadable-file.ts';
import { outlinesOfTable } from '../outlines/outlines-of-table.ts';
import { plotsOfTable } from '../rows-of-table.ts';
import { sheetsTogether, type ReadSheet } from './sheets-together.ts';
import { hasCoordinateHeading } from '../heading-columns.ts';
import { listSheets, readSheet, readStrings } from './workbook-sheets.ts';

const MAX_SHEETS = 200;
/** Offered one by one. */
const MAX_OFFERED = 20;

/**
 * The sheets of a workbook that hold coordinates: the one that was asked for, or all where they are of one kind, or else the first.
 * @throws UnreadableFile `xlsx-…`, `table-…`
 */
export async function readXlsx(context: ReadingContext): Promise<SurveyFile> {
  const { scratch, report, choices, path } = context;
  const files = await unpackArchive(path, { scratch, wanted: new Set(['.xml', '.rels']), report });
  const pathOf = (name: string): string | undefined => files.find(file => file.name === name)?.path;
  const workbook = pathOf('xl/workbook.xml');
  if (workbook === undefined) throw new UnreadableFile('xlsx-damaged');
  const listed = listSheets(workbook, pathOf('xl/_rels/workbook.xml.rels'));
  const sheets = listed.sheets.flatMap(({ name, target, isHidden }) => {
    const sheetPath = pathOf(`xl/${target}`) ?? pathOf(target);
    return sheetPath === undefined ? [] : [{ name, path: sheetPath, isHidden }];
  });
  const stringsPath = pathOf('xl/sharedStrings.xml');
  const values = {
    strings: stringsPath === undefined ? [] : readStrings(stringsPath),
    isUncalculated: listed.isUncalculated,
  };
  const asked = sheets.filter(sheet => sheet.name === choices.table);
  let failure: UnreadableFile | undefined;
  const found: (ReadSheet & { readonly isSure: boolean; readonly isHidden: boolean })[] = [];
  if (asked.length === 0 && sheets.length > MAX_SHEETS) {
    const params = { count: sheets.length, limit: MAX_SHEETS };
    report({ code: 'sheets-too-many', severity: 'warning', params });
  }
  for (const sheet of asked.length > 0 ? asked : sheets.slice(0, MAX_SHEETS)) {
    // What is said of a sheet that is not used would mislead.
    const said: Finding[] = [];
    const own = { ...context, report: (finding: Finding) => void said.push(finding) };
    try {
      const { rows, lines } = readSheet(sheet.path, values, own.report);
      const about = { format: 'xlsx', encoding: null, lines } as const;
      const outlines = outlinesOfTable(rows, about, own);
      const isSure = outlines !== undefined || hasCoordinateHeading(rows);
      const { name, isHidden } = sheet;
      found.push({ name, isHidden, file: outlines ?? plotsOfTable(rows, about, own), said, isSure });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      failure ??= error;
    }
  }
  // Columns that only look like coordinates count where no sheet has such headings.
  const sure = found.some(({ isSure }) => isSure) ? found.filter(({ isSure }) => isSure) : found;
  const shown = asked.length === 0 && sure.some(({ isHidden }) => !isHidden) ? sure.filter(one => !one.isHidden) : sure;
  const [first] = shown;
  if (first === undefined) throw failure ?? new UnreadableFile('xlsx-damaged');
  const offer = (list: readonly ReadSheet[]) =>
    list.slice(0, MAX_OFFERED).map(({ name }) => ({ code: 'use-layer', params: { name }, fixes: { table: name } }));
  const namesOf = (list: readonly ReadSheet[]): string =>
    list
      .slice(0, MAX_OFFERED)
      .map(({ name }) => name)
      .join(', ') + (list.length > MAX_OFFERED ? ' …' : '');
  const hidden = sure.filter(one => !shown.includes(one));
  if (hidden.length > 0) {
    const params = { count: hidden.length, names: namesOf(hidden) };
    report({ code: 'sheets-hidden', severity: 'warning', params, choices: offer(hidden) });
  }
  const together = shown.length > 1 ? sheetsTogether(shown, report) : undefined;
  if (together !== undefined) {
    const params = { count: shown.length, names: namesOf(shown) };
    report({ code: 'sheets-together', severity: 'info', params, choices: offer(shown) });
    return together;
  }
  for (const finding of first.said) report(finding);
  if (shown.length > 1) {
    const params = { used: first.name, count: shown.length };
    report({ code: 'file-has-layers', severity: 'warning', params, choices: offer(shown) });
  }
  return first.file;
}
