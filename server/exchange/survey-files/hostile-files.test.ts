// Files made to do harm, or broken beyond use: a finding each, within limits, and no row.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../test/survey/diagnosing.ts';
import { zipOf } from '../../../test/survey/zip-of.ts';

const shpOfManyPoints = (): Buffer => {
  const count = 200_000;
  const record = Buffer.alloc(8 + 48 + 16 * count);
  record.writeInt32BE(1, 0);
  record.writeInt32BE((record.length - 8) / 2, 4);
  record.writeInt32LE(5, 8);
  record.writeInt32LE(1, 44);
  record.writeInt32LE(count, 48);
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32LE(5, 32);
  return Buffer.concat([head, record]);
};

/** Noise, which does not pack, that says of itself that it unpacks to 550 MB. */
const zipOfDeclaredSize = (): Buffer => {
  const zip = zipOf([{ name: 'a.kml', content: randomBytes(3_000_000) }]);
  zip.writeUInt32LE(550_000_000, zip.lastIndexOf('PK\u0001\u0002', undefined, 'latin1') + 24);
  return zip;
};

describe('hostile files', () => {
  it.each([
    ['an empty file', '', 'a.txt', 'file-empty'],
    [
      'a ZIP that unpacks to a thousand times its size',
      zipOf([{ name: 'a.shp', content: Buffer.alloc(300_000_000) }]),
      'a.zip',
      'archive-too-large',
    ],
    ['a ZIP of more than a server can hold', zipOfDeclaredSize(), 'a.zip', 'archive-too-large-together'],
    [
      'a ZIP with a path out of itself',
      zipOf([{ name: '../../etc/a.shp', content: 'x' }]),
      'a.zip',
      'archive-path-unsafe',
    ],
    ['a ZIP with an absolute path', zipOf([{ name: 'C:\\a.shp', content: 'x' }]), 'a.zip', 'archive-path-unsafe'],
    [
      'a ZIP of too many files',
      zipOf(Array.from({ length: 1_500 }, (_u, i) => ({ name: `${i}.txt`, content: '' }))),
      'a.zip',
      'archive-too-many-entries',
    ],
    [
      'half of a ZIP',
      zipOf([{ name: 'a.shp', content: Buffer.alloc(1000, 7) }]).subarray(0, 60),
      'a.zip',
      'archive-damaged',
    ],
    [
      'KML with nested entities',
      `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">${Array.from({ length: 9 }, (_u, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]><kml>&a8;</kml>`,
      'a.kml',
      'xml-doctype',
    ],
    [
      'KML nested without end',
      `<kml xmlns="http://www.opengis.net/kml/2.2">${'<Folder>'.repeat(100_000)}`,
      'a.kml',
      'xml-too-deep',
    ],
    ['a text that is called .shp', 'these are not the shapes', 'a.shp', 'not-a-shapefile'],
    [
      'a drawing of another program',
      Buffer.concat([Buffer.from('AC1027'), Buffer.alloc(100)]),
      'a.dwg',
      'dwg-not-read',
    ],
    ['numbers that are nothing', '1,12,9e99\n2,13,9e99\n3,15,9e99\n', 'a.csv', 'table-without-coordinates'],
    ['a Shapefile with one outline of 200,000 points', shpOfManyPoints(), 'a.shp', 'too-many-vertices'],
    ['noise', Buffer.from(Array.from({ length: 5_000 }, (_u, i) => (i * 7919) % 256)), 'a.txt', 'not-text'],
    [
      'a database that is none',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5_000, 3)]),
      'a.gpkg',
      'geopackage-damaged',
    ],
    [
      'coordinates beyond all numbers',
      '{"type":"Polygon","coordinates":[[[1e999,1],[2,1],[2,2],[1e999,1]]]}',
      'a.geojson',
      'position-not-finite',
    ],
  ])('answers %s', async (_name, content, fileName, code) => {
    const answer = await diagnoseBytes(content, fileName);
    expect(answer.codes).toContain(code);
    expect(answer.rows).toEqual([]);
    expect(answer.errorCount).toBeGreaterThan(0);
  });

  it('reads thousands of placemarks, and refuses entities that come late', async () => {
    const ring =
      '<Polygon><outerBoundaryIs><LinearRing><coordinates>100,30 100.01,30 100.01,30.01 100,30</coordinates></LinearRing></outerBoundaryIs></Polygon>';
    const kml = (more: string): string =>
      `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${'<Placemark><name>a</name></Placemark>'.repeat(3_000)}<Placemark>${ring}</Placemark>${more}</Document></kml>`;
    expect((await diagnoseBytes(kml(''), 'a.kml')).readyCount).toBe(1);
    expect((await diagnoseBytes(kml('<!ENTITY a "b">'), 'a.kml')).codes).toContain('xml-doctype');
  });

  it('stops counting at two million vertices', async () => {
    const ring = `[${Array.from({ length: 90_000 }, (_u, i) => `[${100 + i / 1e6},30]`).join(',')}]`;
    const feature = `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[${ring}]}}`;
    const text = `{"type":"FeatureCollection","features":[${Array.from({ length: 24 }, () => feature).join(',')}]}`;
    const answer = await diagnoseBytes(text, 'a.geojson');
    expect(answer.codes).toContain('too-many-vertices');
  }, 60_000);

  it('refuses zones that are mixed', async () => {
    const text = '1,3751508.5,39438683.6\n2,3751508.5,39438783.6\n3,3751608.5,38438783.6\n4,3751608.5,38438683.6\n';
    expect((await diagnoseBytes(text, 'a.csv')).codes).toEqual(['zones-mixed']);
  });

  it.each(['GCJ-02', 'BD-09'] as const)(
    'sees what was drawn on a web map, and takes off %s when told to',
    async offset => {
      const { toOffset } = await import('../../../gis/crs/china-offset.ts');
      const corners = [
        [101.3, 36.6],
        [101.31, 36.6],
        [101.31, 36.61],
        [101.3, 36.61],
        [101.3, 36.6],
      ] as const;
      const licence = { type: 'MultiPolygon' as const, coordinates: [[corners]] };
      const drawn = { type: 'Polygon', coordinates: [corners.map(corner => toOffset(corner, offset))] };
      const asked = await diagnoseBytes(JSON.stringify(drawn), 'a.geojson', { licence: [licence] });
      const finding = asked.findings.find(({ code }) => code === 'offset-suspected');
      expect(finding).toMatchObject({ severity: 'error', params: { datum: offset }, fix: { fixes: { offset } } });
      expect(asked.rows).toEqual([]);
      const read = await diagnoseBytes(JSON.stringify(drawn), 'a.geojson', {
        licence: [licence],
        fixes: { offset },
      });
      expect(read.errorCount).toBe(0);
      expect(read.areaM2).toBeCloseTo(
        read.rows.reduce((sum, row) => sum + row.areaM2, 0),
        6,
      );
      const [lng = 0, lat = 0] = read.rows[0]?.geometry.coordinates[0]?.[0]?.[0] ?? [];
      expect(Math.min(...corners.map(([x, y]) => Math.hypot(x - lng, y - lat)))).toBeLessThan(2e-9);
      expect(read.codes).not.toContain('outside-licence');
    },
  );

  it.each([
    ['坐标系=BD-09', 'BD-09'],
    ['坐标系=百度坐标系', 'BD-09'],
    ['坐标系=GCJ-02', 'GCJ-02'],
  ])('refuses a text that says %s until somebody decides', async (line, datum) => {
    const points = '1,1,36.6,101.3\n2,1,36.6,101.31\n3,1,36.61,101.31\n';
    const text = `[属性描述]\n${line}\n计量单位=度\n[地块坐标]\n3,1,1,甲,面,,,,@\n${points}`;
    const asked = await diagnoseBytes(text, 'a.txt', { fixes: { acceptAreas: true } });
    expect(asked.findings.find(({ code }) => code === 'offset-declared')).toMatchObject({
      severity: 'error',
      params: { datum },
    });
    expect(asked.rows).toEqual([]);
  });

  it('says how much lies outside of the licence, and where', async () => {
    const square = (west: number): number[][][] => [
      [
        [west, 36],
        [west + 0.01, 36],
        [west + 0.01, 36.01],
        [west, 36.01],
        [west, 36],
      ],
    ];
    const licence = { type: 'MultiPolygon' as const, coordinates: [square(101)] as never };
    const answer = await diagnoseBytes(JSON.stringify({ type: 'Polygon', coordinates: square(101.005) }), 'a.geojson', {
      licence: [licence],
      fixes: { offset: 'none' },
    });
    const finding = answer.findings.find(({ code }) => code === 'outside-licence');
    expect(Number(finding?.params?.['areaM2']) / answer.areaM2).toBeCloseTo(0.5, 4);
    expect(finding?.position?.[0]).toBeGreaterThan(101.01);
    const far = await diagnoseBytes(JSON.stringify({ type: 'Polygon', coordinates: square(111) }), 'a.geojson', {
      licence: [licence],
      fixes: { offset: 'none' },
    });
    expect(far.codes).toContain('far-from-mine');
  });

  it('names rows that overlap and rows that are the same, and leaves neighbours alone', async () => {
    const square = (west: number) => ({
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, 36],
            [west + 0.01, 36],
            [west + 0.01, 36.01],
            [west, 36.01],
            [west, 36],
          ],
        ],
      },
    });
    const collection = (...wests: number[]) =>
      JSON.stringify({ type: 'FeatureCollection', features: wests.map(square) });
    expect((await diagnoseBytes(collection(101, 101.01, 101.02), 'a.geojson')).errorCount).toBe(0);
    const overlap = await diagnoseBytes(collection(101, 101.005), 'a.geojson');
    expect(overlap.findings.find(({ code }) => code === 'rows-overlap')).toMatchObject({
      row: 2,
      params: { other: 1 },
    });
    expect(overlap.meeting).toEqual([1, 2]);
    const twice = await diagnoseBytes(collection(101, 101), 'a.geojson');
    expect(twice.codes).toContain('row-twice');
  });
});
