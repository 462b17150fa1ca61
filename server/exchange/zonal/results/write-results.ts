import { open, rename, rm } from 'node:fs/promises';
import type { ZonalResult, ZonalResults } from '../../../../gis/zonal/compute-zonal.ts';
import { LineBuffer } from './line-buffer.ts';

/** Rows that become text together. */
const TOGETHER = 64;

type Figures = (number | null)[];

/**
 * One row a zone: `id`, then the statistics in the order asked. Written beside the target and put in its place at the end. `see` is told of each
 * zone's status.
 */
export async function writeResults(
  path: string,
  format: 'csv' | 'json',
  results: Pick<ZonalResults, 'length' | 'fill'>,
  ids: readonly (string | number)[],
  stats: readonly string[],
  see: (status: ZonalResult['status']) => void,
): Promise<void> {
  const unfinished = `${path}.part`;
  const handle = await open(unfinished, 'w');
  const figures = Array.from({ length: TOGETHER }, (): Figures => []);
  try {
    const lines = new LineBuffer(bytes => handle.write(bytes));
    lines.add(format === 'csv' ? `id${stats.map(stat => `,${toCell(stat)}`).join('')}\n` : '[');
    for (let first = 0; first < results.length; first += TOGETHER) {
      const count = Math.min(TOGETHER, results.length - first);
      for (let i = 0; i < count; i += 1) see(results.fill(first + i, figures[i] as Figures));
      const rows = count < TOGETHER ? figures.slice(0, count) : figures;
      const rowIds = ids.slice(first, first + count);
      lines.add(format === 'csv' ? toCsv(rowIds, rows) : toJson(rowIds, stats, rows, first === 0));
      if (lines.isFull) await lines.flush();
    }
    if (format === 'json') lines.add(results.length === 0 ? ']\n' : '\n]\n');
    await lines.flush();
    await handle.close();
    await rename(unfinished, path);
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * RFC 4180, but with the line ends that command line tools expect. Empty, never 0, where a zone has no valid pixel. The text of all numbers is
 * made at once: a string for each of them took twice as long.
 */
function toCsv(ids: readonly (string | number)[], rows: readonly Figures[]): string {
  const cells = JSON.stringify(rows).slice(2, -2).replaceAll('null', '').split('],[');
  return ids.reduce<string>((text, id, i) => `${text}${toCell(id)},${cells[i]}\n`, '');
}

const toCell = (cell: string | number): string =>
  typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell);

function toJson(
  ids: readonly (string | number)[],
  stats: readonly string[],
  rows: readonly Figures[],
  isFirst: boolean,
): string {
  const objects = rows.map((row, i) => Object.fromEntries([['id', ids[i]], ...stats.map((stat, k) => [stat, row[k]])]));
  return objects.map((object, i) => `${isFirst && i === 0 ? '\n' : ',\n'}${JSON.stringify(object)}`).join('');
}
