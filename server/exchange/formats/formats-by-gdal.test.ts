import { describe, expect, it } from 'vitest';
import type { CrsCode } from '../../../gis/crs/crs.ts';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { projectorFor } from '../../../gis/crs/projector.ts';
import type { Position, Ring } from '../../../gis/types.ts';
import { hasGdal, readByGdal } from '../../../test/judges/gdal.ts';
import type { ExportJob, TextEncoding, Written } from './export-layer.ts';
import { FIELDS, fixtureAreaM2, fixtureFeatures, withJob } from './fixtures/exported.fixture.ts';
import { writeDxf } from './dxf/dxf.ts';
import { writeGeoJson } from './web/geojson.ts';
import { writeGeoPackage } from './geopackage/geopackage.ts';
import { writeKml } from './web/kml.ts';
import { writeShapefile } from './shapefile/shapefile.ts';
import { writeCsv } from './tables/csv.ts';
import { writeXlsx } from './tables/xlsx.ts';

type Writer = (job: ExportJob) => Promise<Written>;
interface Case {
  readonly name: string;
  readonly write: Writer;
  readonly crs: CrsCode;
  readonly encoding?: TextEncoding;
  readonly layer?: string;
  readonly prefix?: string;
  readonly options?: readonly string[];
  readonly columnOf?: (name: string) => string | null;
  readonly dateOf?: (date: string) => string;
}

const shortName = (name: string): string | null => FIELDS.find(field => field.name === name)?.short ?? null;
const shp = (crs: CrsCode, encoding: TextEncoding): Case => ({
  name: `Shapefile ${crs} ${encoding}`,
  write: writeShapefile,
  crs,
  encoding,
  prefix: '/vsizip/',
  columnOf: shortName,
});

const CASES: readonly Case[] = [
  { name: 'GeoJSON', write: writeGeoJson, crs: 'EPSG:4326' },
  { name: 'GeoJSON in a zone', write: writeGeoJson, crs: 'EPSG:4527' },
  { name: 'GeoPackage', write: writeGeoPackage, crs: 'EPSG:4490', layer: 'land' },
  { name: 'GeoPackage in a zone', write: writeGeoPackage, crs: 'EPSG:4548', layer: 'land' },
  { name: 'GeoPackage in WGS 84', write: writeGeoPackage, crs: 'EPSG:4326', layer: 'land' },
  shp('EPSG:4490', 'utf-8'),
  shp('EPSG:4490', 'gbk'),
  shp('EPSG:4527', 'gbk'),
  shp('EPSG:4498', 'utf-8'),
  shp('EPSG:4509', 'utf-8'),
  { name: 'KML', write: writeKml, crs: 'EPSG:4326', layer: 'land' },
];

const plain = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^(\d{4})\/(\d\d)\/(\d\d)$/, '$1-$2-$3') : value;

describe.skipIf(!hasGdal())('what GDAL reads', { timeout: 60_000 }, () => {
  it.each(CASES)('$name: count, system, attributes, area', async ({ write, crs, encoding, ...one }) => {
    await withJob({ crs, ...(encoding === undefined ? {} : { encoding }) }, async job => {
      const { path, records } = await write(job);
      expect(records).toBe(3);
      const read = await readByGdal(`${one.prefix ?? ''}${path}`.replace(/^/, ''), one.layer, one.options);
      expect(read.count).toBe(3);
      expect(read.crs).toBe(crs);
      expect(Math.abs(read.areaM2 / fixtureAreaM2() - 1)).toBeLessThan(1e-9);
      for (const [index, feature] of fixtureFeatures(crs).entries()) {
        const got = read.features[index]?.properties ?? {};
        for (const field of FIELDS) {
          const column = one.columnOf === undefined ? field.name : one.columnOf(field.name);
          if (column === null) continue;
          const wanted = feature.values[field.name] ?? null;
          const value = plain(got[column]) ?? null;
          if (typeof wanted === 'number') expect(Math.abs(Number(value) / wanted - 1)).toBeLessThan(1e-12);
          else expect([field.name, value]).toEqual([field.name, wanted]);
        }
      }
    });
  });

  it('CSV: rows, texts and outlines, formulas disarmed', async () => {
    for (const encoding of ['utf-8', 'utf-8-bom'] as const) {
      await withJob({ crs: 'EPSG:4490', encoding }, async job => {
        const { path } = await writeCsv(job);
        const read = await readByGdal(path, undefined, ['-oo', 'AUTODETECT_TYPE=YES']);
        expect(read.count).toBe(3);
        expect(read.fields.slice(0, FIELDS.length)).toEqual(FIELDS.map(field => field.name));
        expect(Math.abs(read.areaM2 / fixtureAreaM2() - 1)).toBeLessThan(1e-12);
        expect(read.features[0]?.properties['remarks']).toBe(`'=HYPERLINK("http://x")`);
        expect(read.features[1]?.properties['remarks']).toBe(`'-3 度, "引号" & <尖括号>`);
        expect(read.features[0]?.properties['areaM2']).toBe(fixtureFeatures('EPSG:4490')[0]?.values['areaM2']);
      });
    }
  });

  it.each([
    ['Shapefile in GBK', writeShapefile, 'gbk', '/vsizip/', `a${'图'.repeat(126)}`],
    ['Shapefile in UTF-8', writeShapefile, 'utf-8', '/vsizip/', `a${'图'.repeat(84)}`],
    ['GeoPackage', writeGeoPackage, 'utf-8', '', undefined],
    ['KML', writeKml, 'utf-8', '', undefined],
  ] as const)('%s: names longer than a dBASE column, in whole letters', async (_name, write, encoding, prefix, cut) => {
    const long = `a${'图'.repeat(500)}`;
    const layer = {
      async *features() {
        for (const one of fixtureFeatures('EPSG:4326')) yield { ...one, values: { ...one.values, mineNameZh: long } };
      },
    };
    await withJob({ crs: 'EPSG:4326', encoding, layer }, async job => {
      const read = await readByGdal(`${prefix}${(await write(job)).path}`, prefix === '' ? 'land' : undefined);
      const names = read.features.map(({ properties }) => properties['mineNameZh'] ?? properties['MINE_ZH']);
      expect(names).toEqual([1, 2, 3].map(() => cut ?? long));
    });
  });

  it('DXF: every ring closed on the layer of its stage, with its attributes', async () => {
    await withJob({ crs: 'EPSG:4527', encoding: 'gbk' }, async job => {
      const { path, records, leftOut } = await writeDxf(job);
      expect([records, leftOut]).toEqual([2, 1]);
      const read = await readByGdal(path, 'entities', ['--config', 'DXF_INCLUDE_RAW_CODE_VALUES', 'TRUE']);
      expect(read.features.map(({ properties }) => properties['Layer'])).toEqual([
        'CMP_验收合格',
        'CMP_验收合格',
        'DST_损毁在用',
        'DST_损毁在用',
      ]);
      const { inverse } = projectorFor('EPSG:4527');
      const areas = read.features.map(({ geometry }) => {
        const ring = (geometry as unknown as { coordinates: Ring }).coordinates.map(([x, y]): Position =>
          inverse([x, y]),
        );
        expect(ring[0]).toEqual(ring.at(-1));
        return polygonAreaM2({ type: 'Polygon', coordinates: [ring] });
      });
      const [shell = 0, hole = 0, ...parts] = areas;
      const sum = shell - hole + parts.reduce((all, area) => all + area, 0);
      expect(Math.abs(sum / fixtureAreaM2() - 1)).toBeLessThan(1e-9);
      expect(JSON.stringify(read.features[1]?.properties)).toMatch(/part=1.*ring=2.*mineNameZh=青岗岭铝土矿/);
    });
  });

  it('XLSX: rows with numbers and dates, sums and rates with their values', async () => {
    await withJob({}, async job => {
      const { path } = await writeXlsx(job);
      const data = await readByGdal(path, '数据 Data', ['-oo', 'HEADERS=FORCE']);
      expect(data.count).toBe(3);
      expect(data.fields).toEqual(FIELDS.map(field => `${field.title.zh} ${field.title.en}`));
      const first = data.features[0]?.properties ?? {};
      expect(first['面积 areaM2']).toBe(fixtureFeatures('EPSG:4490')[0]?.values['areaM2']);
      expect(plain(first['起始日期 since'])).toBe('2021-01-15');
      expect(first['备注 remarks']).toBe('=HYPERLINK("http://x")');
      const summary = await readByGdal(path, '汇总 Summary', ['-oo', 'HEADERS=FORCE']);
      const rows = summary.features.map(({ properties }) => Object.values(properties));
      const [done = 0, inUse = 0] = fixtureFeatures('EPSG:4490').map(({ values }) => Number(values['areaM2'] ?? 0));
      const valueOf = (code: string): unknown => rows.find(row => row[0] === code)?.[3];
      expect(valueOf('CMP')).toBeCloseTo(done, 6);
      expect(valueOf('Dg')).toBeCloseTo(done + inUse, 6);
      expect(Number(valueOf('RR1 A'))).toBeCloseTo(done / (done + inUse), 12);
      const mines = await readByGdal(path, '分矿 By mine', ['-oo', 'HEADERS=FORCE']);
      expect(mines.features.map(({ properties }) => Object.values(properties).at(-1))).toEqual([
        done / (done + inUse),
        done / (done + inUse),
      ]);
    });
  });
});
