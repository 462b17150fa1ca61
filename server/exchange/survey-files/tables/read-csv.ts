import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { IMPORT_LIMITS } from '../limits.ts';
import type { ReadingContext, SurveyFile } from '../survey-file.ts';
import { decodeText } from '../bytes/decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { outlinesOfTable } from './outlines/outlines-of-table.ts';
import { plotsOfTable } from './rows-of-table.ts';

/** Characters of one row: an outline as well-known text may have as many corners as any other. */
const MAX_RECORD = 64 * IMPORT_LIMITS.verticesPerRow;

/** A table as text, whatever separates its columns. @throws UnreadableFile `table-broken`, `table-without-coordinates` */
export function readCsv(context: ReadingContext): SurveyFile {
  const { text, encoding } = decodeText(readFileSync(context.path), context.choices.encoding, context.report);
  const plain = text.replace(/^\uFEFF/, '');
  let rows: string[][];
  try {
    rows = parse(plain, {
      delimiter: delimiterOf(plain),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: MAX_RECORD,
      to: IMPORT_LIMITS.verticesPerFile,
    }).map(row => row.map(asTyped));
  } catch (error) {
    throw new UnreadableFile('table-broken', { reason: error instanceof Error ? error.message.slice(0, 120) : '' });
  }
  const about = { format: 'csv', encoding } as const;
  return outlinesOfTable(rows, about, context) ?? plotsOfTable(rows, about, context);
}

/** Signs that keep a number a number, or a text no formula: `="3751508.5"`, `'3751508.5`, and `'=A1` as our own export has it. */
function asTyped(cell: string): string {
  if (cell.startsWith('=')) return cell.replace(/^="(.*)"$/s, '$1');
  return cell.startsWith("'") ? cell.replace(/^'(?=[=+\-@＝＋－＠\d])/, '') : cell;
}

/** What stands most evenly between the columns of the first lines. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\n|\r/)
    .filter(line => line.trim() !== '')
    .slice(0, 30);
  const [heading = ''] = lines;
  const only = [';', '\t'].find(delimiter => heading.includes(delimiter) && !heading.includes(','));
  if (only !== undefined) return only;
  const score = (delimiter: string): number => lines.filter(line => line.split(delimiter).length >= 3).length;
  const best = ['\t', ';', '，', ',', ' '].map(delimiter => ({ delimiter, lines: score(delimiter) }));
  const byLines = best.toSorted((a, b) => b.lines - a.lines)[0];
  // Two columns alone, or spaces inside of names: the comma is what the name of the format says.
  return byLines === undefined || byLines.lines === 0 || score(',') >= byLines.lines * 0.8 ? ',' : byLines.delimiter;
}
