import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

const HEAD = [
  '[属性描述]',
  '格式版本号=1.01',
  '坐标系=2000国家大地坐标系',
  '几度分带=3',
  '投影类型=高斯克吕格',
  '计量单位=米',
  '带号=39',
  '精度=0.001',
  '转换参数=,,,,,,',
  '[地块坐标]',
];
const SQUARE = [
  [3751508.512, 39438683.652],
  [3751508.512, 39438783.652],
  [3751608.512, 39438783.652],
  [3751608.512, 39438683.652],
] as const;
const points = (ring = 1, prefix = 'J', from: readonly (readonly [number, number])[] = SQUARE): string[] =>
  [...from, from[0] as readonly [number, number]].map(
    ([x, y], i) => `${prefix}${(i % from.length) + 1},${ring},${x},${y}`,
  );
const file = (lines: readonly string[], head: readonly string[] = HEAD): string => [...head, ...lines].join('\r\n');
const PLOT = '5,1.0,01,东采区,面,I50,采矿,0602,@';

describe('界址点 text', () => {
  it('reads a file as the standard has it: one hectare, no complaint', async () => {
    const answer = await diagnoseBytes(iconv.encode(file([PLOT, ...points()]), 'gbk'), 'a.txt');
    expect(answer).toMatchObject({ format: 'boundary-points', encoding: 'GBK', errorCount: 0, readyCount: 1 });
    expect(answer.crs).toMatchObject({ detected: 'EPSG:4527', used: 'EPSG:4527' });
    expect(answer.codes).toEqual([]);
    const [row] = answer.rows;
    expect(row?.name).toBe('东采区');
    expect(row?.attributes['地类编码']).toBe('0602');
    expect(row?.planeAreaM2).toBeCloseTo(10_000, 2);
    expect(row?.geometry.coordinates[0]?.[0]?.[0]?.[0]).toBeCloseTo(116.337, 2);
  });

  it('flags the example whose declared zone contradicts the prefix, and reads it once that is confirmed', async () => {
    const head = HEAD.map(line => (line.startsWith('带号') ? '带号=38' : line));
    const asked = await diagnoseBytes(file([PLOT, ...points()], head), 'a.txt');
    const finding = asked.findings.find(({ code }) => code === 'zone-mismatch');
    expect(finding).toMatchObject({ severity: 'error', params: { declared: 38, detected: 39 } });
    expect(finding?.fix?.fixes).toMatchObject({ crs: 'EPSG:4527' });
    const confirmed = await diagnoseBytes(file([PLOT, ...points()], head), 'a.txt', {
      fixes: finding?.fix?.fixes ?? {},
    });
    expect(confirmed).toMatchObject({ errorCount: 0, readyCount: 1 });
  });

  it.each([
    ['8 fields and blanks', ['5,1.0,01, , , ,0602,@', ...points()], []],
    ['the unit at the area', ['5,1.0000公顷,01,x,面,,,,@', ...points()], []],
    ['mu at the area', ['5,15亩,01,x,面,,,,@', ...points()], []],
    ['numbers instead of J', [PLOT, ...points(1, '')], []],
    ['no closing point', ['4,1.0,01,x,面,,,,@', ...points().slice(0, 4)], ['closed-ring']],
    ['a closing point that is not counted', ['4,1.0,01,x,面,,,,@', ...points()], []],
    ['another count', ['9,1.0,01,x,面,,,,@', ...points()], ['point-count-differs']],
    ['full-width signs', ['5，1．0，01，x，面，，，，＠', ...points()], ['full-width-characters']],
    ['no @', ['5,1.0,01,x,面,,,,', ...points()], ['plot-head-without-at']],
    ['no ring numbers', [PLOT, ...points().map(line => line.replace(',1,', ','))], ['ring-number-missing']],
    [
      'a ring closed with X twice',
      [PLOT, ...points().slice(0, 4), 'J1,1,3751508.512,3751508.512'],
      ['closing-point-broken'],
    ],
    ['heights', [PLOT, ...points().map(line => `${line},1500.2`)], []],
    ['a zone number that is the width', [PLOT, ...points()], ['zone-is-width'], '带号=3'],
    ['no zone', [PLOT, ...points()], [], '带号='],
  ])('reads %s', async (_name, lines, codes, zone?: string) => {
    const head = zone === undefined ? HEAD : HEAD.map(line => (line.startsWith('带号') ? zone : line));
    const answer = await diagnoseBytes(file(lines, head), 'a.txt');
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]?.planeAreaM2).toBeCloseTo(10_000, 2);
    expect(answer.codes).toEqual(codes);
  });

  it('puts rings together by how they lie, whatever their numbers', async () => {
    const inner = SQUARE.map(([x, y]) => [x + (x > 3751550 ? -30 : 30), y + (y > 39438700 ? -30 : 30)] as const);
    const answer = await diagnoseBytes(file(['10,0.84,01,x,面,,,,@', ...points(2, 'K', inner), ...points(1)]), 'a.txt');
    expect(answer.rows[0]?.geometry.coordinates).toHaveLength(1);
    expect(answer.rows[0]?.geometry.coordinates[0]).toHaveLength(2);
    expect(answer.rows[0]?.planeAreaM2).toBeCloseTo(8_400, 1);
    expect(answer.codes.filter(code => code !== 'rewound-ring')).toEqual([]);
  });

  it('reads a file without its headings', async () => {
    const answer = await diagnoseBytes(file([PLOT, ...points(), PLOT, ...points()], ['  [属性描述]']), 'a.txt');
    expect(answer.rowCount).toBe(2);
    expect(answer.codes).toContain('row-twice');
  });

  it('names the points of a crossing, offers the repair, and takes it', async () => {
    const [a, b, c, d] = SQUARE;
    const bow = ['4,1.0,01,x,面,,,,@', ...points(1, 'J', [a, c, b, d] as never)];
    const asked = await diagnoseBytes(file(bow), 'a.txt');
    const crossing = asked.findings.find(({ code }) => code === 'ring-crosses-itself');
    expect(crossing?.point).toBe('J1–J2 × J3–J4');
    expect(crossing?.fix?.fixes).toEqual({ repair: true });
    expect(asked.readyCount).toBe(0);
    const repaired = await diagnoseBytes(file(bow), 'a.txt', { fixes: { repair: true, acceptAreas: true } });
    expect(repaired).toMatchObject({ errorCount: 0, readyCount: 1 });
    expect(repaired.areaM2).toBeGreaterThan(4_900);
  });

  it('names doubled, missing and gaping points', async () => {
    const lines = points();
    const twice = [PLOT, ...lines.slice(0, 2), 'J2b,1,3751508.512,39438783.652', ...lines.slice(2)];
    expect((await diagnoseBytes(file(twice), 'a.txt')).findings.find(({ code }) => code === 'point-twice')?.point).toBe(
      'J2 = J2b',
    );
    const missing = [PLOT, ...lines.map(line => line.replace('J3', 'J5').replace('J4', 'J6'))];
    const finding = (await diagnoseBytes(file(missing), 'a.txt')).findings.find(
      ({ code }) => code === 'point-numbers-missing',
    );
    expect(finding).toMatchObject({ point: 'J2–J5', params: { count: 2 } });
    const gap = [PLOT, ...lines.slice(0, 4), 'J5,1,3751508.712,39438683.652'];
    const asked = await diagnoseBytes(file(gap), 'a.txt');
    expect(asked.findings.find(({ code }) => code === 'closing-gap')?.params).toEqual({ gapM: 0.2 });
    expect((await diagnoseBytes(file(gap), 'a.txt', { fixes: { closeGaps: true } })).codes).toEqual([
      'closing-gap-closed',
    ]);
  });

  it.each([
    [15, 10_000 / 15],
    [10_000, 1],
    [0.01, 1_000_000],
  ])('sees that an area of %f was not meant in hectares', async (area, unitM2) => {
    const answer = await diagnoseBytes(file([`5,${area},01,x,面,,,,@`, ...points()]), 'a.txt');
    const finding = answer.findings.find(({ code }) => code === 'area-unit-differs');
    expect(finding?.severity).toBe('error');
    expect(finding?.fix?.fixes['areaUnitM2']).toBeCloseTo(unitM2, 6);
    const fixed = await diagnoseBytes(file([`5,${area},01,x,面,,,,@`, ...points()]), 'a.txt', {
      fixes: finding?.fix?.fixes ?? {},
    });
    expect(fixed.codes).toEqual([]);
  });

  it('says half a percent, and forbids five', async () => {
    const small = await diagnoseBytes(file(['5,1.01,01,x,面,,,,@', ...points()]), 'a.txt');
    expect(small.findings.map(({ code, severity }) => [code, severity])).toEqual([['area-differs', 'warning']]);
    const large = await diagnoseBytes(file(['5,1.2,01,x,面,,,,@', ...points()]), 'a.txt');
    expect(large.findings.map(({ code, severity }) => [code, severity])).toEqual([['area-differs', 'error']]);
  });

  it('wants parameters for older datums, and takes them', async () => {
    const head = HEAD.map(line => (line.startsWith('坐标系') ? '坐标系=1980西安坐标系' : line));
    const asked = await diagnoseBytes(file([PLOT, ...points()], head), 'a.txt');
    expect(asked.codes).toContain('datum-needs-parameters');
    expect(asked.readyCount).toBe(0);
    const given = await diagnoseBytes(file([PLOT, ...points()], head), 'a.txt', { fixes: { towgs84: [10, -20, 30] } });
    expect(given.crs.used).toBe('EPSG:2363');
    expect(given.readyCount).toBe(1);
  });

  it.each([
    ['ideographic commas', points().map(line => line.replaceAll(',', '、'))],
    ['semicolons', points().map(line => line.replaceAll(',', ';'))],
    ['a remark below the plot', [...points(), '制表：张三  2025年']],
  ])('reads points with %s', async (_name, lines) => {
    const answer = await diagnoseBytes(file([PLOT, ...lines]), 'a.txt');
    expect(answer.errorCount).toBe(0);
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual([10_000]);
  });

  it('shows where a point number stands twice, and where numbers are left out', async () => {
    const lines = points().map(line => line.replace('J3', 'J2').replace('J4', 'J9'));
    const { findings } = await diagnoseBytes(file([PLOT, ...lines]), 'a.txt');
    const placeOf = (code: string) =>
      findings.find(one => one.code === code)?.position?.map(value => Number(value.toFixed(5)));
    const [twice, missing] = [placeOf('point-name-twice'), placeOf('point-numbers-missing')];
    expect(twice?.[1]).toBe(missing?.[1]);
    expect(twice?.[0]).toBeGreaterThan(missing?.[0] ?? Infinity);
  });

  it('calls a line an error that was meant to be a point', async () => {
    const answer = await diagnoseBytes(file([PLOT, ...points(), 'J5,1,3751508.512,394x8683']), 'a.txt');
    expect(answer.findings).toContainEqual(expect.objectContaining({ code: 'line-unreadable', severity: 'error' }));
  });

  const moved = (north: number, east: number, size: number) =>
    SQUARE.map(([x, y]): [number, number] => [
      SQUARE[0][0] + north + ((x - SQUARE[0][0]) * size) / 100,
      SQUARE[0][1] + east + ((y - SQUARE[0][1]) * size) / 100,
    ]);
  it.each([
    ['a hole below zero', points(-1, 'J', moved(20, 20, 20)), 9_600],
    ['a hole of the same number', points(1, 'J', moved(20, 20, 20)), 9_600],
    ['a part of the same number', points(1, 'J', moved(200, 200, 50)), 12_500],
  ])('takes rings apart: %s', async (_name, ring, areaM2) => {
    const head = PLOT.replace('5,1.0', `10,${areaM2 / 10_000}`);
    const answer = await diagnoseBytes(file([head, ...points(), ...ring]), 'a.txt');
    expect(answer.codes.filter(code => code !== 'closed-ring' && code !== 'rewound-ring')).toEqual([]);
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual([areaM2]);
  });

  it('hears a zone that is written out, and says that there are no areas where there are only lines', async () => {
    const declared = HEAD.map(line => line.replace('带号=39', '带号=第38带'));
    expect((await diagnoseBytes(file([PLOT, ...points()], declared), 'a.txt')).codes).toContain('zone-mismatch');
    const lines = await diagnoseBytes(file([PLOT.replace('面', '线'), ...points()]), 'a.txt');
    expect(lines.codes).toEqual(['no-rows', 'plot-not-area']);
  });

  it('tells mixed encodings apart line by line', async () => {
    const mixed = Buffer.concat([
      iconv.encode(`${HEAD.join('\r\n')}\r\n`, 'gbk'),
      Buffer.from(file([PLOT, ...points()], []), 'utf8'),
    ]);
    const answer = await diagnoseBytes(mixed, 'a.txt');
    expect(answer.codes).toContain('encoding-mixed');
    expect(answer.rows[0]?.name).toBe('东采区');
  });
});
