// Real Sentinel-2 pixels through the product's HTTP interface, against the values that GDAL, rasterio and shapely give.
import { readFileSync } from 'node:fs';
import proj4 from 'proj4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiFor, type Api } from '../helpers/api.ts';
import { DEMO_START_MS, startDemo } from '../demo/start-demo.ts';
import type { RunningServer } from '../helpers/server.ts';
import { findSharedData as sharedData } from '../helpers/shared-data.ts';

interface ZonalRow {
  readonly acquiredOn: string;
  readonly mean: number | null;
  readonly validFraction: number | null;
  readonly nEff: number | null;
  readonly vegetatedAreaM2: number | null;
  readonly areaM2: number;
  readonly status: string;
}
interface Ring {
  readonly type: 'Polygon';
  readonly coordinates: number[][][];
}

const imagery = sharedData('imagery');

describe.skipIf(imagery === undefined)('real imagery through HTTP', () => {
  let server: RunningServer;
  let api: Api;
  const path = (file: string): string => `${imagery}/${file}`;
  const json = <T>(file: string): T => JSON.parse(readFileSync(path(file), 'utf8')) as T;

  beforeAll(async () => {
    server = await startDemo('embedded');
    api = apiFor(server.url, await server.token('admin'));
  }, DEMO_START_MS);
  afterAll(() => server.stop());

  async function mineOf(code: string, geometry: unknown): Promise<number> {
    const organisations = await api.get<{ items: { code: string; kind: string }[] }>('/api/v1/organisations');
    const organisationCode = organisations.items.find(item => item.kind === 'company')?.code;
    const mine = await api.post<{ id: number; areaM2: number }>('/api/v1/mines', {
      type: 'Feature',
      geometry,
      properties: { nameZh: code, nameEn: code, code, organisationCode, mineral: 'coal', method: 'open' },
    });
    await api.post(`/api/v1/mines/${mine.id}/land-events`, {
      type: 'Feature',
      geometry,
      properties: { stage: 'DST', effectiveOn: '2015-01-01', scope: 'LIC', evidenceGrade: 'E0', damageType: 'EXC' },
    });
    return mine.id;
  }

  async function scene(files: readonly string[], metadata: Record<string, unknown>): Promise<void> {
    const answer = await api.upload<{ scene: { id: number }; job: { id: string } | string }>(
      '/api/v1/scenes',
      files.map(path),
      metadata,
    );
    const job = await api.waitForJob(typeof answer.job === 'string' ? answer.job : answer.job.id);
    expect(job).toMatchObject({ state: 'done' });
  }

  async function zonalRows(mineId: number): Promise<ZonalRow[]> {
    const read = async (): Promise<ZonalRow[]> =>
      (await api.get<{ items: ZonalRow[] }>(`/api/v1/mines/${mineId}/vegetation?index=ndvi&target=land`)).items;
    // The zonal job follows the ingest job: wait until no row is still to be computed.
    let items = await read();
    for (
      let tries = 0;
      tries < 300 && (items.length === 0 || items.some(row => row.status === 'not-computed'));
      tries++
    ) {
      await new Promise(resolve => setTimeout(resolve, 100));
      items = await read();
    }
    return items;
  }

  const rows = async (mineId: number): Promise<Map<string, ZonalRow>> =>
    new Map((await zonalRows(mineId)).map(row => [row.acquiredOn, row]));

  it('gives the NDVI of the Korba mine outline on both dates, and its area', async () => {
    const outline = json<{ features: { geometry: { type: string; coordinates: number[][][] } }[] }>(
      'korba_s2_mine_2dates/aoi.geojson',
    ).features[0]?.geometry;
    const mineId = await mineOf('REAL-KORBA', outline);
    for (const date of ['2023-01-10', '2023-01-30']) {
      await scene([`korba_s2_mine_2dates/S2L2A_${date}_B04.tiff`, `korba_s2_mine_2dates/S2L2A_${date}_B08.tiff`], {
        acquiredOn: date,
        sensor: 'sentinel-2',
        bands: { red: { file: `S2L2A_${date}_B04.tiff`, band: 1 }, nir: { file: `S2L2A_${date}_B08.tiff`, band: 1 } },
        scale: 1 / 65535,
        offset: 0,
      });
    }
    const byDate = await rows(mineId);
    const first = byDate.get('2023-01-10');
    const second = byDate.get('2023-01-30');
    expect((first?.areaM2 ?? 0) / 1e4).toBeCloseTo(855.5564, 2);
    expect(Math.abs((first?.mean ?? 0) - 0.260558)).toBeLessThan(1e-5);
    expect(Math.abs((second?.mean ?? 0) - 0.146914)).toBeLessThan(1e-5);
    // 4,497 pixels are 0 in both bands: outside the outline, so no loss of valid fraction there, but never NDVI 0 either.
    expect(first?.validFraction).toBeGreaterThan(0.998);
    // Centre pixels above 0.4 are 24.49 % and 3.24 %; exact coverage may differ by a fraction of the border cells.
    expect((first?.vegetatedAreaM2 ?? 0) / (first?.areaM2 ?? 1)).toBeCloseTo(0.2449, 2);
    expect((second?.vegetatedAreaM2 ?? 0) / (second?.areaM2 ?? 1)).toBeCloseTo(0.0324, 2);
  }, 120_000);

  it('never calls the hazier second Korba scene a loss of vegetation', async () => {
    const mines = await api.get<{ items: { id: number; code: string }[] }>('/api/v1/mines?q=REAL-KORBA');
    const findings = await api.raw(`/api/v1/mines/${mines.items[0]?.id}/vegetation?index=ndvi&target=land`);
    expect(await findings.text()).not.toMatch(/loss/i);
  });

  it('gives the NDVI of the Barbellino dam at both dates', async () => {
    const projected = json<{ features: { geometry: Ring }[] }>('sen2r_barbellino_s2_l2a/dam.geojson').features[0]
      ?.geometry as Ring;
    const utm32 = proj4('+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs', 'EPSG:4326');
    const geometry: Ring = {
      type: 'Polygon',
      coordinates: projected.coordinates.map(ring => ring.map(point => utm32.forward(point))),
    };
    const mineId = await mineOf('REAL-DAM', geometry);
    for (const [date, day] of [
      ['2017-07-03', '20170703'],
      ['2019-07-23', '20190723'],
    ] as const) {
      await scene([`sen2r_barbellino_s2_l2a/S2A2A_${day}_022_Barbellino_BOA_10.tif`], {
        acquiredOn: date,
        sensor: 'sentinel-2',
        bands: { red: 4, nir: 8 },
        scale: 1e-4,
        offset: 0,
      });
    }
    const byDate = await rows(mineId);
    // 8,293.72 m2 is the plane area in the UTM zone, whose scale there is 0.99968; on the ellipsoid it is 8,299.03 m2.
    expect(byDate.get('2017-07-03')?.areaM2).toBeCloseTo(8299.03, 0);
    expect(Math.abs((byDate.get('2017-07-03')?.mean ?? 0) - 0.300424)).toBeLessThan(1e-5);
    expect(Math.abs((byDate.get('2019-07-23')?.mean ?? 0) - 0.400822)).toBeLessThan(1e-5);
  }, 120_000);

  it('keeps vegetation and bare soil of Barbellino by the class mask on its own 20 m grid', async () => {
    const utm32 = proj4('+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs', 'EPSG:4326');
    const corners = [
      [580560, 5101700],
      [580800, 5101700],
      [580800, 5102120],
      [580560, 5102120],
      [580560, 5101700],
    ].map(([x = 0, y = 0]) => utm32.forward([x, y]));
    const mineId = await mineOf('REAL-SCL', { type: 'Polygon', coordinates: [corners] });
    await scene(
      [
        'sen2r_barbellino_s2_l2a/S2A2A_20170703_022_Barbellino_BOA_10.tif',
        'sen2r_barbellino_s2_l2a/S2A2A_20170703_022_Barbellino_SCL_10.tif',
      ],
      {
        acquiredOn: '2017-07-03',
        sensor: 'sentinel-2',
        bands: {
          red: { file: 'S2A2A_20170703_022_Barbellino_BOA_10.tif', band: 4 },
          nir: { file: 'S2A2A_20170703_022_Barbellino_BOA_10.tif', band: 8 },
        },
        scale: 1e-4,
        offset: 0,
        mask: { file: 'S2A2A_20170703_022_Barbellino_SCL_10.tif', band: 1 },
        maskClasses: [0, 1, 2, 3, 6, 7, 8, 9, 10, 11],
      },
    );
    const items = await zonalRows(mineId);
    const masked = items.find(row => row.acquiredOn === '2017-07-03' && (row.validFraction ?? 1) < 0.6);
    // 456 of 1,008 cells are of class 4 or 5; their mean is 0.582796. Read by array index it would be another 456.
    expect(masked?.validFraction).toBeCloseTo(456 / 1008, 3);
    expect(masked?.mean).toBeCloseTo(0.582796, 3);
    expect(masked?.status).toBe('low-coverage');
  }, 120_000);

  it('follows the FuseTS field through the year and keeps the clouded date out', async () => {
    const field = json<Record<string, unknown>>('fusets_s2_field_spain/field.geojson');
    const geometry = { type: field.type ?? 'Polygon', coordinates: field.coordinates };
    const mineId = await mineOf('REAL-FIELD', geometry);
    for (const date of ['2019-01-27', '2019-02-06', '2019-05-02', '2019-08-15', '2019-12-28']) {
      await scene([`fusets_s2_field_spain/geotiff/S2L2A_${date}_B04_B08_SCL.tif`], {
        acquiredOn: date,
        sensor: 'sentinel-2',
        bands: { red: 1, nir: 2 },
        scale: 1e-4,
        offset: 0,
      });
    }
    const byDate = await rows(mineId);
    for (const [date, mean] of [
      ['2019-01-27', 0.282928],
      ['2019-05-02', 0.779457],
      ['2019-08-15', 0.14755],
      ['2019-12-28', 0.437801],
    ] as const) {
      expect(byDate.get(date)?.status).toBe('ok');
      expect(Math.abs((byDate.get(date)?.mean ?? 0) - mean), date).toBeLessThan(1e-5);
    }
    expect(byDate.get('2019-01-27')?.nEff).toBeGreaterThan(2300);
    const clouded = byDate.get('2019-02-06');
    expect(clouded?.status).toBe('low-coverage');
    expect(clouded?.validFraction).toBeCloseTo(0.09, 2);
  }, 120_000);
});
