// From an upload to numbers and pictures, through HTTP alone.
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedScene } from '../../server/imagery/scenes/scenes.service.ts';
import type { SceneDetailShape } from '../../server/imagery/scenes/scene.contract.ts';
import type { VegetationAnswer } from '../../server/imagery/vegetation/vegetation.contract.ts';
import { apiFor, type Api } from '../helpers/api.ts';
import { square } from '../helpers/rooms.ts';
import { degreeGrid, sceneTiff } from './scene-files.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

// The picture: 700 x 600 cells of 0.0001 degree from 101.0 E 36.06 N. NDVI is 0.1 in the west, 0.7 in the east half; the
// topmost 100 rows are under cloud (class 9).
const WEST = 101;
const NORTH = 36.06;
const red = (_row: number, col: number): number => (col < 350 ? 900 : 300);
const nir = (_row: number, col: number): number => (col < 350 ? 1100 : 1700);
const classes = (row: number): number => (row < 100 ? 9 : 4);

let server: RunningServer;
let api: Api;
let mineId: number;

beforeAll(async () => {
  server = await startServer();
  api = apiFor(server.url, await server.token('admin'));
  const mine = await api.post<{ id: number }>('/api/v1/mines', {
    type: 'Feature',
    geometry: square(WEST, 36, 0.06),
    properties: {
      nameZh: '遥感矿',
      nameEn: 'Seen mine',
      code: 'SEEN',
      organisationCode: 'TEST',
      mineral: 'copper',
      method: 'open',
    },
  });
  mineId = mine.id;
});
afterAll(() => server.stop());

async function event(west: number, south: number, side: number, stage: string, effectiveOn: string): Promise<number> {
  const answer = await api.post<{ id: number }>(`/api/v1/mines/${mineId}/land-events`, {
    type: 'Feature',
    geometry: square(west, south, side),
    properties: { stage, effectiveOn, scope: 'LIC', evidenceGrade: 'E0', damageType: 'EXC' },
  });
  return answer.id;
}

async function upload(date: string, changes: Record<string, unknown> = {}, shade = 1): Promise<AcceptedScene> {
  const grid = degreeGrid(WEST, NORTH, 700, 600);
  const bytes = await sceneTiff({ grid, bands: [(r, c) => red(r, c) * shade, (r, c) => nir(r, c) * shade, classes] });
  const form = new FormData();
  form.append(
    'metadata',
    JSON.stringify({
      acquiredOn: date,
      sensor: 'sentinel-2',
      bands: { red: 1, nir: 2 },
      scale: 1e-4,
      mask: 3,
      maskClasses: [3, 8, 9, 10],
      ...changes,
    }),
  );
  form.append('file', new Blob([new Uint8Array(bytes)]), 'scene.tif');
  const response = await api.raw('/api/v1/scenes', { method: 'POST', body: form });
  expect(response.status).toBe(202);
  return (await response.json()) as AcceptedScene;
}

async function vegetation(query = '', as: Api = api): Promise<VegetationAnswer> {
  for (let tries = 0; ; tries++) {
    const answer = await as.get<VegetationAnswer>(`/api/v1/mines/${mineId}/vegetation${query}`);
    const isWaiting = [...answer.items, ...answer.reference].some(row => row.status === 'not-computed');
    if (!isWaiting || tries > 300) return answer;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('a scene', () => {
  let sceneId: number;
  let barren: number;

  it('becomes ready in a job, with overviews of its own', async () => {
    barren = await event(101.005, 36.005, 0.02, 'DST', '2019-01-01');
    await event(101.04, 36.005, 0.02, 'DST', '2019-01-01');
    await event(101.04, 36.005, 0.02, 'EST', '2020-01-01');
    await event(101.06, 36.052, 0.004, 'DST', '2019-01-01');
    const accepted = await upload('2021-07-01');
    sceneId = accepted.scene.id;
    expect(accepted.scene).toMatchObject({ acquiredOn: '2021-07-01', hasMask: true, crs: 'EPSG:4326', widthPx: 700 });
    expect(accepted.scene.indices).toEqual(['ndvi', 'evi2', 'savi', 'msavi2', 'fvc']);
    expect(await api.waitForJob(accepted.job.id)).toMatchObject({ state: 'done' });
    const scene = await api.get<SceneDetailShape>(`/api/v1/scenes/${sceneId}`);
    expect(scene).toMatchObject({ state: 'ready', code: null, files: [{ name: 'scene.tif', hasOverviews: true }] });
    expect(scene.bbox?.map(value => Math.round(value * 1e6) / 1e6)).toEqual([101, 36, 101.07, 36.06]);
  }, 120_000);

  it('sent again is the same scene; with another meaning it is another one', async () => {
    const again = await upload('2021-07-01');
    expect(again.scene.id).toBe(sceneId);
    const other = await upload('2021-07-01', { scale: 1e-4, offset: -0.01 });
    expect(other.scene.id).not.toBe(sceneId);
    await api.waitForJob(other.job.id);
  }, 120_000);

  it('is listed by mine, place and time', async () => {
    const ids = async (query: string): Promise<number[]> =>
      (await api.get<{ items: { id: number }[] }>(`/api/v1/scenes?${query}`)).items.map(({ id }) => id);
    expect(await ids(`mine=${mineId}`)).toContain(sceneId);
    expect(await ids('bbox=101.01,36.01,101.02,36.02')).toContain(sceneId);
    expect(await ids('bbox=90,36,91,37')).toEqual([]);
    expect(await ids('from=2021-07-02')).toEqual([]);
    const first = await api.get<{ items: { id: number }[]; nextCursor: string }>('/api/v1/scenes?limit=1');
    const second = await api.get<{ items: { id: number }[] }>(`/api/v1/scenes?limit=1&cursor=${first.nextCursor}`);
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
  });

  it('says how green each cell is, what it could not see, and the mean of each stage', async () => {
    const answer = await vegetation(`?scene=${sceneId}`);
    expect(answer.source).toBe('working');
    const byStage = new Map(answer.items.map(row => [`${row.stage} ${row.status}`, row]));
    const dst = byStage.get('DST ok');
    expect(dst).toMatchObject({ eventId: barren, since: '2019-01-01' });
    expect(dst?.mean).toBeCloseTo(0.1, 9);
    expect(dst?.vegetatedAreaM2).toBe(0);
    expect(dst?.validFraction).toBeCloseTo(1, 6);
    const est = byStage.get('EST ok');
    expect(est?.mean).toBeCloseTo(0.7, 9);
    expect(est?.vegetatedAreaM2).toBeCloseTo(est?.areaM2 ?? 0, -2);
    // 36.052 to 36.056 lies wholly under the cloud that ends at 36.05.
    expect(byStage.get('DST no-valid-pixels')).toMatchObject({ mean: null, validFraction: 0 });
    expect(answer.byStage.map(({ stage, cellCount, leftOut }) => [stage, cellCount, leftOut.cellCount])).toEqual([
      ['DST', 1, 1],
      ['EST', 1, 0],
    ]);
    expect(answer.byStage[1]?.fvc).toBeCloseTo((0.7 - 0.05) / 0.81, 6);
    expect(answer.agreement).toMatchObject([
      { stage: 'EST', status: 'insufficient-data', reason: 'no-reference-area' },
    ]);
    expect(answer.method.definition.zh).toMatch(/椭球/);
  }, 60_000);

  it('applies its offset before the index', async () => {
    const rows = (await vegetation('?from=2021-07-01')).items.filter(row => row.stage === 'DST' && row.mean !== null);
    const shifted = rows.find(row => row.sceneId !== sceneId);
    // (0.11 - 0.01) - (0.09 - 0.01) over their sum.
    expect(shifted?.mean).toBeCloseTo(0.02 / 0.18, 9);
  });

  it('agrees with reclaimed land beside a reference area, read on the same day', async () => {
    const refused = await apiFor(server.url, await server.token('manager')).raw(
      `/api/v1/mines/${mineId}/reference-areas`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(referenceArea()) },
    );
    expect(refused.status).toBe(403);
    await api.post(`/api/v1/mines/${mineId}/reference-areas`, referenceArea());
    const answer = await vegetation(`?scene=${sceneId}`);
    expect(answer.reference[0]).toMatchObject({ status: 'ok', ecosystemEn: 'Dry grassland' });
    expect(answer.reference[0]?.mean).toBeCloseTo(0.7, 9);
    expect(answer.agreement).toMatchObject([{ stage: 'EST', status: 'agrees', need: 1 }]);
    expect(answer.agreement[0]?.recoveryIndex).toBeCloseTo(1, 6);
  }, 60_000);

  it('is computed for land that is entered later, and forgotten with land that is taken back', async () => {
    const late = await event(101.03, 36.03, 0.004, 'DST', '2020-06-01');
    const row = (await vegetation(`?scene=${sceneId}`)).items.find(({ eventId }) => eventId === late);
    expect(row).toMatchObject({ status: 'ok' });
    await api.post(`/api/v1/mines/${mineId}/land-events/${late}/retract`, { reason: 'test' }, { 'if-match': '"1"' });
    const after = await vegetation(`?scene=${sceneId}`);
    expect(after.items.some(({ eventId }) => eventId === late)).toBe(false);
  }, 60_000);

  it('pages its rows', async () => {
    const all = await vegetation();
    const first = await vegetation('?limit=2');
    const second = await vegetation(`?limit=2&cursor=${first.nextCursor}`);
    const key = ({ sceneId: scene, targetId }: { sceneId: number; targetId: number | string }) =>
      `${scene}/${targetId}`;
    expect([...first.items, ...second.items].map(key)).toEqual(all.items.slice(0, 4).map(key));
  });

  it('shows the public what is published, and nothing before', async () => {
    const publicApi = apiFor(server.url);
    expect(await vegetation('', publicApi)).toMatchObject({ source: 'none', items: [], byStage: [] });
    await api.post(`/api/v1/mines/${mineId}/published-periods`, { asAt: '2021-12-31' });
    const answer = await vegetation(`?scene=${sceneId}`, publicApi);
    expect(answer.source).toBe('published');
    expect(answer.items.filter(row => row.status === 'ok')).toHaveLength(2);
    expect(answer.agreement).toMatchObject([{ status: 'agrees' }]);
  });

  function referenceArea() {
    return {
      type: 'Feature',
      geometry: square(101.062, 36.01, 0.006),
      properties: { ecosystemZh: '干草原', ecosystemEn: 'Dry grassland', validFrom: '2015-01-01' },
    };
  }
});

describe('a picture of a scene', () => {
  // Zoom 14 tile over the middle of the scene, and its neighbours.
  const lngToX = (lng: number, z: number): number => Math.floor(((lng + 180) / 360) * 2 ** z);
  const latToY = (lat: number, z: number): number =>
    Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
  const at = (z: number, lng: number, lat: number): string => `${z}/${lngToX(lng, z)}/${latToY(lat, z)}`;

  const tile = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/tiles/scenes/${path}.png`, { headers });

  /** Palette place of every pixel, and the palette. */
  async function pixels(response: Response): Promise<{ places: Uint8Array; alpha: Uint8Array; colours: Uint8Array }> {
    const png = new Uint8Array(await response.arrayBuffer());
    const view = new DataView(png.buffer);
    const chunks = new Map<string, Uint8Array>();
    for (let from = 8; from < png.length; from += 12 + view.getUint32(from)) {
      const type = String.fromCharCode(...png.subarray(from + 4, from + 8));
      chunks.set(type, png.subarray(from + 8, from + 8 + view.getUint32(from)));
    }
    const rows = inflateSync(chunks.get('IDAT') ?? new Uint8Array());
    const places = new Uint8Array(65_536);
    for (let row = 0; row < 256; row++) places.set(rows.subarray(row * 257 + 1, (row + 1) * 257), row * 256);
    return {
      places,
      alpha: chunks.get('tRNS') ?? new Uint8Array(),
      colours: chunks.get('PLTE') ?? new Uint8Array(),
    };
  }

  let sceneId: number;
  beforeAll(async () => {
    sceneId = (await api.get<{ items: { id: number }[] }>('/api/v1/scenes?limit=1&to=2021-12-31')).items[0]?.id ?? 0;
  });

  it('has the colour of the index, and none under cloud and outside', async () => {
    const response = await tile(`${sceneId}/ndvi/${at(14, 101.04, 36.02)}`);
    expect(response.headers.get('content-type')).toBe('image/png');
    const { places, alpha } = await pixels(response);
    expect(alpha[0]).toBe(0);
    expect(new Set(places).has(0)).toBe(false);
    const cloudy = await pixels(await tile(`${sceneId}/ndvi/${at(16, 101.02, 36.055)}`));
    expect(new Set(cloudy.places)).toEqual(new Set([0]));
    const outside = await tile(`${sceneId}/ndvi/${at(14, 120, 30)}`);
    expect(outside.status).toBe(200);
    expect(new Set((await pixels(outside)).places)).toEqual(new Set([0]));
  });

  it('reads coarse zooms from the overviews: the whole scene in one tile', async () => {
    const { places } = await pixels(await tile(`${sceneId}/ndvi/${at(8, 101.03, 36.03)}`));
    const drawn = places.filter(place => place !== 0);
    // 0.07 degree of longitude are 12.7 pixels, the 0.05 degree of latitude below the cloud 11.3.
    expect(drawn.length).toBeGreaterThanOrEqual(12 * 11);
    expect(drawn.length).toBeLessThanOrEqual(13 * 12);
    expect(new Set(drawn).size).toBeLessThanOrEqual(4);
  });

  it('is known by its ETag before any work', async () => {
    const path = `${sceneId}/savi/${at(14, 101.04, 36.02)}`;
    const first = await tile(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await tile(path, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect((await again.arrayBuffer()).byteLength).toBe(0);
    expect((await tile(`${path.replace('savi', 'ndvi')}`)).headers.get('etag')).not.toBe(etag);
  });

  it.each([
    ['ndvi/3/8/0', 404],
    ['ndvi/3/0/8', 404],
    ['ndvi/25/0/0', 404],
    ['ndvi/1/-1/0', 400],
    ['ndvi/1/1e0/0', 400],
    ['ndvi/01/0/0', 400],
    ['truecolour/14/12784/6432', 404],
    ['nope/1/0/0', 400],
  ])('does not exist at %s', async (path, status) => {
    expect((await tile(`${sceneId}/${path}`)).status).toBe(status);
  });

  it('of a scene that is not public is not there for the public', async () => {
    const { scene, job } = await upload('2021-08-01', { isPublic: false });
    await api.waitForJob(job.id);
    const path = `${scene.id}/ndvi/${at(14, 101.04, 36.02)}`;
    expect((await tile(path)).status).toBe(404);
    expect((await fetch(`${server.url}/api/v1/scenes/${scene.id}`)).status).toBe(404);
    const authorization = `Bearer ${await server.token('regulator')}`;
    const seen = await tile(path, { authorization });
    expect(seen.status).toBe(200);
    expect(seen.headers.get('cache-control')).toBe('private, no-store');
  }, 60_000);

  it('has a legend', async () => {
    const legends = await api.get<{ code: string; stops: { value: number; color: string }[] }[]>('/api/v1/indices');
    expect(legends.map(({ code }) => code)).toContain('ndvi');
    expect(legends[0]?.stops[0]).toMatchObject({ value: -0.1 });
  });
});
