// Files as surveyors bring them: what is meant is read, what is doubtful is asked, in both languages.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../test/survey/diagnosing.ts';
import { wordFinding } from '../diagnosis/wording/word-finding.ts';

type Corner = readonly [x: number, y: number];
const SQUARE: readonly Corner[] = [
  [3751508.512, 39438683.652],
  [3751508.512, 39438783.652],
  [3751608.512, 39438783.652],
  [3751608.512, 39438683.652],
];
const HEAD = [
  '[属性描述]',
  '坐标系=2000国家大地坐标系',
  '几度分带=3',
  '计量单位=米',
  '带号=39',
  '精度=0.001',
  '[地块坐标]',
];
const PLOT = '5,1.0,01,东采区,面,I50,采矿,0602,@';
const NEXT = PLOT.replace('01', '02');
const points = (corners = SQUARE): string[] =>
  [...corners, corners[0] as Corner].map(([x, y], i) => `J${(i % corners.length) + 1},1,${x},${y}`);
const east = (metres: number): Corner[] => SQUARE.map(([x, y]) => [x, y + metres]);
const file = (...lines: (string | readonly string[])[]): string => [...HEAD, ...lines.flat()].join('\r\n');
const csv = (...rows: (readonly unknown[])[]): string => rows.map(row => row.join(',')).join('\n');
const areas = ({ rows }: Awaited<ReturnType<typeof diagnoseBytes>>): number[] =>
  rows.map(({ planeAreaM2 = 0 }) => Math.round(planeAreaM2));

describe('界址点 files of other hands', () => {
  it('may hold several parts with the same head, and not with another zone', async () => {
    const again = await diagnoseBytes(file(PLOT, points(), HEAD, NEXT, points(east(200))), 'a.txt');
    expect([again.codes, areas(again)]).toEqual([[], [10_000, 10_000]]);
    const other = HEAD.map(line => line.replace('带号=39', '带号=38'));
    const differs = await diagnoseBytes(file(PLOT, points(), other, NEXT, points(east(200))), 'a.txt');
    const finding = differs.findings.find(({ code }) => code === 'header-differs');
    expect(finding).toMatchObject({ severity: 'error', params: { line: 18, name: '带号', first: '39', value: '38' } });
  });

  it('may write degrees, minutes and seconds where the coordinates stand', async () => {
    const signs = ['33°52′54.2″,116º20′14.5″', '33°52′54.2″,116º20′18.5″', `33°52'58.2",116º20'18.5"`];
    const answer = await diagnoseBytes(
      file('3,,01,东采区,面,,,,@', ...signs.map((pair, i) => `J${i + 1},1,${pair}`)),
      'a',
    );
    expect(answer).toMatchObject({ errorCount: 0, order: 'lat-lng', notation: 'degrees', readyCount: 1 });
    expect(answer.box?.[0]).toBeCloseTo(116 + 20 / 60 + 14.5 / 3600, 9);
  });

  it('name points that are at one place, also where the closing point is written twice', async () => {
    const twice = await diagnoseBytes(file(PLOT, points(), 'J1,1,3751508.512,39438683.652'), 'a.txt');
    expect(twice.findings).toMatchObject([{ code: 'point-twice', severity: 'warning', row: 1, point: 'J1 = J1' }]);
    const [first, second, ...rest] = points();
    const near = [PLOT, first, second, 'J2a,1,3751508.51201,39438783.65201', ...rest] as string[];
    const answer = await diagnoseBytes(file(near), 'a.txt');
    expect(answer.findings).toMatchObject([{ code: 'point-twice', point: 'J2 = J2a' }]);
    expect(answer.findings[0]?.position).toBeDefined();
  });

  it('lose no plot by a field that has moved in its head: that is an error, with the way out', async () => {
    const moved = file(PLOT, points(), '5,1.0,02,西采区，二期,面,,,,@', points(east(200)));
    const asked = await diagnoseBytes(moved, 'a.txt');
    const finding = asked.findings.find(({ code }) => code === 'plot-kind-unknown');
    expect(finding).toMatchObject({ severity: 'error', row: 2, params: { kind: '二期', line: 14 } });
    expect(asked.faults.errors).toEqual([2, 0]);
    const read = await diagnoseBytes(moved, 'a.txt', { fixes: { takeAreas: true } });
    expect([read.errorCount, areas(read)]).toEqual([0, [10_000, 10_000]]);
  });

  it('are read field by field where one line is in two encodings, and what is lost for good is an error of its plot', async () => {
    const bytes = (...parts: Buffer[]): Buffer =>
      Buffer.concat([
        iconv.encode(`${file(PLOT, points())}\r\n`, 'gbk'),
        ...parts,
        Buffer.from(points(east(200)).join('\n')),
      ]);
    const tail = iconv.encode(',面,,采矿,,@\r\n', 'gbk');
    const mixed = await diagnoseBytes(bytes(Buffer.from('5,1.0,02,西采区'), tail), 'a.txt');
    expect(mixed.codes).toEqual(['encoding-mixed']);
    expect(mixed.rows.map(({ name }) => name)).toEqual(['东采区', '西采区']);
    const cut = bytes(Buffer.from('5,1.0,02,西采区').subarray(0, -2), tail);
    const damaged = await diagnoseBytes(cut, 'a.txt');
    const lost = damaged.findings.find(({ code }) => code === 'line-damaged');
    expect(lost).toMatchObject({ severity: 'error', row: 2, params: { line: 14 } });
    expect(lost?.choices?.map(({ fixes }) => fixes)).toEqual([{ encoding: 'UTF-8' }, { encoding: 'GB18030' }]);
    const chosen = await diagnoseBytes(cut, 'a.txt', { fixes: { encoding: 'GB18030' } });
    expect(chosen.findings.find(({ code }) => code === 'line-damaged')?.severity).toBe('warning');
  });

  it('may hold a plot of two corners, which is left out when asked', async () => {
    const two = file('2,0,01,断线,面,,,,@', points().slice(0, 2), NEXT, points(east(200)));
    const asked = await diagnoseBytes(two, 'a.txt');
    const finding = asked.findings.find(({ code }) => code === 'ring-too-short');
    expect(finding).toMatchObject({ severity: 'error', row: 1, fix: { code: 'leave-out', fixes: { leaveOut: true } } });
    expect(asked.broken).toEqual([[1, 2]]);
    expect(asked.crs.name?.zh).toContain('2000国家大地坐标系');
    expect(wordFinding(finding!).fix?.label).toEqual({ en: 'Leave out such rows', zh: '略过这类行' });
    const left = await diagnoseBytes(two, 'a.txt', { fixes: { leaveOut: true } });
    expect(left).toMatchObject({ errorCount: 0, readyCount: 1, unready: [1] });
    expect(left.findings).toContainEqual({ code: 'row-left-out', severity: 'warning', row: 1 });
  });

  it('may be in kilometres without a word of it: asked, and read', async () => {
    const km = file(PLOT, points(SQUARE.map(([x, y]) => [x / 1_000, y / 1_000])));
    const asked = await diagnoseBytes(km, 'a.txt');
    expect(asked.findings).toMatchObject([{ code: 'coordinates-in-kilometres', fix: { fixes: { unitM: 1_000 } } }]);
    const read = await diagnoseBytes(km, 'a.txt', { fixes: { unitM: 1_000 } });
    expect([read.crs.used, read.errorCount, areas(read)]).toEqual(['EPSG:4527', 0, [10_000]]);
  });
});

describe('tables of other hands', () => {
  const outline = (west: number): string =>
    JSON.stringify({
      geodesic: false,
      type: 'Polygon',
      coordinates: [
        [
          [west, 36],
          [west + 0.001, 36],
          [west + 0.001, 36.001],
          [west, 36],
        ],
      ],
    });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('may hold outlines as GeoJSON in a column', async () => {
    const rows = [
      ['a', quoted(outline(101))],
      ['b', quoted(outline(102))],
      ['c', ''],
      ['d', quoted('{"type":"Polygon","coordinates":[[1')],
    ];
    const answer = await diagnoseBytes(csv(['name', '.geo'], ...rows), 'a.csv');
    expect(answer).toMatchObject({ rowCount: 4, readyCount: 2, crs: { used: 'EPSG:4326' }, fields: ['name'] });
    expect(answer.findings.map(({ code, severity, row }) => [code, severity, row])).toEqual([
      ['geometry-unreadable', 'error', 4],
      ['row-without-outline', 'warning', 3],
      ['row-without-outline', 'warning', 4],
      ['offset-unknown', 'info', undefined],
    ]);
    expect(answer.rows[1]?.attributes).toEqual({ name: 'b' });
  });

  it('that have no coordinates say what was taken for them, and how they are written', async () => {
    const text = csv(['permit', 'bond', 'cost'], ...[1, 2, 3, 4].map(i => [`P${i}`, 132_480 * i, 918_230 + i]));
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.errorCount).toBe(1);
    const guessed = answer.findings.find(({ code }) => code === 'columns-guessed');
    expect(guessed?.params).toEqual({ columns: 'bond, cost' });
    const { message } = wordFinding(guessed!);
    expect([message.en, message.zh].every(words => words.includes('bond, cost') && words.includes('GeoJSON'))).toBe(
      true,
    );
  });

  it.each([
    ['units behind the numbers', csv(['点号', 'X', 'Y'], ...SQUARE.map(([x, y], i) => [`J${i}`, `${x}m`, `${y} 米`]))],
    [
      'full-width digits',
      csv(['点号', 'X', 'Y'], ...SQUARE.map(([x, y], i) => [`J${i}`, x, String(y).replaceAll('3', '３')])),
    ],
    [
      'row numbers before point numbers',
      csv(['序号', '界址点号', 'X', 'Y'], ...SQUARE.map(([x, y], i) => [i, `J${i}`, x, y])),
    ],
  ])('may have %s', async (_name, text) => {
    const answer = await diagnoseBytes(text, 'a.csv');
    expect([answer.errorCount, areas(answer)]).toEqual([0, [10_000]]);
  });

  it('may close an outline twice: no second plot, and the points are named', async () => {
    const [first] = SQUARE as [Corner];
    const answer = await diagnoseBytes(
      csv(['点号', 'X', 'Y'], ...[...SQUARE, first, first].map(([x, y], i) => [i + 1, x, y])),
      'a.csv',
    );
    expect(answer.rowCount).toBe(1);
    expect(answer.findings).toMatchObject([{ code: 'point-twice', row: 1, point: '5 = 6' }]);
  });

  it('name points without numbers by their place in the ring', async () => {
    const ring = [
      [101, 36],
      [101.001, 36],
      [101.001, 36],
      [101.001, 36.001],
      [101, 36],
    ];
    const answer = await diagnoseBytes(JSON.stringify({ type: 'Polygon', coordinates: [ring] }), 'a.geojson');
    expect(answer.findings).toContainEqual(
      expect.objectContaining({ code: 'point-twice', severity: 'info', point: '2 = 3' }),
    );
  });
});
