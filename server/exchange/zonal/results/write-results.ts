import { open, rename, rm } from 'node:fs/promises';
import type { ZonalResult } from '../../../../gis/zonal/compute-zonal.ts';
import { LineBuffer } from './line-buffer.ts';

/** One row a zone: `id`, then the statistics in the order asked. Written beside the target and put in its place at the end. */
export async function writeResults(
  path: string,
  format: 'csv' | 'json',
  results: Iterable<ZonalResult>,
  stats: readonly string[],
): Promise<void> {
  const unfinished = `${path}.part`;
  const handle = await open(unfinished, 'w');
  try {
    const lines = new LineBuffer(bytes => handle.write(bytes));
    lines.add(format === 'csv' ? toCsv(['id', ...stats]) : '[');
    let isFirst = true;
    for (const result of results) {
      if (format === 'csv') lines.add(toCsv(cellsOf(result, stats)));
      else lines.add(`${isFirst ? '\n' : ',\n'}${toJson(result, stats)}`);
      if (lines.isFull) await lines.flush();
      isFirst = false;
    }
    if (format === 'json') lines.add(isFirst ? ']\n' : '\n]\n');
    await lines.flush();
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
