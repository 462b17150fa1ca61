// Uploads made to do harm: names that are paths, parts out of order, more than is allowed, numbers that are none. Each has
// an answer with a code and both wordings, leaves nothing in the store, and the server lives on.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELD, TAG } from '../../gis/raster/tiff/tags.ts';
import type { SceneDetailShape } from '../../server/imagery/scenes/scene.contract.ts';
import { apiFor, type Api } from '../helpers/api.ts';
import { square } from '../helpers/rooms.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';
import { brokenTiff, degreeGrid, sceneTiff, type BrokenTiff } from './scene-files.ts';

let server: RunningServer;
let api: Api;
let good: Uint8Array;

beforeAll(async () => {
  server = await startServer();
  api = apiFor(server.url, await server.token('manager'));
  good = await sceneTiff({ grid: degreeGrid(101, 36, 40, 40), bands: [() => 500, () => 3000] });
});
afterAll(() => server.stop());

const metadata = { acquiredOn: '2022-07-01', sensor: 'drone', bands: { red: 1, nir: 2 } };

interface Part {
  /** As it stands in the header, quotes included. */
  readonly disposition: string;
  readonly type?: string;
  readonly body: Uint8Array | string;
}

const field = (value: unknown): Part => ({
  disposition: 'name="metadata"',
  body: typeof value === 'string' ? value : JSON.stringify(value),
});
const file = (body: Uint8Array | string = good, filename = 'filename="a.tif"'): Part => ({
  disposition: `name="file"; ${filename}`,
  type: 'image/tiff',
  body,
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string; title?: string; titleZh?: string; params?: object };
}

/** Multipart by hand: no client library cleans the names. */
async function send(parts: readonly Part[], as: Api = api): Promise<Answer> {
  const boundary = randomBytes(8).toString('hex');
  const chunks = parts.flatMap(({ disposition, type, body }) => [
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`,
    type === undefined ? '\r\n' : `content-type: ${type}\r\n\r\n`,
    body,
    '\r\n',
  ]);
  const response = await as.raw('/api/v1/scenes', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...chunks, `--${boundary}--\r\n`].map(chunk => Buffer.from(chunk as string))),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const stored = (): string[] => {
  const folder = join(server.dataDir, 'objects');
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
};

const tiff = (tags: NonNullable<BrokenTiff['tags']>, size: Partial<BrokenTiff> = {}): Part =>
  file(brokenTiff({ ...size, tags }));
const double = (tag: number, ...values: number[]) => ({ [tag]: { tag, type: FIELD.double, values } });
const short = (tag: number, ...values: number[]) => ({ [tag]: { tag, type: FIELD.short, values } });
const oneBand = { ...metadata, bands: { red: 1, nir: 1 } };

const cases: readonly (readonly [string, string, () => readonly Part[]])[] = [
  [
    'forty files',
    'upload-too-many-files',
    () => [field(metadata), ...Array.from({ length: 40 }, (_, at) => file(good, `filename="${at}.tif"`))],
  ],
  ['no file', 'scene-file-missing', () => [field(metadata)]],
  ['no part at all', 'scene-metadata-missing', () => []],
  ['metadata that are a list', 'scene-metadata-invalid', () => [file(), field([metadata])]],
  ['metadata that are null', 'scene-metadata-invalid', () => [field('null'), file()]],
  ['metadata after the file that are cut short', 'scene-metadata-not-json', () => [file(), field('{"acquiredOn"')]],
  [
    'metadata of a megabyte',
    'scene-metadata-too-large',
    () => [field(JSON.stringify({ ...metadata, sensor: 'x'.repeat(2 ** 20) })), file()],
  ],
  [
    'a megabyte of metadata as a JSON file',
    'scene-metadata-too-large',
    () => [
      { disposition: 'name="metadata"; filename="m.json"', type: 'application/json', body: 'x'.repeat(2 ** 20) },
      file(),
    ],
  ],
  ['a sensor with a zero byte', 'scene-metadata-invalid', () => [field({ ...metadata, sensor: 'S\u00002' }), file()]],
  [
    'a file name with a zero byte',
    'scene-file-name-invalid',
    () => [field(metadata), file(good, `filename*=utf-8''a%00.tif`)],
  ],
  [
    'a file name of 5,000 characters',
    'scene-file-name-invalid',
    () => [field(metadata), file(good, `filename="${'a'.repeat(5000)}.tif"`)],
  ],
  [
    'a date that no calendar has',
    'scene-metadata-invalid',
    () => [field({ ...metadata, acquiredOn: '2022-02-30' }), file()],
  ],
  [
    'a scale that is none',
    'scene-metadata-invalid',
    () => [field(JSON.stringify(metadata).replace('}}', '},"scale":1e999}')), file()],
  ],
  [
    'a mask that is not there',
    'raster-band-missing',
    () => [field({ ...metadata, mask: 3, maskClasses: [3] }), file()],
  ],
  [
    'a band that is not there',
    'raster-band-missing',
    () => [field({ ...metadata, bands: { red: 1, nir: 9 } }), file()],
  ],
  ['an empty file', 'raster-not-tiff', () => [field(metadata), file('')]],
  [
    'a file of 8 bytes that promise a directory',
    'raster-truncated',
    () => [field(metadata), file(Buffer.from('II*\0\xff\xff\0\0', 'latin1'))],
  ],
  ['half a file', 'raster-truncated', () => [field(metadata), file(good.subarray(0, good.length / 2))]],
  ['a side of 70,000', 'raster-side-too-long', () => [field(oneBand), tiff({}, { width: 70_000, height: 8 })]],
  ['four milliards of cells', 'raster-too-large', () => [field(oneBand), tiff({}, { width: 65_000, height: 65_000 })]],
  ['no width', 'raster-unreadable', () => [field(oneBand), tiff({}, { width: 0 })]],
  ['cells of no size', 'raster-rotated', () => [field(oneBand), tiff(double(TAG.modelPixelScale, 0, 0, 0))]],
  [
    'cells that are not numbers',
    'raster-unreadable',
    () => [field(oneBand), tiff(double(TAG.modelPixelScale, Number.NaN, 1, 0))],
  ],
  [
    'a corner at infinity',
    'raster-unreadable',
    () => [field(oneBand), tiff(double(TAG.modelTiepoint, 0, 0, 0, Number.POSITIVE_INFINITY, 36, 0))],
  ],
  [
    'a corner on Mars',
    'raster-outside-world',
    () => [field(oneBand), tiff(double(TAG.modelTiepoint, 0, 0, 0, 4e7, 36, 0))],
  ],
  ['a compression nobody has', 'raster-kind-unsupported', () => [field(oneBand), tiff(short(TAG.compression, 4711))]],
  ['samples of 7 bits', 'raster-kind-unsupported', () => [field(oneBand), tiff(short(TAG.bitsPerSample, 7))]],
  [
    'a system of its own',
    'raster-crs-user-defined',
    () => [field(oneBand), tiff(short(TAG.geoKeyDirectory, 1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 32767))],
  ],
  [
    'coordinates from the middle of the earth',
    'raster-crs-unsupported',
    () => [field(oneBand), tiff(short(TAG.geoKeyDirectory, 1, 1, 0, 2, 1024, 0, 1, 3, 2048, 0, 1, 4978))],
  ],
];

describe('an upload with', () => {
  it.each(cases)('%s', async (_name, code, parts) => {
    const { status, body } = await send(parts());
    expect({ code: body.code, params: body.params }).toMatchObject({ code });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    for (const sentence of [body.title, body.titleZh]) {
      expect(sentence).not.toMatch(/[{}–]|undefined|NaN|\?/);
    }
    expect(body.titleZh).toMatch(/[\u4e00-\u9fff]/);
    expect(stored()).toEqual([]);
  });

  it('a hundred cut connections leaves nothing and nobody waiting', async () => {
    const { hostname, port } = new URL(server.url);
    const token = await server.token('manager');
    const head =
      `POST /api/v1/scenes HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\n` +
      'content-type: multipart/form-data; boundary=x\r\ncontent-length: 900000\r\n\r\n' +
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.tif"\r\n\r\nII*\0';
    await Promise.all(
      Array.from(
        { length: 100 },
        () =>
          new Promise<void>(resolve => {
            const socket = connect(Number(port), hostname, () => {
              socket.write(head, () => socket.destroy());
            });
            socket.on('close', () => resolve());
            socket.on('error', () => undefined);
          }),
      ),
    );
    await expect.poll(stored, { timeout: 50_000 }).toEqual([]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  }, 60_000);

  it.each([
    'filename="../../../etc/evil.tif"',
    String.raw`filename="C:\\temp\\evil.tif"`,
    `filename*=utf-8''..%2F..%2Fevil.tif`,
  ])(
    'the name %s puts nothing anywhere but where every scene lies',
    async name => {
      const answer = await send([field({ ...metadata, sensor: name.slice(0, 40) }), file(good, name)]);
      expect(answer.status, JSON.stringify(answer.body)).toBe(202);
      const { scene, job } = answer.body as unknown as { scene: { id: number }; job: { id: string } };
      expect(await api.waitForJob(job.id)).toMatchObject({ state: 'done' });
      const detail = await api.get<SceneDetailShape>(`/api/v1/scenes/${scene.id}`);
      expect(detail.files.map(({ name: kept }) => kept)).toEqual(['evil.tif']);
      const scenes = join(server.dataDir, 'objects', 'scenes');
      expect(stored().every(path => path.startsWith(scenes))).toBe(true);
      expect(stored().join()).not.toContain('evil');
    },
    60_000,
  );
});

describe('a scene for a mine', () => {
  let mineId: number;
  let before: string[];

  beforeAll(async () => {
    const admin = apiFor(server.url, await server.token('admin'));
    const mine = await admin.post<{ id: number }>('/api/v1/mines', {
      type: 'Feature',
      geometry: square(101, 35.99, 0.02),
      properties: {
        nameZh: '别家矿',
        nameEn: 'Their mine',
        code: 'THEIRS',
        organisationCode: 'OTHER',
        mineral: 'copper',
        method: 'open',
      },
    });
    mineId = mine.id;
    before = stored();
  });

  // A file that is no TIFF: were it looked at, the answer would be another one.
  const orders: readonly [string, (meta: object) => readonly Part[]][] = [
    ['before', meta => [field(meta), file('not a TIFF')]],
    ['after', meta => [file('not a TIFF'), field(meta)]],
    [
      'as a JSON file before',
      meta => [
        { disposition: 'name="scene"; filename="m.json"', type: 'application/json', body: JSON.stringify(meta) },
        file('not a TIFF'),
      ],
    ],
    ['once without it and once with it, around', meta => [field(metadata), file('not a TIFF'), field(meta)]],
  ];

  it.each(orders)('of another company is refused when it is named %s the file', async (_order, parts) => {
    for (const role of ['manager', 'group'] as const) {
      const answer = await send(parts({ ...metadata, mineId }), apiFor(server.url, await server.token(role)));
      expect([role, answer.status, answer.body.code]).toEqual([role, 403, 'forbidden']);
      expect(stored()).toEqual(before);
    }
  });

  it('is taken from those who may speak for every mine, and refused before anything to the rest', async () => {
    for (const role of ['regulator', 'steward'] as const) {
      const answer = await send([field({ ...metadata, mineId }), file()], apiFor(server.url, await server.token(role)));
      expect([role, answer.status]).toEqual([role, 403]);
    }
    expect((await send([field({ ...metadata, mineId }), file()], apiFor(server.url))).status).toBe(401);
    expect(stored()).toEqual(before);
    const ecologist = apiFor(server.url, await server.token('ecologist'));
    const taken = await send([field({ ...metadata, sensor: 'survey', mineId }), file()], ecologist);
    expect(taken.status).toBe(202);
    const { job } = taken.body as unknown as { job: { id: string } };
    await ecologist.waitForJob(job.id);
  }, 60_000);
});

describe('pixels that say nothing', () => {
  it.each([
    ['zeros everywhere and no no-data value', 'uint16', 0, undefined],
    ['not-a-number, named as no data', 'float32', Number.NaN, Number.NaN],
    ['not-a-number, not named', 'float32', Number.NaN, undefined],
  ] as const)(
    '%s make a scene that is drawn clear',
    async (name, sampleType, value, noData) => {
      const bytes = await sceneTiff({
        grid: degreeGrid(101, 36, 40, 40),
        bands: [() => value, () => value],
        sampleType,
        ...(noData === undefined ? {} : { noData }),
      });
      const answer = await send([field({ ...metadata, sensor: name.slice(0, 50) }), file(bytes)]);
      expect(answer.status, JSON.stringify(answer.body)).toBe(202);
      const { scene, job } = answer.body as unknown as { scene: { id: number }; job: { id: string } };
      expect(await api.waitForJob(job.id)).toMatchObject({ state: 'done' });
      expect((await api.raw(`/tiles/scenes/${scene.id}/ndvi/12/3197/1607.png`)).status).toBe(200);
    },
    60_000,
  );
});
