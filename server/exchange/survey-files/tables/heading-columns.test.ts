import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

const SQUARE = [
  [0, 0],
  [0, 100],
  [100, 100],
  [100, 0],
] as const;
const lines = (head: readonly string[], row: (n: number, e: number, at: number) => string): string =>
  [...head, ...SQUARE.map(([n, e], at) => row(n, e, at))].join('\n');

describe('headings of tables', () => {
  it('that stand twice leave no column out without a word', async () => {
    const text = lines(['点号,X,Y,备注,备注'], (n, e, at) => `${at + 1},${3751508 + n},${39438683 + e},甲,乙`);
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.fields).toEqual(['备注', '备注_2']);
    expect(answer.rows[0]?.attributes).toEqual({ 备注: '甲', 备注_2: '乙' });
    const told = answer.findings.find(({ code }) => code === 'column-name-twice');
    expect(told?.params).toEqual({ name: '备注', taken: 'D', left: 'E' });
    const wkt = 'WKT,阶段,阶段\n"POLYGON((116.3 33.8,116.31 33.8,116.31 33.81,116.3 33.8))",REV,CMP';
    expect((await diagnoseBytes(wkt, 'b.csv')).rows[0]?.attributes).toEqual({ 阶段: 'REV', 阶段_2: 'CMP' });
  });

  it('give coordinates in two systems side by side: those of CGCS2000 are taken, wherever they stand', async () => {
    const text = lines(
      ['点号,1980西安坐标系,,2000国家大地坐标系,', ',X,Y,X,Y'],
      (n, e, at) => `${at + 1},${3751513 + n},${39438570 + e},${3751508 + n},${39438683 + e}`,
    );
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.findings.filter(({ code }) => code === 'coordinates-twice').map(({ params }) => params)).toEqual([
      { name: 'X', taken: 'D', left: 'B' },
      { name: 'Y', taken: 'E', left: 'C' },
    ]);
    expect(answer.rows).toHaveLength(1);
    const alone = await diagnoseBytes(
      lines(['点号,X,Y'], (n, e, at) => `${at + 1},${3751508 + n},${39438683 + e}`),
      'b.csv',
    );
    expect(answer.rows[0]?.geometry).toEqual(alone.rows[0]?.geometry);
  });

  it('may have three rows, with cells that reach over several of them', async () => {
    const text = lines(
      ['拐点坐标一览表,,,,', '点号,坐标(m),,面积,备注', ',X,Y,（公顷）,'],
      (n, e, at) => `J${at + 1},${3751508 + n},${39438683 + e},${at === 0 ? 1 : ''},`,
    );
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.rows[0]?.declaredAreaM2).toBe(10_000);
    expect(answer.fields).toEqual(['备注']);
    expect(answer.codes).not.toContain('area-differs');
  });

  it.each(['1980西安坐标系 3度带39带', '西安80坐标系', '1954年北京坐标系（39带）'])(
    'of an older datum ask for its parameters: %s',
    async title => {
      const row = (n: number, e: number, at: number): string => `${at + 1},${3751508 + n},${39438683 + e}`;
      const answer = await diagnoseBytes(lines([title, '点号,X,Y'], row), 'a.csv');
      expect(answer.codes).toContain('datum-needs-parameters');
      expect(answer.rows).toEqual([]);
      const converted = await diagnoseBytes(lines([`由${title}转换为2000国家大地坐标系`, '点号,X,Y'], row), 'a.csv');
      expect(converted.rows).toHaveLength(1);
    },
  );

  it('that name a web map forbid to store its offset', async () => {
    const text = lines(['高德坐标', '点号,经度,纬度'], (n, e, at) => `${at + 1},${116.3 + e / 1e5},${33.8 + n / 1e5}`);
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.findings.find(({ code }) => code === 'offset-declared')?.params).toEqual({ datum: 'GCJ-02' });
  });
});

describe('degrees, minutes and seconds run together', () => {
  const LICENCE = [
    {
      type: 'MultiPolygon' as const,
      coordinates: [
        [
          [
            [120.5, 30.5],
            [120.6, 30.5],
            [120.6, 30.6],
            [120.5, 30.6],
            [120.5, 30.5],
          ] as [number, number][],
        ],
      ],
    },
  ];
  const rows = ['1203045.67,303145.5', '1203055.67,303145.5', '1203055.67,303155.5', '1203045.67,303155.5'];

  it('are known where the headings say degrees, and where the mine lies', async () => {
    const headed = await diagnoseBytes(['经度,纬度', ...rows].join('\n'), 'a.csv');
    const placed = await diagnoseBytes(['X,Y', ...rows].join('\n'), 'a.csv', { licence: LICENCE });
    for (const answer of [headed, placed]) {
      expect(answer.notation).toBe('run-dms');
      const [lng = 0, lat = 0] = answer.rows[0]?.geometry.coordinates[0]?.[0]?.[0] ?? [];
      expect(lng).toBeCloseTo(120 + 30 / 60 + 45.67 / 3600, 8);
      expect(lat).toBeCloseTo(30 + 31 / 60 + 45.5 / 3600, 8);
    }
  });

  it('are asked about where they may be metres as well', async () => {
    const asked = await diagnoseBytes(['X,Y', ...rows].join('\n'), 'a.csv');
    const finding = asked.findings.find(({ code }) => code === 'may-be-run-dms');
    expect(asked.rows).toEqual([]);
    const [run, meridian] = finding?.choices ?? [];
    expect((await diagnoseBytes(['X,Y', ...rows].join('\n'), 'a.csv', { fixes: run?.fixes ?? {} })).notation).toBe(
      'run-dms',
    );
    expect(meridian?.fixes).toEqual({ crs: 'EPSG:4534' });
  });

  it('are not what has sixty minutes or seconds', async () => {
    const text = ['经度,纬度', '1206045.67,303145.5', ...rows.slice(1)].join('\n');
    expect((await diagnoseBytes(text, 'a.csv')).notation).not.toBe('run-dms');
  });
});
