import { describe, expect, it } from 'vitest';
import { encodeWkb } from '../../../../gis/geometry/wkb.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { workbookOf } from '../../../../test/survey/workbook-of.ts';

const METRES = [
  [3751508.512, 39438683.652],
  [3751508.512, 39438783.652],
  [3751608.512, 39438783.652],
  [3751608.512, 39438683.652],
] as const;
const DEGREES = [
  [116.3, 33.8],
  [116.301, 33.8],
  [116.301, 33.801],
  [116.3, 33.801],
] as const;
const table = (heading: string, cells: readonly string[], mark = '"'): string =>
  [heading, ...cells.map((cell, at) => `J${at + 1},${mark}${cell}${mark}`)].join('\n');
const areas = (answer: Awaited<ReturnType<typeof diagnoseBytes>>): number[] =>
  answer.rows.map(({ areaM2 }) => Math.round(areaM2));

describe('coordinates in one cell', () => {
  it.each([
    ['metres under a heading of both', '点号,"X,Y"', METRES.map(([x, y]) => `${x},${y}`), 9_999],
    ['easting first', '点号,"坐标(Y，X)"', METRES.map(([x, y]) => `${y}, ${x}`), 9_999],
    ['degrees', '点号,坐标', DEGREES.map(([lng, lat]) => `${lng},${lat}`), 10_271],
    ['latitude first, in brackets', '点号,位置', DEGREES.map(([lng, lat]) => `(${lat}, ${lng})`), 10_271],
    ['with a height', '点号,"坐标（经度，纬度，高程）"', DEGREES.map(([lng, lat]) => `[${lng},${lat},1520.5]`), 10_271],
    ['between blanks', '点号,坐标', DEGREES.map(([lng, lat]) => `${lng} ${lat}`), 10_271],
    ['full-width', '点号,经纬度', DEGREES.map(([lng, lat]) => `${lng}，${lat}`), 10_271],
  ] as const)('are read: %s', async (_kind, heading, cells, areaM2) => {
    const answer = await diagnoseBytes(table(heading, cells), 'a.csv');
    expect([answer.errorCount, areas(answer)]).toEqual([0, [areaM2]]);
    expect(answer.rows[0]?.geometry.coordinates[0]?.[0]?.[0]?.[0]).toBeCloseTo(116.3, 1);
  });

  it('are read as degrees, minutes and seconds', async () => {
    const cells = ['E116°20′14.5″, N33°52′54.2″', 'E116° 20′ 18.5″, N33° 52′ 54.2″', '116°20′18.5″E,33°52′58.2″N'];
    const answer = await diagnoseBytes(table('点号,经纬度', cells), 'a.csv');
    expect(answer.errorCount).toBe(0);
    expect(answer.box?.[0]).toBeCloseTo(116 + 20 / 60 + 14.5 / 3600, 8);
    expect(answer.box?.[3]).toBeCloseTo(33 + 52 / 60 + 58.2 / 3600, 8);
  });

  it('may be all of an outline, with its attributes beside it', async () => {
    const semicolons = DEGREES.map(pair => pair.join(',')).join(';');
    const likeKml = DEGREES.map(([lng, lat]) => `${lng + 0.01},${lat},0`).join(' ');
    const brackets = DEGREES.map(([lng, lat]) => `(${lng + 0.02}, ${lat})`).join(', ');
    const rows = [semicolons, likeKml, brackets].map((cell, at) => `地块${at + 1},"${cell}",DST`);
    const answer = await diagnoseBytes(['地块名称,边界坐标,阶段', ...rows].join('\n'), 'a.csv');
    expect(answer.rows.map(({ name, attributes }) => [name, attributes['阶段']])).toEqual([
      ['地块1', 'DST'],
      ['地块2', 'DST'],
      ['地块3', 'DST'],
    ]);
    expect(areas(answer)).toEqual([10_271, 10_271, 10_271]);
    expect(answer.errorCount).toBe(0);
  });

  it('that are none are named by their line in the sheet', async () => {
    const cells = DEGREES.map(pair => pair.join(','));
    const rows = [['界址点'], null, ['点号', '坐标'], ...[...cells, '116.3;?'].map((cell, at) => [`J${at}`, cell])];
    const answer = await diagnoseBytes(workbookOf([{ name: '一', rows }]), 'a.xlsx');
    const broken = answer.findings.find(({ code }) => code === 'line-unreadable');
    expect([areas(answer), broken?.params?.['line'], broken?.severity]).toEqual([[10_271], 8, 'error']);
  });

  it.each([
    ['brackets', `1${')'.repeat(60_000)}x`],
    ['blanks', `1${' '.repeat(60_000)}x`],
    ['commas', `1${','.repeat(60_000)}x`],
  ])('are looked for in %s without end in no time', async (_kind, cell) => {
    const text = `点号,坐标\n${Array.from({ length: 20 }, (_unused, at) => `J${at},"${cell}"`).join('\n')}`;
    expect((await diagnoseBytes(text, 'a.csv')).codes).toEqual(['table-without-coordinates']);
  });
});

describe('outlines as well-known binary in hexadecimal digits', () => {
  const outline = (west: number) => {
    const ring = DEGREES.map(([lng, lat]) => [lng + west, lat] as [number, number]);
    return { type: 'Polygon' as const, coordinates: [[...ring, ring[0] as [number, number]]] };
  };
  const hex = (west: number, srid?: number): string => Buffer.from(encodeWkb(outline(west), srid)).toString('hex');

  it('are read as databases write them, in the system that they name', async () => {
    const rows = [hex(0, 4490), `\\x${hex(0.01, 4490).toUpperCase()}`, `0x${hex(0.02, 4490)}`, ''];
    const answer = await diagnoseBytes(
      ['name,the_geom', ...rows.map((cell, at) => `${at},${cell}`)].join('\n'),
      'a.csv',
    );
    expect([answer.crs.used, areas(answer), answer.fields]).toEqual(['EPSG:4490', [10_271, 10_271, 10_271], ['name']]);
    expect(answer.codes).toEqual(['row-without-outline', 'offset-unknown']);
  });

  it('are found out where they name none', async () => {
    const answer = await diagnoseBytes(`id,geom\n1,${hex(0)}`, 'a.csv');
    expect([answer.errorCount, areas(answer)]).toEqual([0, [10_271]]);
  });

  it('that end too early, hold points, or are in two systems are told', async () => {
    const point = Buffer.from(encodeWkb({ type: 'Point', coordinates: [116.3, 33.8] })).toString('hex');
    const rows = [hex(0, 4490), hex(0.01, 4326), hex(0.02).slice(0, -8), `${hex(0.03)}0`, point];
    const answer = await diagnoseBytes(['id,geom', ...rows.map((cell, at) => `${at},${cell}`)].join('\n'), 'a.csv');
    const told = answer.findings.map(({ code, row }) => [code, row]);
    expect(told).toContainEqual(['systems-mixed', undefined]);
    expect(told).toContainEqual(['geometry-unreadable', 3]);
    expect(told).toContainEqual(['geometry-unreadable', 4]);
    expect(told).toContainEqual(['geometry-not-polygonal', 5]);
  });

  it('are not what numbers of documents look like', async () => {
    const points = METRES.map(([x, y], at) => `0000000003000${at}21,${x},${y}`);
    const answer = await diagnoseBytes(['文号,X,Y', ...points].join('\n'), 'a.csv');
    expect([answer.errorCount, areas(answer)]).toEqual([0, [9_999]]);
  });
});

describe('thousands between commas', () => {
  const grouped = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 3 });
  const HEAD = '[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=39\n[地块坐标]\n';

  it.each([
    ['a table', 'a.csv', ['点号,X,Y', ...METRES.map(([x, y], at) => `J${at},"${grouped(x)}","${grouped(y)}"`)]],
    ['a table of tabs', 'a.csv', ['点号\tX\tY', ...METRES.map(([x, y], at) => `J${at}\t${grouped(x)}\t${grouped(y)}`)]],
    [
      'boundary points in quotation marks',
      'a.txt',
      [
        `${HEAD}4,"9,999.2平方米",1,"甲,乙",面,,,,@`,
        ...METRES.map(([x, y], at) => `J${at},1,"${grouped(x)}","${grouped(y)}"`),
      ],
    ],
    [
      'boundary points without them',
      'a.txt',
      [`${HEAD}4,1,1,甲,面,,,,@`, ...METRES.map(([x, y], at) => `J${at},1,${grouped(x)},${grouped(y)}`)],
    ],
    [
      'boundary points without rings',
      'a.txt',
      [`${HEAD}4,1,1,甲,面,,,,@`, ...METRES.map(([x, y], at) => `J${at},${grouped(x)},${grouped(y)}`)],
    ],
  ])('are read in %s', async (_kind, name, lines) => {
    const answer = await diagnoseBytes(lines.join('\n'), name);
    expect([answer.errorCount, areas(answer)]).toEqual([0, [9_999]]);
    if (name === 'a.txt') expect(answer.rows[0]?.declaredAreaM2).toBeGreaterThan(9_999);
  });
});
