import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeResults } from './write-results.ts';

const STATS = ['mean', 'p10', 'count'];
const idOf = (zone: number): string | number => (zone % 5 === 0 ? `a "${zone}",null` : zone);
const figuresOf = (zone: number): (number | null)[] => [
  zone % 3 === 0 ? null : zone / 7,
  zone % 4 === 0 ? -1e-9 * (zone + 1) : 1e21 + zone,
  zone % 11 === 0 ? null : zone,
];

async function write(format: 'csv' | 'json', length: number): Promise<{ text: string; seen: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'regreen-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `out.${format}`);
  const seen: string[] = [];
  const results = {
    length,
    fill: (zone: number, figures: (number | null)[]) => {
      for (const [k, figure] of figuresOf(zone).entries()) figures[k] = figure;
      return zone % 3 === 0 ? ('outside' as const) : ('ok' as const);
    },
  };
  const ids = Array.from({ length }, (_, zone) => idOf(zone));
  await writeResults(path, format, results, ids, STATS, status => seen.push(status));
  return { text: readFileSync(path, 'utf8'), seen };
}

/** Rows become text some at a time: these are a few, just so many, and one more or less. */
describe.each([0, 1, 63, 64, 65, 128, 129, 1000])('%i results', length => {
  const zones = Array.from({ length }, (_, zone) => zone);

  it('are as many rows of CSV, each with its own id', async () => {
    const { text, seen } = await write('csv', length);
    const cell = (id: string | number): string => (typeof id === 'number' ? `${id}` : `"${id.replaceAll('"', '""')}"`);
    const rows = zones.map(zone => [cell(idOf(zone)), ...figuresOf(zone).map(figure => figure ?? '')].join(','));
    expect(text).toBe(`${['id,mean,p10,count', ...rows].join('\n')}\n`);
    expect(seen).toEqual(zones.map(zone => (zone % 3 === 0 ? 'outside' : 'ok')));
  });

  it('are as many objects of JSON', async () => {
    const { text } = await write('json', length);
    const objects = zones.map(zone => {
      const [mean, p10, count] = figuresOf(zone);
      return { id: idOf(zone), mean, p10, count };
    });
    expect(JSON.parse(text)).toEqual(objects);
    expect(text.split('\n').length).toBe(length === 0 ? 2 : length + 3);
  });
});
