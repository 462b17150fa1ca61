import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeTile } from '../../gis/tiles/decode-tile.ts';
import { tileAt } from '../../gis/tiles/mercator.ts';
import type { Role } from '../../server/platform/viewer.ts';
import { square } from '../helpers/rooms.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('mines, facilities, habitats and tiles over HTTP', () => {
  let server: RunningServer;
  let mineId: number;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  async function call(
    method: string,
    path: string,
    role?: Role,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(role === undefined ? {} : { authorization: `Bearer ${await server.token(role)}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
    };
  }
  const mine = (properties: object = {}, geometry: unknown = square(101, 36, 0.1)) => ({
    type: 'Feature',
    geometry,
    properties: {
      code: 'QH-1',
      nameZh: '高原矿',
      nameEn: 'Plateau mine',
      organisationCode: 'TEST',
      mineral: 'copper',
      method: 'open',
      ...properties,
    },
  });

  it('makes a mine, tells its revision, and changes it with If-Match', async () => {
    const made = await call('POST', '/api/v1/mines', 'manager', mine({ province: 'QH', startOn: '2012-05-01' }));
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    mineId = made.body['id'] as number;
    const read = await call('GET', `/api/v1/mines/${mineId}`);
    expect(read.body).toEqual(made.body);
    expect(read.body).toMatchObject({ bbox: [101, 36, 101.1, 36.1], landRevision: 0, organisationNameEn: 'TEST' });
    const patch = (ifMatch?: string) =>
      call(
        'PATCH',
        `/api/v1/mines/${mineId}`,
        'manager',
        { status: 'suspend' },
        ifMatch === undefined ? {} : { 'if-match': ifMatch },
      );
    expect((await patch()).status).toBe(428);
    expect((await patch('"1"')).headers.get('etag')).toBe('"2"');
    expect(await patch('"1"')).toMatchObject({
      status: 412,
      body: { code: 'stale-revision', params: { currentRevision: 2 } },
    });
    expect((await call('GET', '/api/v1/mines?bbox=100,35,102,37')).body).toMatchObject({
      items: [{ id: mineId, status: 'suspend' }],
      nextCursor: null,
    });
  });

  it.each([
    [
      'a bow tie',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      },
      'ring-crosses-itself',
      [0.5, 0.5],
    ],
    [
      'metres',
      {
        type: 'Polygon',
        coordinates: [
          [
            [500000, 3900000],
            [500100, 3900000],
            [500100, 3900100],
            [500000, 3900000],
          ],
        ],
      },
      'coordinates-in-metres',
      undefined,
    ],
    [
      'swapped axes',
      {
        type: 'Polygon',
        coordinates: [
          [
            [36, 101],
            [36.1, 101],
            [36.1, 101.1],
            [36, 101],
          ],
        ],
      },
      'coordinates-swapped',
      undefined,
    ],
    ['nothing', { type: 'MultiPolygon', coordinates: [] }, 'geometry-empty', undefined],
    [
      'a hole outside',
      { type: 'Polygon', coordinates: [square(101, 36).coordinates[0], square(102, 36).coordinates[0]] },
      'hole-outside-shell',
      undefined,
    ],
    [
      'across the date line',
      {
        type: 'Polygon',
        coordinates: [
          [
            [179, 10],
            [-179, 10],
            [-179, 11],
            [179, 11],
            [179, 10],
          ],
        ],
      },
      'crosses-date-line',
      undefined,
    ],
  ])(
    'refuses %s by name in both languages, with its place, and writes nothing',
    async (_name, geometry, code, position) => {
      const answer = await call('POST', '/api/v1/mines', 'admin', mine({ code: 'BAD' }, geometry));
      expect(answer).toMatchObject({
        status: 422,
        body: { code, titleZh: expect.stringMatching(/[一-龥]/) as string },
      });
      const [first] = answer.body['errors'] as { code: string; message: object; position?: unknown }[];
      expect(first).toMatchObject({ code, message: { zh: expect.stringMatching(/[一-龥]/) as string } });
      if (position) expect(first?.position).toEqual(position);
      expect((await call('GET', '/api/v1/mines?q=BAD')).body).toMatchObject({ items: [] });
    },
  );

  it('repairs silently what loses nothing: heights, open rings, repeated points, winding', async () => {
    const ring = [[101, 36, 5], [101, 36.1, 5], [101.1, 36.1, 5], [101.1, 36.1, 5], [101.1, 36, 5]]; // prettier-ignore
    const made = await call(
      'POST',
      '/api/v1/mines',
      'admin',
      mine({ code: 'REPAIRED' }, { type: 'Polygon', coordinates: [ring] }),
    );
    expect(made).toMatchObject({ status: 201, body: { bbox: [101, 36, 101.1, 36.1] } });
    const [shell] = (made.body['geometry'] as unknown as { coordinates: number[][][][] }).coordinates[0] ?? [];
    expect(shell).toEqual([
      [101, 36],
      [101.1, 36],
      [101.1, 36.1],
      [101, 36.1],
      [101, 36],
    ]);
  });

  it('names unknown keys and missing fields, and asks who one is', async () => {
    expect(await call('POST', '/api/v1/mines', 'admin', { ...mine({ code: 'X', extra: 1 }) })).toMatchObject({
      status: 422,
      body: { code: 'body-invalid' },
    });
    expect((await call('POST', '/api/v1/mines', undefined, mine({ code: 'X' }))).status).toBe(401);
    expect((await call('POST', '/api/v1/mines', 'ecologist', mine({ code: 'X' }))).status).toBe(403);
    expect(
      (await call('POST', '/api/v1/mines', 'manager', mine({ code: 'X', organisationCode: 'OTHER' }))).status,
    ).toBe(403);
    expect((await call('GET', '/api/v1/mines?bbox=1,2,3')).status).toBe(400);
    expect((await call('GET', '/api/v1/mines/999999')).body).toMatchObject({ code: 'not-found' });
  });

  it('keeps boundaries, facilities, taxa, surveys, habitats and occurrences', async () => {
    const base = `/api/v1/mines/${mineId}`;
    const boundary = {
      type: 'Feature',
      geometry: square(101, 36, 0.05),
      properties: { kind: 'RESP', validFrom: '2013-01-01' },
    };
    const first = await call('POST', `${base}/boundaries`, 'manager', boundary);
    expect(first.status).toBe(201);
    expect(await call('POST', `${base}/boundaries`, 'manager', boundary)).toMatchObject({
      status: 409,
      body: { code: 'boundary-validity-overlap' },
    });
    const next = { ...boundary, properties: { kind: 'RESP', validFrom: '2020-01-01', supersedes: first.body['id'] } };
    expect((await call('POST', `${base}/boundaries`, 'manager', next)).status).toBe(201);
    expect((await call('GET', `${base}/boundaries?kind=RESP`)).body).toMatchObject({
      items: [{ validTo: '2020-01-01' }, { validTo: null }],
    });

    const facility = {
      type: 'Feature',
      geometry: square(101.01, 36.01),
      properties: {
        type: 'RMY',
        nameZh: '赤泥',
        nameEn: 'Red mud',
        validFrom: '2013-01-01',
        attributes: { process: 'FCD' },
      },
    };
    expect(await call('POST', `${base}/facilities`, 'manager', facility)).toMatchObject({
      status: 201,
      body: { attributes: { process: 'FCD' } },
    });
    expect((await call('GET', `${base}/facilities`)).body).toMatchObject({
      items: [{ type: 'RMY', geometry: { type: 'MultiPolygon' } }],
    });

    const taxon = await call('POST', '/api/v1/taxa', 'steward', {
      scientificName: 'Egretta garzetta',
      nameZh: '白鹭',
      family: 'Ardeidae',
      genus: 'Egretta',
      kingdom: 'Animalia',
    });
    expect(taxon).toMatchObject({ status: 201, body: { statuses: [] } });
    expect((await call('GET', '/api/v1/taxa?q=白鹭')).body).toMatchObject({
      items: [{ scientificName: 'Egretta garzetta' }],
    });
    const survey = await call('POST', `${base}/surveys`, 'ecologist', {
      eventType: 'transect',
      eventDate: '2021-05-01',
    });
    expect(survey.status).toBe(201);
    const habitat = {
      type: 'Feature',
      geometry: square(101.02, 36.02),
      properties: {
        nameZh: '湿地',
        nameEn: 'Marsh',
        habitatCode: '5.4',
        validFrom: '2018-01-01',
        taxonIds: [taxon.body['id']],
        uses: ['BREED'],
      },
    };
    const open = await call('POST', `${base}/habitats`, 'ecologist', habitat);
    expect(open).toMatchObject({ status: 201, body: { sensitivity: 0, taxa: [{ nameZh: '白鹭' }] } });
    const occurrence = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [101.021, 36.021] },
      properties: { scientificName: 'Egretta garzetta', eventDate: '2021-05-01', surveyId: survey.body['id'] },
    };
    expect(await call('POST', `${base}/occurrences`, 'ecologist', occurrence)).toMatchObject({
      status: 201,
      body: { sensitivity: 0 },
    });
    expect((await call('GET', `${base}/occurrences`)).body).toMatchObject({
      items: [{ geometry: { coordinates: [101.021, 36.021] } }],
    });
    expect((await call('GET', `${base}/surveys`)).body).toMatchObject({ items: [{ eventType: 'transect' }] });

    const hidden = await call('POST', `${base}/habitats`, 'ecologist', {
      ...habitat,
      properties: { ...habitat.properties, sensitivity: 1 },
    });
    expect(hidden).toMatchObject({ status: 201, body: { sensitivity: 1, geometry: { type: 'MultiPolygon' } } });
    expect((await call('GET', `${base}/habitats`)).body).toMatchObject({ items: [{ id: open.body['id'] }] });
    expect((await call('GET', `${base}/habitats/${String(hidden.body['id'])}`, 'admin')).status).toBe(404);
    expect((await call('GET', `${base}/habitats/${String(hidden.body['id'])}`, 'ecologist')).status).toBe(200);
  });

  it('describes and serves tiles with validators and caching by audience', async () => {
    const tileJson = (await call('GET', '/tiles/mines.json?asAt=2022-12-31')).body as unknown as {
      tiles: string[];
      tilejson: string;
      vector_layers: { id: string; fields: object }[];
    };
    expect(tileJson).toMatchObject({
      tilejson: '3.0.0',
      minzoom: 0,
      vector_layers: [{ id: 'mines', fields: { mineId: 'Number' } }],
    });
    const { x, y } = tileAt([101.05, 36.05], 10);
    const address = (tileJson.tiles[0] ?? '').replace('{z}', '10').replace('{x}', String(x)).replace('{y}', String(y));
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1/);
    const first = await fetch(address, { headers: { 'accept-encoding': 'gzip' } });
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      'application/vnd.mapbox-vector-tile',
      'public, max-age=31536000, immutable',
    ]);
    expect(decodeTile(new Uint8Array(await first.arrayBuffer()))[0]?.features.length).toBeGreaterThan(0);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(address, { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
    const unversioned = await fetch(`${server.url}/tiles/mines/10/${x}/${y}.mvt`);
    expect(unversioned.headers.get('cache-control')).toBe('public, no-cache');
    const exact = await call('GET', `/tiles/habitats/10/${x}/${y}.mvt`, 'ecologist');
    expect([exact.status, exact.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await call('GET', '/tiles/mines/10/0/0.mvt')).status).toBe(204);
    expect(await call('GET', '/tiles/mines/10/1024/0.mvt')).toMatchObject({
      status: 404,
      body: { code: 'tile-out-of-range' },
    });
    expect(await call('GET', '/tiles/parcels/10/1/1.mvt')).toMatchObject({
      status: 404,
      body: { code: 'tile-layer-unknown' },
    });
    expect((await call('GET', '/tiles/mines/10/x/1.mvt')).status).toBe(400);
  });

  it('serves every vocabulary in both languages', async () => {
    const { body } = await call('GET', '/api/v1/vocabularies');
    expect(body).toMatchObject({
      boundaryKinds: expect.arrayContaining([
        { code: 'ECO', nameZh: '生态保护红线', nameEn: 'Ecological conservation redline' },
      ]) as unknown,
    });
  });
});
