import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { workbookOf, type SheetOf } from '../../../../test/survey/workbook-of.ts';

const POINTS = [
  ['J1', 3751508.512, 39438683.652],
  ['J2', 3751508.512, 39438783.652],
  ['J3', 3751608.512, 39438783.652],
  ['J4', 3751608.512, 39438683.652],
] as const;
const csv = (rows: readonly (readonly unknown[])[]): string => rows.map(row => row.join(',')).join('\n');

const workbook = (rows: SheetOf['rows'], more = ''): Buffer => workbookOf([{ name: '拐点', rows, more }]);

describe('coordinate tables', () => {
  it.each([
    ['with headings', csv([['点号', 'X坐标', 'Y坐标'], ...POINTS])],
    ['the other way round', csv([['点号', 'Y(m)', 'X(m)'], ...POINTS.map(([n, x, y]) => [n, y, x])])],
    ['without headings', csv(POINTS)],
    [
      'by tabs, closed, with a title',
      [
        '拐点坐标表（2000国家大地坐标系 3度带39带）',
        '点号\tX\tY',
        ...[...POINTS, POINTS[0]].map(row => row?.join('\t')),
      ].join('\n'),
    ],
    ['as one run of a licence', `4,${POINTS.flat().join(',').replaceAll('J', '')},*,1500,900`],
  ])('reads points %s', async (_name, text) => {
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.codes.filter(code => code !== 'closed-ring' && code !== 'rewound-ring')).toEqual([]);
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual([10_000]);
    expect(answer.crs.used).toBe('EPSG:4527');
  });

  it('reads workbooks alike, and passes over a million empty rows', async () => {
    const answer = await diagnoseBytes(workbook([['点号', 'X', 'Y'], ...POINTS], '<row/>'.repeat(1_000_000)), 'a.xlsx');
    expect(answer.rows).toHaveLength(1);
    expect(answer.codes).toContain('empty-rows');
  });

  it('reads plots that stand side by side, with the same headings again', async () => {
    const other = POINTS.slice(0, 3).map(([name, x, y]) => [name, x, y + 300]);
    const rows = POINTS.map((row, i) => [...row, ...(other[i] ?? [null, null, null])]);
    const answer = await diagnoseBytes(workbook([['点号', 'X', 'Y', '点号', 'X', 'Y'], ...rows]), 'a.xlsx');
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual([10_000, 5_000]);
    expect(answer.fields).toEqual([]);
  });

  it.each([
    [
      'below one heading',
      [
        ['点号', '经度', '', '', '纬度', '', ''],
        ['', '度', '分', '秒', '度', '分', '秒'],
      ],
    ],
    [
      'each with its own',
      [['点号', '经度（度）', '经度（分）', '经度（秒）', '纬度（度）', '纬度（分）', '纬度（秒）']],
    ],
  ])('reads degrees, minutes and seconds in three columns, %s', async (_name, head) => {
    const points = [
      ['J1', 112, 30, 0, 35, 0, 0],
      ['J2', 112, 30, 3.6, 35, 0, 0],
      ['J3', 112, 30, 3.6, 35, 0, 3.6],
      ['J4', 112, 30, 0, 35, 0, 3.6],
    ];
    const answer = await diagnoseBytes(csv([...head, ...points]), 'a.csv');
    expect(answer.errorCount).toBe(0);
    expect(answer.box?.map(side => Number(side.toFixed(9)))).toEqual([112.5, 35, 112.501, 35.001]);
  });

  it('says that longitude and latitude stand under each other’s headings, and swaps them', async () => {
    const points = [
      ['J1', 35, 112.5],
      ['J2', 35, 112.501],
      ['J3', 35.001, 112.501],
    ];
    const text = csv([['点号', '经度', '纬度'], ...points]);
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.findings).toMatchObject([{ code: 'axes-swapped', fix: { fixes: { order: 'lat-lng' } } }]);
    const swapped = await diagnoseBytes(text, 'a.csv', { fixes: { order: 'lat-lng', notation: 'degrees' } });
    expect(swapped.box).toEqual([112.5, 35, 112.501, 35.001]);
  });

  it('tells plots apart by a column, by empty rows, by names that begin anew', async () => {
    const east = POINTS.map(([n, x, y]) => [n, x, y + 500] as const);
    const byColumn = csv([
      ['地块编号', '点号', 'X', 'Y', '面积(亩)', '阶段'],
      ...POINTS.map(p => ['A', ...p, 15, 'DST']),
      ...east.map(p => ['B', ...p, 15, 'RDY']),
    ]);
    const answer = await diagnoseBytes(byColumn, 'a.csv');
    expect(answer.rows.map(({ name, attributes }) => [name, attributes['阶段']])).toEqual([
      ['A', 'DST'],
      ['B', 'RDY'],
    ]);
    expect(answer.rows[0]?.declaredAreaM2).toBeCloseTo(10_000, 6);
    expect(answer.errorCount).toBe(0);
    expect((await diagnoseBytes(`${csv(POINTS)}\n\n${csv(east)}`, 'a.csv')).rows).toHaveLength(2);
    expect((await diagnoseBytes(csv([...POINTS, ...east]), 'a.csv')).rows).toHaveLength(2);
  });

  it('reads degrees with signs, and asks whether digits are degrees or minutes and seconds', async () => {
    const dms = csv([
      ['点号', '经度', '纬度'],
      [1, '110°00′28.20″', '38°06′05″'],
      [2, '110°00′32.20″', '38°06′05″'],
      [3, '110°00′32.20″', '38°06′09″'],
      [4, '110°00′28.20″', '38°06′09″'],
    ]);
    const signed = await diagnoseBytes(dms, 'a.csv');
    expect(signed.rows[0]?.geometry.coordinates[0]?.[0]?.[0]?.[1]).toBeCloseTo(38 + 6 / 60 + 5 / 3600, 8);
    const packed = csv([
      ['点号', '经度', '纬度'],
      [1, '110.00282', '38.0605'],
      [2, '110.00322', '38.0605'],
      [3, '110.00322', '38.0609'],
      [4, '110.00282', '38.0609'],
    ]);
    const asked = await diagnoseBytes(packed, 'a.csv');
    const finding = asked.findings.find(({ code }) => code === 'may-be-packed-dms');
    expect(finding?.choices?.map(({ fixes }) => fixes['notation'])).toEqual(['degrees', 'packed-dms']);
    const read = await diagnoseBytes(packed, 'a.csv', { fixes: { notation: 'packed-dms', order: 'lng-lat' } });
    expect(read.rows[0]?.areaM2).toBeCloseTo(signed.rows[0]?.areaM2 ?? 0, 3);
  });

  it('asks for the meridian where nothing tells it, and takes the answer', async () => {
    const plain = csv(POINTS.map(([n, x, y]) => [n, x, y - 39_000_000]));
    const asked = await diagnoseBytes(plain, 'a.csv');
    const finding = asked.findings.find(({ code }) => code === 'central-meridian-needed');
    expect(finding?.choices).toHaveLength(21);
    const read = await diagnoseBytes(plain, 'a.csv', { fixes: { crs: 'EPSG:4548' } });
    expect(read.rows[0]?.geometry.coordinates[0]?.[0]?.[0]?.[0]).toBeCloseTo(116.337, 2);
  });
});
