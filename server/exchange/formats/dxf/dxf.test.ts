import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { STAGE_STYLE } from '../../../../gis/ledger/stage-style.ts';
import { fixtureFeatures, withJob } from '../fixtures/exported.fixture.ts';
import { nearestColourIndex } from './colour-index.ts';
import { writeDxf } from './dxf.ts';

describe('a drawing', () => {
  it('is of R2000 in metres, with a layer for every stage and no handle twice', async () => {
    await withJob({ crs: 'EPSG:4527', encoding: 'gbk' }, async job => {
      const text = iconv.decode(await readFile((await writeDxf(job)).path), 'gbk');
      expect(text).toMatch(/\$ACADVER\r\n1\r\nAC1015\r\n/);
      expect(text).toMatch(/\$INSUNITS\r\n70\r\n6\r\n/);
      for (const stage of Object.keys(STAGE_STYLE)) expect(text).toMatch(new RegExp(`\r\n2\r\n${stage}_\\S+\r\n`));
      const lines = text.split('\r\n');
      const handles: string[] = [];
      for (let at = 0; at + 1 < lines.length; at += 2) {
        if (lines[at] === '5') handles.push(lines[at + 1] ?? '');
      }
      expect(handles.length).toBeGreaterThan(20);
      // The first one is the seed for handles to come.
      expect(new Set(handles).size).toBe(handles.length);
      expect(text.endsWith('0\r\nEOF\r\n')).toBe(true);
    });
  });

  it('writes a letter outside its code page by its number', async () => {
    const layer = {
      async *features() {
        const [first] = fixtureFeatures('EPSG:4527');
        if (first) yield { ...first, values: { ...first.values, remarks: '𠮷é' } };
      },
    };
    await withJob({ crs: 'EPSG:4527', encoding: 'gbk', layer }, async job => {
      const text = iconv.decode(await readFile((await writeDxf(job)).path), 'gbk');
      expect(text).toContain('remarks=\\U+D842\\U+DFB7é');
    });
  });

  it('takes the colour that comes nearest', () => {
    expect([nearestColourIndex('#ff0000'), nearestColourIndex('#00ff00'), nearestColourIndex('#0000ff')]).toEqual([
      10, 90, 170,
    ]);
  });
});
