import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { ringAreaM2 } from '../../../../gis/earth/ring-area.ts';
import type { CrsCode } from '../../../../gis/crs/crs.ts';
import type { Position } from '../../../../gis/types.ts';
import { AppError } from '../../../platform/errors.ts';
import { fixtureAreaM2, fixtureFeatures, withJob } from '../fixtures/exported.fixture.ts';
import { writeBoundaryPoints } from './boundary-points.ts';

interface Plot {
  readonly head: readonly string[];
  readonly rings: Map<string, Position[]>;
  readonly lines: number;
}

/** The grammar as its readers know it: a head ends in `@`, what follows are points until the next one. */
function plotsOf(text: string): Plot[] {
  const plots: Plot[] = [];
  const [, body = ''] = text.split('[地块坐标]\r\n');
  let last: { head: string[]; rings: Map<string, Position[]>; lines: number } | undefined;
  for (const line of body.split('\r\n').filter(Boolean)) {
    const cells = line.split(',');
    if (cells.at(-1) === '@') plots.push((last = { head: cells, rings: new Map(), lines: 0 }));
    else if (last !== undefined) {
      const [, ring = '', x, y] = cells;
      last.rings.set(ring, [...(last.rings.get(ring) ?? []), [Number(y), Number(x)]]);
      last.lines += 1;
    }
  }
  return plots;
}

const SYSTEMS: readonly (readonly [CrsCode, string, string, number])[] = [
  ['EPSG:4527', '3', '39', 39_000_000],
  ['EPSG:4548', '3', '39', 0],
  ['EPSG:4498', '6', '20', 20_000_000],
];

describe('界址点 text', () => {
  it.each(SYSTEMS)('%s: comes back with the area it had, within 0.01 m² a point', async (crs, width, zone, prefix) => {
    await withJob({ crs, encoding: 'gbk' }, async job => {
      const { path, records, leftOut } = await writeBoundaryPoints(job);
      expect([records, leftOut]).toEqual([2, 1]);
      const text = iconv.decode(await readFile(path), 'gbk');
      expect(text).toContain(`几度分带=${width}\r\n`);
      expect(text).toContain(`带号=${zone}\r\n`);
      expect(text).toContain('转换参数=,,,,,,\r\n');
      const { inverse } = projectorFor(crs);
      let areaM2 = 0;
      let points = 0;
      for (const { head, rings, lines } of plotsOf(text)) {
        expect(Number(head[0])).toBe(lines);
        for (const [number, ring] of rings) {
          expect(ring[0]).toEqual(ring.at(-1));
          expect(Math.floor((ring[0]?.[0] ?? 0) / 1_000_000) * 1_000_000).toBe(prefix);
          const ringM2 = Math.abs(ringAreaM2(ring.map(inverse)));
          // The first plot's second ring is a hole, the second plot's another part.
          areaM2 += head[2] === '101' && number === '2' ? -ringM2 : ringM2;
          points += ring.length;
        }
      }
      expect(Math.abs(areaM2 - fixtureAreaM2())).toBeLessThan(0.01 * points);
    });
  });

  it('keeps a sliver that is thinner than a millimetre', async () => {
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4527');
        const ring = [
          [39_430_000, 3_750_000],
          [39_430_002, 3_750_000],
          [39_430_002, 3_750_000.0003],
          [39_430_000, 3_750_000],
        ] as const;
        if (first) yield { ...first, geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] } };
      },
    };
    await withJob({ crs: 'EPSG:4527', encoding: 'gbk', layer }, async job => {
      const { path, records, leftOut } = await writeBoundaryPoints(job);
      expect([records, leftOut]).toEqual([1, 0]);
      expect(iconv.decode(await readFile(path), 'gbk')).toContain('J3,1,3750000.0003,39430002.0000');
    });
  });

  it('says area in hectares, name and use of each plot', async () => {
    await withJob({ crs: 'EPSG:4527', encoding: 'gb18030' }, async job => {
      const { path } = await writeBoundaryPoints(job);
      const [plot] = plotsOf(iconv.decode(await readFile(path), 'gb18030'));
      const areaM2 = Number(fixtureFeatures('EPSG:4527')[0]?.values['areaM2']);
      expect(plot?.head).toEqual([
        '10',
        (areaM2 / 10_000).toFixed(4),
        '101',
        '验收合格',
        '面',
        '',
        '验收合格',
        '',
        '@',
      ]);
    });
  });

  it('keeps a name from looking like a part of its line', async () => {
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4527');
        if (first) yield { ...first, values: { ...first.values, stageZh: '一区,@\n东' } };
      },
    };
    await withJob({ crs: 'EPSG:4527', encoding: 'utf-8', layer }, async job => {
      const { path } = await writeBoundaryPoints(job);
      expect(plotsOf(await readFile(path, 'utf8'))[0]?.head[3]).toBe('一区，＠ 东');
    });
  });

  it('refuses degrees, and a character that the encoding has not', async () => {
    const codeOf = (error: unknown): unknown => (error instanceof AppError ? [error.code, error.params] : error);
    await withJob({ crs: 'EPSG:4490' }, async job => {
      expect(codeOf(await writeBoundaryPoints(job).catch((error: unknown) => error))).toEqual([
        'export-crs-unsuitable',
        { crs: 'EPSG:4490', format: 'jzd' },
      ]);
    });
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4527');
        if (first) yield { ...first, values: { ...first.values, stageZh: '矿𠮷' } };
      },
    };
    await withJob({ crs: 'EPSG:4527', encoding: 'gbk', layer }, async job => {
      expect(codeOf(await writeBoundaryPoints(job).catch((error: unknown) => error))).toEqual([
        'export-encoding-lossy',
        { character: '𠮷', encoding: 'gbk' },
      ]);
    });
  });
});
