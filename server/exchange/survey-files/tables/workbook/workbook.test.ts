import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../../test/survey/diagnosing.ts';
import { workbookOf, type SheetOf } from '../../../../../test/survey/workbook-of.ts';

const HEADING = ['点号', 'X', 'Y'];
const plot = (eastward = 0): (readonly (string | number)[])[] =>
  [
    [0, 0],
    [0, 100],
    [100, 100],
    [100, 0],
  ].map(([n = 0, e = 0], index) => [`J${index + 1}`, 3751508.5 + n, 39438683.5 + e + eastward]);
const sheet = (name: string, eastward: number, more: Partial<SheetOf> = {}): SheetOf => ({
  name,
  rows: [HEADING, ...plot(eastward)],
  ...more,
});

describe('a workbook of several sheets', () => {
  it('is read as one file where each holds a plot, named by its sheet', async () => {
    const cover = {
      name: '封面',
      rows: [
        ['矿山名称', '某矿'],
        ['日期', '2025-06-15'],
      ],
    };
    const answer = await diagnoseBytes(workbookOf([cover, sheet('采场', 0), sheet('排土场', 300)]), 'a.xlsx');
    expect(answer.rows.map(({ number, name }) => [number, name])).toEqual([
      [1, '采场'],
      [2, '排土场'],
    ]);
    const told = answer.findings.find(({ code }) => code === 'sheets-together');
    expect(told?.params).toEqual({ count: 2, names: '采场, 排土场' });
    const [, second] = told?.choices ?? [];
    const one = await diagnoseBytes(workbookOf([cover, sheet('采场', 0), sheet('排土场', 300)]), 'a.xlsx', {
      fixes: second?.fixes ?? {},
    });
    expect(one.rows).toHaveLength(1);
    expect(one.codes).not.toContain('sheets-together');
  });

  it('names several plots of a sheet one by one, and counts rows and lines where they stand', async () => {
    const two = [HEADING, ...plot(), null, ...plot(300), ['J5', '坏', '?'], ['J6', 12, '12,,3']];
    const answer = await diagnoseBytes(workbookOf([sheet('南帮', 900), { name: '北帮', rows: two }]), 'a.xlsx');
    expect(answer.rows.map(({ name }) => name)).toEqual(['南帮', '北帮 1', '北帮 2']);
    const broken = answer.findings.find(({ code }) => code === 'line-unreadable');
    expect([broken?.row, broken?.params?.['line']]).toEqual([3, '北帮 12']);
  });

  it('asks for one where they are in different systems', async () => {
    const degrees: SheetOf = {
      name: '经纬度',
      rows: [
        ['点号', '经度', '纬度'],
        ['1', 116.33, 33.88],
        ['2', 116.34, 33.88],
        ['3', 116.34, 33.89],
      ],
    };
    const answer = await diagnoseBytes(workbookOf([sheet('采场', 0), degrees]), 'a.xlsx');
    expect(answer.rows).toHaveLength(1);
    expect(answer.findings.find(({ code }) => code === 'file-has-layers')?.choices).toHaveLength(2);
    const zones = [
      { name: 'a', rows: [['3度带39带'], ...sheet('', 0).rows] },
      { name: 'b', rows: [['3度带38带'], ...sheet('', 0).rows] },
    ];
    expect((await diagnoseBytes(workbookOf(zones), 'a.xlsx')).codes).toContain('file-has-layers');
  });

  it('leaves out hidden sheets and reads hidden rows, and says both', async () => {
    const old = sheet('旧版', 600, { state: 'hidden' });
    const answer = await diagnoseBytes(workbookOf([sheet('采场', 0, { hiddenRows: [3, 4] }), old]), 'a.xlsx');
    expect(answer.rows.map(({ planeAreaM2 }) => Math.round(planeAreaM2 ?? 0))).toEqual([10_000]);
    expect(answer.findings.find(({ code }) => code === 'rows-hidden')?.params).toEqual({ count: 2 });
    const left = answer.findings.find(({ code }) => code === 'sheets-hidden');
    expect(left?.params).toEqual({ count: 1, names: '旧版' });
    const asked = await diagnoseBytes(workbookOf([sheet('采场', 0), old]), 'a.xlsx', {
      fixes: left?.choices?.[0]?.fixes ?? {},
    });
    expect([asked.rows.length, asked.codes.includes('sheets-hidden')]).toEqual([1, false]);
  });

  it('tells plots apart by rows that are not even written', async () => {
    const rows = [
      HEADING,
      ...plot()
        .slice(0, 3)
        .map(([, ...xy]) => ['', ...xy]),
      null,
      null,
      ...plot(300),
    ];
    const answer = await diagnoseBytes(workbookOf([{ name: '表', rows }]), 'a.xlsx');
    expect(answer.rows.map(({ planeAreaM2 }) => Math.round(planeAreaM2 ?? 0))).toEqual([5_000, 10_000]);
  });
});

describe('formulas', () => {
  const formula = (ref: string, text: string, result?: string, type = ''): string =>
    `<c r="${ref}"${type}><f>${text}</f>${result === undefined ? '<v/>' : `<v>${result}</v>`}</c>`;
  const more = (cells: string): string => `<row r="6"><c r="A6" t="inlineStr"><is><t>J5</t></is></c>${cells}</row>`;
  const read = (cells: string, isUncalculated = false) => {
    const rows = [HEADING, ...plot()];
    return diagnoseBytes(workbookOf([{ name: '一', rows, more: more(cells) }], { isUncalculated }), 'a.xlsx');
  };

  it('count with their results', async () => {
    const answer = await read(formula('B6', 'B5-50', '3751458.5') + formula('C6', 'C5', '39438683.5'));
    expect([answer.errorCount, answer.rows[0]?.geometry.coordinates[0]?.[0]?.length]).toEqual([0, 6]);
    const blank = await read(formula('D6', 'IF(A6="","","")', '', ' t="str"'));
    expect(blank.codes).not.toContain('formulas-without-result');
  });

  it.each([
    ['without a result', false, undefined],
    ['that are still to be calculated, written as 0', true, '0'],
  ])('are told and leave no corner out in silence: %s', async (_kind, isUncalculated, result) => {
    const answer = await read(formula('B6', 'B5-50', result) + formula('C6', 'C5', result), isUncalculated);
    const told = answer.findings.map(({ code, severity, params }) => ({ code, severity, params }));
    expect(told).toContainEqual({
      code: 'formulas-without-result',
      severity: 'warning',
      params: { count: 2, cell: 'B6' },
    });
    expect(told).toContainEqual({
      code: 'line-unreadable',
      severity: 'error',
      params: { line: 6, text: 'J5 =B5-50 =C5' },
    });
  });

  it('with faults lose no corner either', async () => {
    const answer = await read('<c r="B6" t="e"><v>#REF!</v></c><c r="C6" t="e"><v>#REF!</v></c>');
    expect(answer.findings).toContainEqual(
      expect.objectContaining({ code: 'line-unreadable', params: { line: 6, text: 'J5 #REF! #REF!' } }),
    );
  });
});
