import { open, rename, rm } from 'node:fs/promises';
import type { ZonalResult } from '../../../gis/zonal/compute-zonal.ts';

const ROWS_AT_A_TIME = 2000;

/** One row a zone: `id`, then the statistics in the order asked. Written beside the target and put in its place at the end. */
export async function writeResults(
  path: string,
  format: 'csv' | 'json',
  results: readonly ZonalResult[],
  stats: readonly string[],
): Promise<void> {
  const unfinished = `${path}.part`;
  const handle = await open(unfinished, 'w');
  try {
    if (format === 'csv') await handle.write(toCsv(['id', ...stats]));
    for (let from = 0; from < results.length; from += ROWS_AT_A_TIME) {
      const rows = results.slice(from, from + ROWS_AT_A_TIME);
      if (format === 'csv') await handle.write(rows.map(row => toCsv(cellsOf(row, stats))).join(''));
      else await handle.write(rows.map((row, i) => `${from + i === 0 ? '[\n' : ',\n'}${toJson(row, stats)}`).join(''));
    }
    if (format === 'json') await handle.write(results.length === 0 ? '[]\n' : '\n]\n');
    await handle.close();
    await rename(unfinished, path);
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

const valueOf = (result: ZonalResult, stat: string): number | null =>
  result.status === 'ok' ? (result.values[stat] ?? null) : null;

/** Empty, never 0, where a zone has no valid pixel. */
const cellsOf = (result: ZonalResult, stats: readonly string[]): (string | number)[] => [
  result.id,
  ...stats.map(stat => valueOf(result, stat) ?? ''),
];

/** RFC 4180, but with the line ends that command line tools expect. */
const toCsv = (cells: readonly (string | number)[]): string =>
  `${cells.map(cell => (typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell))).join(',')}\n`;

const toJson = (result: ZonalResult, stats: readonly string[]): string =>
  JSON.stringify(Object.fromEntries([['id', result.id], ...stats.map(stat => [stat, valueOf(result, stat)] as const)]));
