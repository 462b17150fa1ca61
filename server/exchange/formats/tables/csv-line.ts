import { stringify } from 'csv-stringify/sync';
import type { Value } from '../export-layer.ts';

/** One line after RFC 4180, quoted where it must be, harmless in a spreadsheet. */
export const csvLine = (cells: readonly Value[]): string =>
  stringify([cells.map(unarmed)], { record_delimiter: 'windows', quoted_match: /^\s|\s$/ });

/** A text that a spreadsheet would take for a formula gets an apostrophe before it: it stays text. */
const unarmed = (cell: Value): Value =>
  typeof cell === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
