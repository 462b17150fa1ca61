import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { CrsCode } from '../../../gis/crs/crs.ts';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import { normalisePolygonal } from '../../../gis/geometry/normalise.ts';
import { diagnoseBytes } from '../../../test/survey/diagnosing.ts';
import { FORMATS, type ExportFormat } from './export-formats.ts';
import { fixtureFeatures, withJob } from './fixtures/exported.fixture.ts';
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

/** Decimals that a format writes fewer of than numbers have: metres with three. */
const SHORTENED = new Set<keyof typeof FORMATS>(['jzd']);

describe('what was exported and is imported again', () => {
  it.each(CASES)('%s in %s, %s: the same outlines', async (id, crs, encoding) => {
    await withJob({ crs, encoding }, async job => {
      const format: ExportFormat = FORMATS[id];
      const { path } = await format.write(job);
      const answer = await diagnoseBytes(await readFile(path), `land.${format.extension}`);
      expect(answer.crs.used).toBe(crs);
      expect(answer.errorCount).toBe(0);
      const given = fixtureFeatures('EPSG:4326').flatMap(({ geometry, values }) =>
        geometry?.type === 'MultiPolygon' ? [{ geometry, values }] : [],
      );
      const drawn = answer.rows.filter(row => row.geometry.coordinates.length > 0);
      expect(drawn.length).toBe(given.length);
      for (const [index, { geometry, attributes }] of drawn.entries()) {
        const { geometry: exact, values } = given[index] as (typeof given)[number];
        // Land is kept on a grid of 1e-9 degree, to which outlines are laid when they are read.
        const { geometry: before } = normalisePolygonal(exact);
        const count = before.coordinates.flat(2).length;
        expect(geometry.coordinates.flat(2).length).toBe(count);
        const [areaM2, beforeM2] = [polygonAreaM2(geometry), polygonAreaM2(before)];
        const most = SHORTENED.has(id) ? 0.01 * count : 1e-9 * beforeM2;
        expect(Math.abs(areaM2 - beforeM2)).toBeLessThan(most);
        // 界址点 texts have no attributes.
        if (id !== 'jzd') expect(Object.values(attributes)).toContain(values['stage']);
      }
    });
  });
});
