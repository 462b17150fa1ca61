// Every index over HTTP: what a scene with all bands says, what one with two bands says instead, and who may not know.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDEX_CODES } from '../../server/imagery/indices.ts';
import type { AcceptedScene } from '../../server/imagery/scenes/scenes.service.ts';
import type { VegetationAnswer } from '../../server/imagery/vegetation/vegetation.contract.ts';
import { apiFor, type Api } from '../helpers/api.ts';
import { square } from '../helpers/rooms.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';
import { degreeGrid, sceneTiff } from './scene-files.ts';

/** Reflectances: bare wet ground. */
const GROUND = { blue: 0.1, red: 0.2, nir: 0.3, swir1: 0.4, swir2: 0.25 } as const;
type Band = keyof typeof GROUND;
const { blue, red, nir, swir1, swir2 } = GROUND;
const ndvi = (nir - red) / (nir + red);
const EXPECTED = {
  ndvi,
  evi2: (2.5 * (nir - red)) / (nir + 2.4 * red + 1),
  savi: (1.5 * (nir - red)) / (nir + red + 0.5),
  msavi2: (2 * nir + 1 - Math.sqrt((2 * nir + 1) ** 2 - 8 * (nir - red))) / 2,
  fvc: (ndvi - 0.05) / 0.81,
  nbr: (nir - swir2) / (nir + swir2),
  ndmi: (nir - swir1) / (nir + swir1),
  bsi: (swir1 + red - nir - blue) / (swir1 + red + nir + blue),
} as const;

let server: RunningServer;
let api: Api;
let mineId: number;

async function upload(acquiredOn: string, bands: readonly Band[]): Promise<number> {
  const form = new FormData();
  const map = Object.fromEntries(bands.map((band, at) => [band, at + 1]));
  form.append('metadata', JSON.stringify({ acquiredOn, sensor: 'all bands', bands: map, scale: 1e-4, mineId }));
  const bytes = await sceneTiff({
    grid: degreeGrid(101, 36.02, 200, 200),
    bands: bands.map(band => () => GROUND[band] * 1e4),
  });
  form.append('file', new Blob([new Uint8Array(bytes)]), 'scene.tif');
  const response = await api.raw('/api/v1/scenes', { method: 'POST', body: form });
  expect(response.status).toBe(202);
  const { scene, job } = (await response.json()) as AcceptedScene;
  expect(await api.waitForJob(job.id)).toMatchObject({ state: 'done' });
  return scene.id;
}

async function vegetation(query: string, as: Api = api): Promise<VegetationAnswer> {
  for (let tries = 0; ; tries++) {
    const answer = await as.get<VegetationAnswer>(`/api/v1/mines/${mineId}/vegetation?${query}`);
    if (!answer.items.some(row => row.status === 'not-computed') || tries > 300) return answer;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

beforeAll(async () => {
  server = await startServer();
  api = apiFor(server.url, await server.token('admin'));
  const mine = await api.post<{ id: number }>('/api/v1/mines', {
    type: 'Feature',
    geometry: square(101, 36, 0.02),
    properties: {
      nameZh: '多谱矿',
      nameEn: 'Many bands',
      code: 'BANDS',
      organisationCode: 'TEST',
      mineral: 'copper',
      method: 'open',
    },
  });
  mineId = mine.id;
  for (const stage of ['DST', 'EST']) {
    await api.post(`/api/v1/mines/${mineId}/land-events`, {
      type: 'Feature',
      geometry: square(101.004, 36.004, 0.008),
      properties: {
        stage,
        effectiveOn: stage === 'DST' ? '2019-01-01' : '2020-01-01',
        scope: 'LIC',
        evidenceGrade: 'E0',
        damageType: 'EXC',
      },
    });
  }
  await upload('2021-07-01', ['blue', 'red', 'nir', 'swir1', 'swir2']);
}, 120_000);
afterAll(() => server.stop());

describe('the vegetation of a mine', () => {
  it.each(INDEX_CODES)('has rows of %s', async index => {
    const { items, byStage, agreement } = await vegetation(`index=${index}`);
    expect(items).toMatchObject([{ stage: 'EST', status: 'ok', missingBands: null }]);
    expect(items[0]?.mean).toBeCloseTo(EXPECTED[index], 6);
    expect(byStage[0]?.mean).toBeCloseTo(EXPECTED[index], 6);
    const isOfPlants = !['nbr', 'ndmi', 'bsi'].includes(index);
    expect(items[0]?.vegetatedAreaM2 === null).toBe(!isOfPlants);
    expect(agreement[0]?.reason).toBe(isOfPlants ? 'no-reference-area' : 'index-not-of-plants');
  });

  it('says of a scene without the band what it lacks, and keeps what it has', async () => {
    const sceneId = await upload('2021-08-01', ['red', 'nir']);
    expect((await vegetation(`scene=${sceneId}&index=ndvi`)).items).toMatchObject([{ status: 'ok' }]);
    for (const [index, missing] of [
      ['nbr', ['swir2']],
      ['ndmi', ['swir1']],
      ['bsi', ['blue', 'swir1']],
    ] as const) {
      const { items, byStage } = await vegetation(`scene=${sceneId}&index=${index}`);
      expect(items).toMatchObject([{ status: 'bands-missing', mean: null }]);
      expect(items[0]?.missingBands?.toSorted()).toEqual([...missing]);
      expect(byStage).toMatchObject([{ status: 'bands-missing', mean: null, leftOut: { cellCount: 1 } }]);
    }
  }, 60_000);

  it('refuses an index that there is none of', async () => {
    expect((await api.raw(`/api/v1/mines/${mineId}/vegetation?index=ndwi`)).status).toBe(400);
  });

  it('of a hidden habitat is in no row, no count and no byte of whom it is hidden from, nor in the work for it', async () => {
    const roles = ['admin', 'manager', 'group'] as const;
    const asked = INDEX_CODES.flatMap(index => ['', '&limit=1'].map(rest => `index=${index}&target=habitats${rest}`));
    const seen = async (as: Api): Promise<string> => {
      const texts: string[] = [];
      for (const query of asked) texts.push(await (await as.raw(`/api/v1/mines/${mineId}/vegetation?${query}`)).text());
      return texts.join('\n');
    };
    const blind = [
      apiFor(server.url),
      ...(await Promise.all(roles.map(async role => apiFor(server.url, await server.token(role))))),
    ];
    const before = await Promise.all(blind.map(seen));
    const ecologist = apiFor(server.url, await server.token('ecologist'));
    const hidden = await ecologist.post<{ id: string }>(`/api/v1/mines/${mineId}/habitats`, {
      type: 'Feature',
      geometry: square(101.005, 36.005, 0.005),
      properties: { nameZh: '巢', nameEn: 'Nest', habitatCode: '6', validFrom: '2018-01-01', sensitivity: 1 },
    });
    const { items } = await vegetation('index=bsi&target=habitats', ecologist);
    expect(items.map(row => [row.targetId, row.status])).toContainEqual([hidden.id, 'ok']);
    expect(items[0]?.mean).toBeCloseTo(EXPECTED.bsi, 6);
    expect(await Promise.all(blind.map(seen))).toEqual(before);
    // The regulator reads categories 2 to 4: not this one either, not even by its key.
    const regulator = apiFor(server.url, await server.token('regulator'));
    expect((await vegetation(`target=habitats&targetId=${hidden.id}`, regulator)).items).toEqual([]);
  }, 60_000);
});
