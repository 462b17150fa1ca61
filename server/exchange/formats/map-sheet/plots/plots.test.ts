import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feature } from '../../export-layer.ts';
import { withJob } from '../../fixtures/exported.fixture.ts';
import { drawSheet } from '../draw-sheet.ts';
import { packFeatures } from '../packed-features.ts';
import { readSelection } from '../read-selection.ts';
import { layOut } from '../sheet-layout.ts';
import { SheetPen } from '../sheet-pen.ts';
import { drawNumbers } from './draw-numbers.ts';
import { MOST_NUMBERED, numberPlots } from './numbered-plots.ts';

const hasPdfText = spawnSync('pdftotext', ['-v']).status === 0;
const STAGES = ['DST', 'CMP', 'UND'];

/** Squares in rows of fifteen, the first of them large. */
const plotsOf = (count: number): readonly Feature[] =>
  Array.from({ length: count }, (_unused, index) => {
    const [x, y] = [39_430_000 + (index % 15) * 60, 3_750_000 + Math.floor(index / 15) * 60];
    const side = index === 0 ? 58 : 8 + (index % 7) * 7;
    const ring = [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ] as const;
    const stage = STAGES[index % STAGES.length] ?? 'UND';
    const values = { mineId: 7, mineNameZh: '青岗岭', mineNameEn: 'Qinggangling', stage, stageZh: '损毁在用' };
    return {
      id: 1000 + index,
      geometry: { type: 'MultiPolygon', coordinates: [[[...ring]]] } as unknown as Feature['geometry'],
      values: { ...values, areaM2: side * side, since: '2021-05-01' },
    };
  });

const layerOf = (count: number) => ({
  async *features() {
    yield* plotsOf(count);
  },
});

describe('the numbers on a map sheet', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regreen-plots-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('follow the legend, the largest plot of a class first, and are left away where they are too many', async () => {
    await withJob({ crs: 'EPSG:4527' }, async ({ layer }) => {
      const plots = numberPlots(layer, plotsOf(6));
      expect(plots.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(plots.map(({ feature }) => [feature.values['stage'], feature.id])).toEqual([
        ['UND', 1005],
        ['UND', 1002],
        ['DST', 1000],
        ['DST', 1003],
        ['CMP', 1004],
        ['CMP', 1001],
      ]);
      expect(numberPlots(layer, plotsOf(MOST_NUMBERED + 1))).toEqual([]);
    });
  });

  it('say for which plots the map has no room', async () => {
    await withJob({ crs: 'EPSG:4527' }, async ({ layer }) => {
      const places = plotsOf(3);
      const box = [39_429_000, 3_749_000, 39_431_000, 3_751_000] as const;
      const layout = layOut('a4', null, box);
      const pen = new SheetPen(layout, { title: '', subject: '', day: '2026-01-01' });
      expect(drawNumbers(pen, layout, numberPlots(layer, places)).size).toBe(0);
      const same = Array.from({ length: 200 }, () => places[1] as Feature);
      const without = drawNumbers(pen, layout, numberPlots(layer, same));
      expect(without.size).toBeGreaterThan(100);
      expect(without.size).toBeLessThan(200);
      pen.document.end();
    });
  });

  it.skipIf(!hasPdfText).each([
    ['a3', 3, 2],
    ['a4', 150, 3],
  ] as const)('are explained on %s for %i plots, on a sheet of %i pages', async (paper, count, pages) => {
    await withJob({ crs: 'EPSG:4527', sheet: { paper }, layer: layerOf(count) }, async ({ layer, ...job }) => {
      const { features, ...selection } = await readSelection(layer);
      const path = join(folder, `${paper}-${count}.pdf`);
      const layout = layOut(paper, null, selection.box);
      const task = { path, job, layer: { ...layer, features: undefined }, layout, selection };
      await drawSheet({ ...task, features: packFeatures(features) });
      const textOf = (page: number): string =>
        execFileSync('pdftotext', ['-f', String(page), '-l', String(page), '-layout', path, '-'], { encoding: 'utf8' });
      expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(new RegExp(`Pages:\\s+${pages}\\n`));
      expect(textOf(1)).toContain('see the table of plots overleaf');
      const table = Array.from({ length: pages - 1 }, (_unused, at) => textOf(at + 2)).join('\n');
      for (const words of ['图斑表 Table of plots', '公顷', 'mu', '2021-05-01']) expect(table).toContain(words);
      for (let index = 0; index < count; index++) expect(table).toContain(String(1000 + index));
      const onMap = new Set(textOf(1).match(/\b\d+\b/g));
      const starred = new Set((table.match(/\b\d+\*/g) ?? []).map(one => one.slice(0, -1)));
      for (let number = 1; number <= count; number++)
        expect([number, onMap.has(String(number)) || starred.has(String(number))]).toEqual([number, true]);
      expect(starred.size).toBeLessThan(count / 10 + 1);
    });
  });
});
