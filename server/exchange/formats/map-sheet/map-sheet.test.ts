import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hasGdal } from '../../../../test/judges/gdal.ts';
import { AppError } from '../../../platform/errors.ts';
import { fixtureFeatures, withJob } from '../fixtures/exported.fixture.ts';
import { areaLine, dms, drawColumn } from './draw-column.ts';
import { PLAIN_STYLE } from './draw-outlines.ts';
import { writeMapSheet } from './map-sheet.ts';
import { layOut, PT_PER_MM, roundStep } from './sheet-layout.ts';
import { SheetPen } from './sheet-pen.ts';

const hasPdfText = spawnSync('pdftotext', ['-v']).status === 0;
if (!hasPdfText) process.stderr.write('skipped: no pdftotext on this machine\n');

const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error);

describe('the map sheet', () => {
  it('chooses the largest usual scale that holds the selection, and refuses one that does not', () => {
    const box = [39_430_000, 3_750_000, 39_432_000, 3_751_000] as const;
    const layout = layOut('a3', null, box);
    expect(layout.scale).toBe(10_000);
    expect(((layout.shown[2] - layout.shown[0]) * 1000) / layout.scale).toBeCloseTo(layout.map.width, 9);
    expect(layOut('a4', null, box).scale).toBe(20_000);
    expect(layOut('a3', 25_000, box).scale).toBe(25_000);
    expect(() => layOut('a3', 1000, box)).toThrow('export-scale-too-large');
  });

  it('counts in round steps and writes degrees as surveyors do', () => {
    expect([roundStep(1000, 4), roundStep(799, 4), roundStep(2100, 4)]).toEqual([200, 100, 500]);
    expect([dms(116.3), dms(-0.5), dms(59.99999999)]).toEqual(['116°18′00.00″', '−0°30′00.00″', '60°00′00.00″']);
  });

  it('writes land too small for its decimals as less than them, never as none', () => {
    expect(areaLine(15)).toBe('<0.01 ha · <0.1 亩 mu');
    expect(areaLine(0)).toBe('0.00 ha · 0.0 亩 mu');
    expect(areaLine(12_345)).toBe('1.23 ha · 18.5 亩 mu');
  });

  it('has room on the smallest sheet for every class there is, and nothing that is written over', async () => {
    const layout = layOut('a4', null, [37_620_000, 3_852_000, 37_625_000, 3_857_000]);
    expect(layout.foot.x + layout.foot.width).toBeLessThan(layout.column.x);
    expect(layout.map.x + layout.map.width).toBeLessThan(layout.column.x);
    const [zh, en] = ['复垦工程完成（管护期）', 'Revegetated, in maintenance'];
    await withJob({ crs: 'EPSG:4525' }, async job => {
      for (const count of [9, 14]) {
        const terms = Array.from({ length: count }, (_, i) => ({ code: `C${i}`, zh, en, style: PLAIN_STYLE }));
        const byClass = new Map(terms.map(({ code }) => [code, { areaM2: 1_234_567, count: 17 }]));
        const pen = new SheetPen(layout, { title: '', subject: '', day: '2026-01-01' });
        const full = { ...job, layer: { ...job.layer, classes: { field: 'stage', terms } } };
        const selection = { box: layout.shown, byClass, features: [], mines: [], leftOut: 0 };
        const end = drawColumn(pen, layout, full, selection);
        expect(end).toBeGreaterThan(layout.column.y + 100);
        expect(end).toBeLessThanOrEqual(layout.column.y + layout.column.height);
        pen.document.end();
      }
    });
  });

  it.skipIf(!hasPdfText)('says everything in letters that can be found, both languages', async () => {
    for (const paper of ['a3', 'a4'] as const) {
      await withJob({ crs: 'EPSG:4527', sheet: { paper } }, async job => {
        const { path, records, leftOut } = await writeMapSheet(job);
        expect([records, leftOut]).toEqual([2, 1]);
        const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
        for (const words of [
          '青岗岭铝土矿',
          'Qinggangling',
          '2022-12-31',
          '图例',
          'Legend',
          '验收合格',
          'Disturbed, in use',
          '收敛角',
          'EPSG:4527',
          '椭球面面积',
          'On the CGCS2000 ellipsoid',
          'what=land&mine=7',
        ]) {
          expect([words, text.includes(words)]).toEqual([words, true]);
        }
        expect(text).toMatch(/1:\d+ 000/);
        // Eastings at the frame carry the zone number.
        expect(text).toMatch(/\b394\d{5}\b/);
      });
    }
  });

  it.skipIf(!hasGdal())('lies where it belongs, at its scale on paper', async () => {
    await withJob({ crs: 'EPSG:4527', sheet: { paper: 'a3', scale: 25_000 } }, async job => {
      const { path } = await writeMapSheet(job);
      const about = JSON.parse(
        execFileSync('gdalinfo', ['-json', '--config', 'GDAL_PDF_DPI', '720', path], { encoding: 'utf8' }),
      ) as { geoTransform: number[]; coordinateSystem: { wkt: string } };
      expect(about.coordinateSystem.wkt).toContain('Gauss-Kruger zone 39');
      // GDAL makes whole pixels of the page: a part in ten thousand at ten to a point.
      const [west = 0, metresAPixel = 0, , north = 0] = about.geoTransform;
      expect(metresAPixel / (25_000 / 1000 / PT_PER_MM / 10)).toBeCloseTo(1, 3);
      const { map, shown } = layOut('a3', 25_000, boxOfFixture());
      expect(Math.abs(west + map.x * PT_PER_MM * 10 * metresAPixel - shown[0])).toBeLessThan(2);
      expect(Math.abs(north - map.y * PT_PER_MM * 10 * metresAPixel - shown[3])).toBeLessThan(2);
    });
  });

  it('embeds only the letters it uses, and is the same bytes on the same day', async () => {
    const bytes = () => withJob({ crs: 'EPSG:4527' }, async job => readFile((await writeMapSheet(job)).path));
    const [first, second] = [await bytes(), await bytes()];
    expect(first.equals(second)).toBe(true);
    expect(first.length).toBeLessThan(200_000);
  });

  it('refuses a selection without an outline', async () => {
    const layer = {
      async *features() {
        yield* fixtureFeatures('EPSG:4527').filter(feature => feature.geometry === null);
      },
    };
    await withJob({ crs: 'EPSG:4527', layer }, async job => {
      expect(codeOf(await writeMapSheet(job).catch((error: unknown) => error))).toBe('export-nothing-drawn');
    });
  });
});

function boxOfFixture(): readonly [number, number, number, number] {
  const positions = fixtureFeatures('EPSG:4527').flatMap(({ geometry }) =>
    geometry?.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : [],
  );
  const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
