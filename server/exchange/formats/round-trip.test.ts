import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { CrsCode } from '../../../gis/crs/crs.ts';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { diagnoseBytes } from '../../../test/survey/diagnosing.ts';
import { FORMATS, type ExportFormat } from './export-formats.ts';
import { fixtureAreaM2, fixtureFeatures, withJob } from './fixtures/exported.fixture.ts';
import type { TextEncoding } from './export-layer.ts';

const CASES: readonly (readonly [format: keyof typeof FORMATS, crs: CrsCode, encoding: TextEncoding])[] = [
  ['jzd', 'EPSG:4527', 'gbk'],
  ['jzd', 'EPSG:4527', 'gb18030'],
  ['jzd', 'EPSG:4527', 'utf-8'],
  ['shp', 'EPSG:4490', 'utf-8'],
  ['shp', 'EPSG:4527', 'gbk'],
  ['gpkg', 'EPSG:4490', 'utf-8'],
  ['gpkg', 'EPSG:4548', 'utf-8'],
  ['geojson', 'EPSG:4326', 'utf-8'],
  ['geojson', 'EPSG:4527', 'utf-8'],
  ['kml', 'EPSG:4326', 'utf-8'],
  ['dxf', 'EPSG:4527', 'gbk'],
  ['csv', 'EPSG:4490', 'utf-8'],
  ['csv', 'EPSG:4527', 'gbk'],
  ['xlsx', 'EPSG:4490', 'utf-8'],
  ['xlsx', 'EPSG:4527', 'utf-8'],
];

describe('what was exported and is imported again', () => {
  it.each(CASES)('%s in %s, %s: the same outlines, within 0.01 m² a point', async (id, crs, encoding) => {
    await withJob({ crs, encoding }, async job => {
      const format: ExportFormat = FORMATS[id];
      const { path } = await format.write(job);
      const answer = await diagnoseBytes(await readFile(path), `land.${format.extension}`);
      expect(answer.crs.used).toBe(crs);
      const drawn = answer.rows.filter(row => row.geometry.coordinates.length > 0);
      expect(drawn.length).toBe(2);
      const areaM2 = drawn.reduce((sum, row) => sum + polygonAreaM2(row.geometry), 0);
      const points = fixtureFeatures(crs).flatMap(({ geometry }) =>
        geometry?.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : [],
      ).length;
      expect(Math.abs(areaM2 - fixtureAreaM2())).toBeLessThan(0.01 * points);
    });
  });
});
