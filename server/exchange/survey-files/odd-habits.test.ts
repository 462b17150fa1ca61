// Habits of programs and of people that are met in files now and then: read, or answered with what it is.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../test/survey/diagnosing.ts';
import { zipOf } from '../../../test/survey/zip-of.ts';

const [X, Y] = [3751508.5, 39438683.5];
const SQUARE = [
  [X, Y],
  [X + 100, Y],
  [X + 100, Y + 100],
  [X, Y + 100],
] as const;
const HEAD = '[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=39\n[地块坐标]\n';
const PLOT = '4,1.0,1,甲地块,面,,,,@\n';
const POINTS = SQUARE.map(([x, y], at) => `J${at + 1},1,${x},${y}\n`).join('');
const ROWS = SQUARE.map(([x, y], at) => `J${at + 1},${x},${y}\n`).join('');
const TABLE = `点号,X,Y\n${ROWS}`;
const MARK = Buffer.of(0xef, 0xbb, 0xbf);
const RING = [
  [116.3, 33.8],
  [116.31, 33.8],
  [116.31, 33.81],
  [116.3, 33.8],
];
const feature = (eastward = 0) => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [RING.map(([lng = 0, lat = 0]) => [lng + eastward, lat])] },
});
const placemark = (coordinates: string, name = 'a'): string =>
  `<Placemark><name>${name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>${coordinates}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`;
const kml = (inner: string): string =>
  `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inner}</Document></kml>`;
const PLACES = '116.3,33.8 116.31,33.8 116.31,33.81 116.3,33.8';
const areasOf = ({ rows }: Awaited<ReturnType<typeof diagnoseBytes>>): number[] =>
  rows.map(({ planeAreaM2, areaM2 }) => Math.round(planeAreaM2 ?? areaM2));

describe('texts', () => {
  it.each([
    [
      'the mark of UTF-8 before GBK',
      Buffer.concat([MARK, iconv.encode(HEAD + PLOT + POINTS, 'gbk')]),
      'encoding-mark-wrong',
    ],
    ['zeros after the end', Buffer.concat([Buffer.from(HEAD + PLOT + POINTS), Buffer.alloc(512)]), undefined],
    [
      'numbers that begin anew in a ring of the same number',
      `${HEAD}8,0.99,1,甲地块,面,,,,@\n${POINTS}${[
        [20, 20],
        [30, 20],
        [30, 30],
        [20, 30],
      ]
        .map(([n = 0, e = 0], at) => `J${at + 1},1,${X + n},${Y + e}\n`)
        .join('')}`,
      'ring-restarts',
    ],
  ])('with %s', async (_habit, content, code) => {
    const answer = await diagnoseBytes(content, 'a.txt');
    expect([answer.errorCount, answer.rows.map(({ name }) => name)]).toEqual([0, ['甲地块']]);
    expect(areasOf(answer)).toEqual([code === 'ring-restarts' ? 9_900 : 10_000]);
    if (code !== undefined) expect(answer.codes).toContain(code);
  });

  it('lose no point whose coordinates are none', async () => {
    const text = `${HEAD}${PLOT}${POINTS.split('\n').slice(0, 3).join('\n')}\nJ4,1,NaN,Infinity\n`;
    expect((await diagnoseBytes(text, 'a.txt')).findings.find(({ code }) => code === 'line-unreadable')).toMatchObject({
      severity: 'error',
      row: 1,
    });
  });

  it('in degrees of an older datum ask for its parameters', async () => {
    const text = `[属性描述]\n坐标系=80国家大地坐标系\n[地块坐标]\n3,,1,甲,面,,,,@\n1,1,33°50′10″,116°20′10″\n2,1,33°50′10″,116°20′20″\n3,1,33°50′20″,116°20′20″\n`;
    const answer = await diagnoseBytes(text, 'a.txt');
    expect([answer.codes.includes('datum-needs-parameters'), answer.rows]).toEqual([true, []]);
  });
});

describe('tables', () => {
  it.each([
    ['decimal commas', TABLE.replaceAll(',', ';').replaceAll('.', ',')],
    [
      'a separator that stands twice in no line',
      'id;WKT\n1;POLYGON Z ((39438683.5 3751508.5 1,39438783.5 3751508.5 1,39438783.5 3751608.5 1,39438683.5 3751608.5 1,39438683.5 3751508.5 1))\n',
    ],
    ['numbers kept as text', TABLE.replace(/(\d{7,8}\.5)/g, '="$1"')],
    ['numbers after an apostrophe', TABLE.replace(/(\d{7,8}\.5)/g, "'$1")],
    ['units in a row of their own', TABLE.replace('Y\n', 'Y\n,(m),(m)\n')],
    ['totals', `${TABLE}合计,4,\n`],
    ['totals of the coordinates as well', `${TABLE}合计,15006234,157754934\n`],
  ])('with %s', async (_habit, text) => {
    const answer = await diagnoseBytes(text, 'a.csv');
    expect(answer.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(areasOf(answer).map(area => Math.round(area / 10))).toEqual([1_000]);
  });

  it('name plots in rows above them', async () => {
    const text = `地块：甲,,\n${TABLE}地块：乙,,\n点号,X,Y\n${ROWS.replaceAll('39438', '39439')}`;
    expect((await diagnoseBytes(text, 'a.csv')).rows.map(({ name }) => name)).toEqual(['甲', '乙']);
  });

  it('of outlines tell points and curves from what cannot be read, and systems that differ', async () => {
    const rows = [
      '1,"POLYGON((116.3 33.8,116.31 33.8,116.31 33.81,116.3 33.8))"',
      '2,"POINT(116.3 33.8)"',
      '3,"CURVEPOLYGON((1 2))"',
    ];
    const answer = await diagnoseBytes(['id,WKT', ...rows].join('\n'), 'a.csv');
    expect([answer.errorCount, answer.rows.length]).toEqual([0, 1]);
    expect(
      answer.findings.filter(({ code }) => code === 'geometry-not-polygonal').map(({ params }) => params?.['type']),
    ).toEqual(['POINT', 'CURVEPOLYGON']);
    const mixed = 'id,g\n1,"SRID=4547;POLYGON((1 2,3 4,5 7,1 2))"\n2,"SRID=4548;POLYGON((1 2,3 4,5 7,1 2))"\n';
    expect((await diagnoseBytes(mixed, 'b.csv')).findings.find(({ code }) => code === 'systems-mixed')).toMatchObject({
      severity: 'error',
      params: { systems: 'EPSG:4547, EPSG:4548' },
    });
  });

  it.each([
    ['X and Y changed', (n: number, e: number) => [Y + 300 + e, X + n], 'EPSG:4527'],
    ['another zone', (n: number, e: number) => [X + n, Y - 1_000_000 + e], 'EPSG:4526'],
  ] as const)('of which one plot has %s are read row by row, when somebody says so', async (_habit, second, crs) => {
    const rows = [
      ...SQUARE.map(([x, y]) => `甲,${x},${y}`),
      ...SQUARE.map(([x, y]) => `乙,${second(x - X, y - Y).join(',')}`),
    ];
    const text = ['地块,X,Y', ...rows].join('\n');
    const asked = await diagnoseBytes(text, 'a.csv');
    const finding = asked.findings.find(({ code }) => code === 'row-read-otherwise');
    expect([asked.rows, finding?.row, finding?.params?.['crs']]).toEqual([[], 2, crs]);
    const read = await diagnoseBytes(text, 'a.csv', { fixes: finding?.fix?.fixes ?? {} });
    expect([read.errorCount, areasOf(read)]).toEqual([0, [10_000, 10_000]]);
    expect(read.findings.find(({ code }) => code === 'row-read-by-itself')).toMatchObject({
      row: 2,
      severity: 'warning',
    });
    const [one, two] = read.rows.map(({ geometry }) => geometry.coordinates[0]?.[0]?.[0]?.[0] ?? 0) as [number, number];
    expect(Math.abs(one - two)).toBeLessThan(crs === 'EPSG:4527' ? 0.01 : 3.1);
  });
});

describe('files of the web', () => {
  it('are read as text sequences, also where a record has many lines', async () => {
    const text = [feature(), feature(0.1)].map(one => `\u001e${JSON.stringify(one, null, 1)}\n`).join('');
    expect((await diagnoseBytes(text, 'a.geojsons')).rows).toHaveLength(2);
  });

  it('say of systems that are only linked that they were not read', async () => {
    const text = JSON.stringify({ ...feature(), crs: { type: 'link', properties: { href: 'a.prj' } } });
    expect((await diagnoseBytes(text, 'a.geojson')).codes).toContain('geojson-crs-unread');
  });

  it('may be KML with blanks after commas, in GBK without a word of it, with links beside, or several in an archive', async () => {
    const spaced = await diagnoseBytes(kml(placemark(PLACES.replaceAll(',', ', '))), 'a.kml');
    const plain = await diagnoseBytes(kml(placemark(PLACES)), 'b.kml');
    expect(spaced.rows[0]?.geometry).toEqual(plain.rows[0]?.geometry);
    const gbk = await diagnoseBytes(iconv.encode(kml(placemark(PLACES, '北坡采场')), 'gbk'), 'c.kml');
    expect(gbk.rows[0]?.name).toBe('北坡采场');
    const linked = kml(`<NetworkLink><Link><href>b.kml</href></Link></NetworkLink>${placemark(PLACES)}`);
    expect((await diagnoseBytes(linked, 'd.kml')).codes).toContain('kml-links-left');
    const files = ['doc.kml', 'files/b.kml'].map(name => ({ name, content: kml(placemark(PLACES, name)) }));
    const several = await diagnoseBytes(zipOf(files), 'e.kmz');
    expect(several.findings.find(({ code }) => code === 'archive-many-files')?.params).toEqual({
      used: 'doc.kml',
      count: 2,
    });
  });

  it.each([
    ['json-not-geojson', 'a.json', '{"geometryType":"esriGeometryPolygon","features":[]}'],
    ['html-not-read', 'a.xls', '<html><table><tr><td>X</td></tr></table></html>'],
    ['xls-old', 'a.xls', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'],
    ['ods-not-read', 'a.ods', zipOf([{ name: 'content.xml', content: '<x/>' }])],
    [
      'document-not-read',
      'a.docx',
      zipOf([
        { name: '[Content_Types].xml', content: '<x/>' },
        { name: 'word/document.xml', content: '<x/>' },
      ]),
    ],
    ['xlsb-not-read', 'a.xlsx', zipOf([{ name: 'xl/workbook.bin', content: 'x' }])],
    ['gdb-not-read', 'a.zip', zipOf([{ name: 'a.gdb/a00000001.gdbtable', content: 'x' }])],
    ['mapinfo-not-read', 'a.zip', zipOf([{ name: 'a.tab', content: 'x' }])],
  ])('are told by what they are: %s', async (code, name, content) => {
    expect((await diagnoseBytes(content, name)).codes).toEqual([code]);
  });
});

describe('Shapefiles', () => {
  /** One square, in metres of zone 39. */
  function shp(): Buffer {
    const corners = [...SQUARE, SQUARE[0]].map(([x, y]) => [y, x] as const).toReversed();
    const record = Buffer.alloc(8 + 48 + 16 * corners.length);
    record.writeInt32BE(1, 0);
    record.writeInt32BE((record.length - 8) / 2, 4);
    for (const [at, value] of [
      [8, 5],
      [44, 1],
      [48, corners.length],
    ] as const)
      record.writeInt32LE(value, at);
    for (const [index, [x, y]] of corners.entries()) {
      record.writeDoubleLE(x, 56 + 16 * index);
      record.writeDoubleLE(y, 64 + 16 * index);
    }
    const head = Buffer.alloc(100);
    head.writeInt32BE(9994, 0);
    head.writeInt32BE((100 + record.length) / 2, 24);
    head.writeInt32LE(1000, 28);
    head.writeInt32LE(5, 32);
    return Buffer.concat([head, record]);
  }

  it('whose .prj cannot be read offer what the numbers say', async () => {
    const files = [
      { name: 'a.shp', content: shp() },
      { name: 'a.prj', content: 'no system at all' },
    ];
    const asked = await diagnoseBytes(zipOf(files), 'a.zip');
    const finding = asked.findings.find(({ code }) => code === 'crs-unreadable');
    expect([asked.rows, finding?.choices?.map(({ fixes }) => fixes)]).toEqual([[], [{ crs: 'EPSG:4527' }]]);
    const read = await diagnoseBytes(zipOf(files), 'a.zip', { fixes: { crs: 'EPSG:4527' } });
    expect(areasOf(read)).toEqual([10_000]);
  });

  it('leave out rows that are deleted in the table, and say so', async () => {
    const dbf = Buffer.alloc(32 + 32 + 1 + 6, 0x20);
    dbf.fill(0, 0, 65);
    dbf[0] = 3;
    dbf.writeUInt32LE(1, 4);
    dbf.writeUInt16LE(65, 8);
    dbf.writeUInt16LE(6, 10);
    dbf.write('NAME', 32, 'latin1');
    dbf.write('C', 43, 'latin1');
    dbf[48] = 5;
    dbf[64] = 0x0d;
    const files = [
      { name: 'a.shp', content: shp() },
      { name: 'a.dbf', content: dbf },
    ];
    expect((await diagnoseBytes(zipOf(files), 'a.zip')).rows).toHaveLength(1);
    dbf[65] = 0x2a;
    const answer = await diagnoseBytes(zipOf(files), 'a.zip');
    expect([answer.rows, answer.findings.find(({ code }) => code === 'rows-deleted')?.params]).toEqual([
      [],
      { count: 1 },
    ]);
  });
});
