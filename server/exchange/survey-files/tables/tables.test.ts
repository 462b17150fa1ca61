import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { zipOf } from '../../../../test/survey/zip-of.ts';

const POINTS = [
  ['J1', 3751508.512, 39438683.652],
  ['J2', 3751508.512, 39438783.652],
  ['J3', 3751608.512, 39438783.652],
  ['J4', 3751608.512, 39438683.652],
] as const;
const csv = (rows: readonly (readonly unknown[])[]): string => rows.map(row => row.join(',')).join('\n');

/** A workbook of one sheet, as small as readers take it. */
const workbook = (rows: readonly (readonly (string | number | null)[])[], more = ''): Buffer => {
  const cells = rows.map((row, r) => {
    const inner = row.map((value, c) => {
      const ref = `${String.fromCharCode(65 + c)}${r + 1}`;
      if (value === null) return '';
      return typeof value === 'number'
        ? `<c r="${ref}"><v>${value}</v></c>`
        : `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    });
    return `<row r="${r + 1}">${inner.join('')}</row>`;
  });
  return zipOf([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="拐点" sheetId="1"/></sheets></workbook>' },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${cells.join('')}${more}</sheetData></worksheet>`,
    },
  ]);
};

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
