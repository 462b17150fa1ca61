import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { suggestMapping } from '../../imports/mapping/suggest-mapping.ts';
import type { Field } from '../export-layer.ts';
import { entriesOf } from '../fixtures/zip-entries.fixture.ts';
import { FIELDS, fixtureFeatures, withJob } from '../fixtures/exported.fixture.ts';
import { workOutFormulas } from '../fixtures/workbook-sums.fixture.ts';
import { columnName, sheetRow, text, valueCell } from './sheet-cells.ts';
import { writeXlsx } from './xlsx.ts';

describe('a workbook', () => {
  it('sums and divides by formulas over its own cells', async () => {
    await withJob({}, async job => {
      const files = await entriesOf((await writeXlsx(job)).path);
      const sheet = (number: number): string => String(files.get(`xl/worksheets/sheet${number}.xml`));
      expect(sheet(2)).toContain("<f>SUMIFS('数据 Data'!$G$2:$G$4,'数据 Data'!$E$2:$E$4,A2)</f>");
      expect(sheet(2)).toContain("<f>SUM('数据 Data'!$G$2:$G$4)</f>");
      const gross = /<c r="(D\d+)"[^>]*><f>D3\+D4\+D5\+D6\+D7\+D8\+D9\+D10\+D11\+D12<\/f>/.exec(sheet(2))?.[1];
      expect(gross).toBeDefined();
      expect(sheet(2)).toMatch(new RegExp(`<f>IF\\(${gross}&gt;0,D\\d+/${gross},&quot;&quot;\\)</f>`));
      expect(sheet(1)).toMatch(/<c r="H2"[^>]*><f>G2\/10000<\/f>.*<c r="I2"[^>]*><f>G2\*15\/10000<\/f>/s);
      expect(sheet(3)).toMatch(/<f>O2\/10000<\/f>.*<f>O2\*15\/10000<\/f>.*<f>R2\/10000<\/f>/s);
      expect(sheet(3)).toContain('$A2,');
      expect(sheet(4)).toMatch(/RR1.*累计治理率/s);
      expect(String(files.get('xl/workbook.xml'))).toContain('fullCalcOnLoad="1"');
    });
  });

  it('comes to the numbers that are kept beside its formulas, for who opens it without counting anew', async () => {
    await withJob({}, async job => {
      const formulas = workOutFormulas(await entriesOf((await writeXlsx(job)).path));
      expect(new Set(formulas.map(({ sheet }) => sheet))).toEqual(
        new Set(['数据 Data', '汇总 Summary', '分矿 By mine']),
      );
      expect(formulas.some(({ formula, workedOut }) => formula.startsWith('IF(') && Number(workedOut) > 0)).toBe(true);
      for (const { sheet, ref, kept, workedOut } of formulas) {
        if (typeof kept === 'number' && typeof workedOut === 'number')
          expect([sheet, ref, Math.abs(workedOut - kept) <= 1e-9 * Math.max(1, kept)]).toEqual([sheet, ref, true]);
        else expect([sheet, ref, workedOut]).toEqual([sheet, ref, kept]);
      }
    });
  });

  it('brings class, date, scope and evidence of every plot back, each under a heading that is known', async () => {
    const of = (name: string, zh: string, en: string): Field => ({
      name,
      short: null,
      type: 'text',
      title: { zh, en },
      meaning: { zh, en },
    });
    const layer = {
      fields: [...FIELDS, of('scope', '义务范围', 'Scope'), of('evidenceGrade', '证据等级', 'Evidence grade')],
      async *features() {
        for (const { values, ...one } of fixtureFeatures('EPSG:4490'))
          yield { ...one, values: { ...values, scope: 'LEG', evidenceGrade: 'E3' } };
      },
    };
    await withJob({ layer }, async job => {
      const { fields, rows } = await diagnoseBytes(await readFile((await writeXlsx(job)).path), 'land.xlsx');
      const { columns } = suggestMapping(
        fields,
        rows.map(({ attributes }) => attributes),
      );
      expect(Object.keys(columns).toSorted()).toEqual(['effectiveOn', 'evidenceGrade', 'scope', 'stage']);
      const about = rows.map(({ attributes }) =>
        [columns.scope, columns.evidenceGrade].map(name => attributes[name ?? '']),
      );
      expect(about).toEqual([1, 2].map(() => ['LEG', 'E3']));
    });
  });

  it('has a rate for nothing nowhere: no disturbed land, no number', async () => {
    const layer = {
      async *features() {
        yield* fixtureFeatures('EPSG:4490').filter(({ values }) => values['stage'] === 'UND');
      },
    };
    await withJob({ layer }, async job => {
      const files = await entriesOf((await writeXlsx(job)).path);
      expect(String(files.get('xl/worksheets/sheet2.xml'))).toMatch(/t="str"><f>IF\(D\d+&gt;0[^<]*<\/f><\/c>/);
    });
  });

  it('keeps dates as days, and before March 1900 as text: spreadsheets count a day that never was', () => {
    expect(valueCell('2021-01-15', 'date', false)).toEqual({ number: 44211, style: 3 });
    expect(valueCell('1900-01-01', 'date', false)).toEqual({ text: '1900-01-01' });
    expect(valueCell(null, 'real', true)).toBeNull();
  });

  it('names columns and escapes what is not a letter of XML', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
    expect(sheetRow(1, [text('a<&\u0001b')])).toContain('>a&lt;&amp;b<');
  });
});
