import { open, rename, rm } from 'node:fs/promises';
import type { ZonalResult, ZonalResults } from '../../../../gis/zonal/compute-zonal.ts';
import { LineBuffer } from './line-buffer.ts';

/** Letters handed on together: each handing on costs as much as a row does. */
const TOGETHER = 4096;

/**
 * One row a zone: `id`, then the statistics in the order asked. Written beside the target and put in its place at the end. `see` is told of each
 * zone's status.
 */
export async function writeResults(
  path: string,
  format: 'csv' | 'json',
  results: Pick<ZonalResults, 'length' | 'at'>,
  stats: readonly string[],
  see: (status: ZonalResult['status']) => void,
): Promise<void> {
  const unfinished = `${path}.part`;
  const handle = await open(unfinished, 'w');
  try {
    const lines = new LineBuffer(bytes => handle.write(bytes));
    let text = format === 'csv' ? `id${stats.map(stat => `,${toCell(stat)}`).join('')}\n` : '[';
    for (let zone = 0; zone < results.length; zone += 1) {
      const result = results.at(zone);
      see(result.status);
      if (format === 'csv') text += toCsv(result, stats);
      else text += `${zone === 0 ? '\n' : ',\n'}${toJson(result, stats)}`;
      if (text.length < TOGETHER) continue;
      lines.add(text);
      text = '';
      if (lines.isFull) await lines.flush();
    }
    if (format === 'json') text += results.length === 0 ? ']\n' : '\n]\n';
    lines.add(text);
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

/** RFC 4180, but with the line ends that command line tools expect. Empty, never 0, where a zone has no valid pixel. */
function toCsv(result: ZonalResult, stats: readonly string[]): string {
  let line = toCell(result.id);
  for (const stat of stats) {
    const value = valueOf(result, stat);
    line += value === null ? ',' : `,${value}`;
  }
  return `${line}\n`;
}

const toCell = (cell: string | number): string =>
  typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell);

const toJson = (result: ZonalResult, stats: readonly string[]): string =>
  JSON.stringify(Object.fromEntries([['id', result.id], ...stats.map(stat => [stat, valueOf(result, stat)] as const)]));
