// Bad input through the door: each fault has its code and both wordings, nothing is kept, and the server lives on.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELD, TAG } from '../../gis/raster/tiff/tags.ts';
import { apiFor, inParallel, type Api } from '../helpers/api.ts';
import { brokenTiff, degreeGrid, sceneTiff } from './scene-files.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';
import { findSharedData } from '../helpers/shared-data.ts';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly titleZh: string;
  readonly params: Record<string, unknown>;
}

let server: RunningServer;
let token: string;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  token = await server.token('manager');
  api = apiFor(server.url, token);
});
afterAll(() => server.stop());

const metadata = { acquiredOn: '2022-07-01', sensor: 'drone', bands: { red: 1, nir: 2 } };

async function send(
  files: Readonly<Record<string, Uint8Array>>,
  meta: unknown = metadata,
): Promise<{ status: number; body: Problem }> {
  const form = new FormData();
  if (meta !== null) form.append('metadata', typeof meta === 'string' ? meta : JSON.stringify(meta));
  for (const [name, bytes] of Object.entries(files)) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await api.raw('/api/v1/scenes', { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Problem };
}

/** Whatever lies in the store besides what was there before. */
const stored = (): string[] => {
  const entries = readdirSync(join(server.dataDir, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
};
const sceneCount = async (): Promise<number> => (await api.get<{ items: unknown[] }>('/api/v1/scenes')).items.length;

const twoBands = (): Promise<Uint8Array> =>
  sceneTiff({ grid: degreeGrid(101, 36, 40, 40), bands: [() => 500, () => 3000] });
const half = async (): Promise<Uint8Array> => {
  const whole = await twoBands();
  return whole.subarray(0, whole.length / 2);
};
const red = { ...metadata, bands: { red: 1, nir: 1 } };

describe('a scene that cannot be taken in', () => {
  const cases: [string, string, () => Promise<{ status: number; body: Problem }>][] = [
    [
      'without coordinate system',
      'raster-crs-missing',
      () => send({ 'a.tif': brokenTiff({ tags: { [TAG.geoKeyDirectory]: undefined } }) }, red),
    ],
    [
      'with a local coordinate system',
      'raster-crs-needs-parameters',
      () =>
        send(
          {
            'a.tif': brokenTiff({
              tags: {
                [TAG.geoKeyDirectory]: {
                  tag: TAG.geoKeyDirectory,
                  type: FIELD.short,
                  values: [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 27700],
                },
              },
            }),
          },
          red,
        ),
    ],
    [
      'with rotation',
      'raster-rotated',
      () =>
        send(
          {
            'a.tif': brokenTiff({
              tags: {
                [TAG.modelPixelScale]: undefined,
                [TAG.modelTiepoint]: undefined,
                [TAG.modelTransformation]: {
                  tag: TAG.modelTransformation,
                  type: FIELD.double,
                  values: [1e-4, 1e-5, 0, 101, 1e-5, -1e-4, 0, 36, 0, 0, 0, 0, 0, 0, 0, 1],
                },
              },
            }),
          },
          red,
        ),
    ],
    ['that breaks off', 'raster-truncated', async () => send({ 'a.tif': await half() })],
    [
      'whose strip lies behind the end',
      'raster-truncated',
      () =>
        send(
          {
            'a.tif': brokenTiff({
              tags: { [TAG.stripOffsets]: { tag: TAG.stripOffsets, type: FIELD.long, values: [1_000_000] } },
            }),
          },
          red,
        ),
    ],
    ['huge on paper', 'raster-too-large', () => send({ 'a.tif': brokenTiff({ width: 60_000, height: 60_000 }) }, red)],
    [
      'in one giant strip',
      'raster-block-too-large',
      () => send({ 'a.tif': brokenTiff({ width: 20_000, height: 20_000 }) }, red),
    ],
    [
      'with a band missing',
      'raster-band-missing',
      async () => send({ 'a.tif': await twoBands() }, { ...metadata, bands: { red: 1, nir: 5 } }),
    ],
    [
      'with a mask of another extent',
      'mask-extent-mismatch',
      async () =>
        send(
          {
            'a.tif': await twoBands(),
            'scl.tif': await sceneTiff({ grid: degreeGrid(101.1, 36, 40, 40), bands: [() => 4], sampleType: 'uint8' }),
          },
          {
            ...metadata,
            bands: { red: { file: 'a.tif' }, nir: { file: 'a.tif', band: 2 } },
            mask: 'scl.tif',
            keepClasses: [4],
          },
        ),
    ],
    ['that is no TIFF', 'raster-not-tiff', () => send({ 'a.tif': new TextEncoder().encode('hello') })],
    [
      'outside the world',
      'raster-outside-world',
      async () =>
        send({ 'a.tif': await sceneTiff({ grid: degreeGrid(179.999, 36, 40, 40), bands: [() => 1, () => 2] }) }),
    ],
    ['without metadata', 'scene-metadata-missing', async () => send({ 'a.tif': await twoBands() }, null)],
    ['with half a metadata field', 'scene-metadata-not-json', async () => send({ 'a.tif': await twoBands() }, '{"acq')],
    [
      'with a date that is none',
      'scene-metadata-invalid',
      async () => send({ 'a.tif': await twoBands() }, { ...metadata, acquiredOn: '2022-13-01' }),
    ],
    ['without a file', 'scene-file-missing', () => send({})],
    [
      'that names a file it does not bring',
      'scene-file-unknown',
      async () => send({ 'a.tif': await twoBands() }, { ...metadata, bands: { red: 'b.tif', nir: 2 } }),
    ],
    [
      'with mask classes but no mask',
      'mask-missing',
      async () => send({ 'a.tif': await twoBands() }, { ...metadata, maskClasses: [3] }),
    ],
    [
      'for a mine that is not there',
      'not-found',
      async () => send({ 'a.tif': await twoBands() }, { ...metadata, mineId: 999_999 }),
    ],
  ];

  it.each(cases)('%s', async (_name, code, attempt) => {
    const { status, body } = await attempt();
    expect(body.code).toBe(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.title).not.toMatch(/[{}–?]/);
    expect(body.titleZh).not.toMatch(/[{}–?]/);
    expect(JSON.stringify(body.params)).not.toContain('?');
    expect(body.titleZh).toMatch(/[\u4e00-\u9fff]/);
    expect(stored()).toEqual([]);
    expect(await sceneCount()).toBe(0);
  });

  it('refuses what is not multipart, and an upload that breaks off', async () => {
    const json = await api.raw('/api/v1/scenes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await json.json()).toMatchObject({
      code: 'media-type-unsupported',
      status: 415,
      params: { accepted: ['multipart/form-data'] },
    });
    const cut = await api.raw('/api/v1/scenes', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.tif"\r\n\r\nII*',
    });
    expect(await cut.json()).toMatchObject({ code: 'multipart-broken' });
    expect(stored()).toEqual([]);
  });

  it('refuses two files of one name, whole or in pieces, and lives on', async () => {
    const form = new FormData();
    for (const bytes of [3, 3_000_000]) form.append('file', new Blob([new Uint8Array(bytes)]), 'a.tif');
    const answer = await api.raw('/api/v1/scenes', { method: 'POST', body: form });
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'scene-file-twice' }]);
    expect(stored()).toEqual([]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('is for those who may', async () => {
    const anonymous = await fetch(`${server.url}/api/v1/scenes`, { method: 'POST', body: new FormData() });
    expect(anonymous.status).toBe(401);
    const regulator = apiFor(server.url, await server.token('regulator'));
    const refused = await regulator.raw('/api/v1/scenes', { method: 'POST', body: new FormData() });
    expect(await refused.json()).toMatchObject({ code: 'forbidden' });
  });
});

describe('a scene whose pixels are damaged', () => {
  it('fails in its job under a code and loses its files; sent again it is tried again', async () => {
    const grid = degreeGrid(101, 36, 700, 600);
    const noise = (row: number, col: number): number => 1 + ((row * 7919 + col * 104_729) % 4000);
    const whole = await sceneTiff({ grid, bands: [noise, noise] });
    const damaged = whole.slice();
    const middle = Math.floor(damaged.length / 2);
    damaged.fill(0xff, middle, middle + 4000);
    const { body } = await send({ 'a.tif': damaged });
    const { scene, job } = body as unknown as { scene: { id: number }; job: { id: string } };
    const ended = await api.waitForJob(job.id);
    expect(ended).toMatchObject({ state: 'failed', params: { file: 'a.tif' } });
    expect(ended.code).toMatch(/^raster-(truncated|unreadable)$/);
    expect(await api.get(`/api/v1/scenes/${scene.id}`)).toMatchObject({ state: 'failed', code: ended.code });
    expect(stored()).toEqual([]);
    expect((await api.raw(`/tiles/scenes/${scene.id}/ndvi/0/0/0.png`)).status).toBe(409);
    const again = (await send({ 'a.tif': damaged })).body as unknown as { scene: { id: number }; job: { id: string } };
    expect(again.scene.id).toBe(scene.id);
    expect(again.job.id).not.toBe(job.id);
    expect(await api.waitForJob(again.job.id)).toMatchObject({ state: 'failed' });
  }, 120_000);
});

const fuzz = findSharedData('rasters_malformed/image-tiff_fuzz');
describe.skipIf(fuzz === undefined)('130 files made to break readers', () => {
  it('each get an answer, leave nothing behind, and the server goes on', async () => {
    const files = readdirSync(fuzz ?? '', { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name !== 'LICENSE')
      .map(entry => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(100);
    const answers = await inParallel(files, 4, async file => send({ 'a.tif': readFileSync(file) }, red));
    for (const { status, body } of answers) {
      expect(status, `${JSON.stringify(body)} ${server.output()}`).toBe(422);
      expect(body.code).toMatch(/^raster-/);
    }
    expect(stored()).toEqual([]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const good = await send({ 'a.tif': await twoBands() });
    expect(good.status).toBe(202);
  }, 240_000);
});
