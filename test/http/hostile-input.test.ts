import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../helpers/server.ts';

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly code: string; readonly message: { readonly en: string; readonly zh: string } }[];
}

const cursor = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const ring = [
  [112, 34],
  [112.01, 34],
  [112.01, 34.01],
  [112, 34],
];

// Text that no schema minds and that would fail only in the database: each must be told by name, on both databases.
const databases = process.env['TEST_DATABASE_URL'] === undefined ? ['embedded'] : ['embedded', 'postgres'];

describe.each(databases as ('embedded' | 'postgres')[])('hostile input over HTTP (%s)', database => {
  let server: RunningServer;
  let authorization: string;
  let mine: string;
  beforeAll(async () => {
    server = await startServer({ database });
    authorization = `Bearer ${await server.token('admin')}`;
    const properties = { nameZh: '矿', nameEn: 'Mine', code: 'M-1', organisationCode: 'TEST', mineral: 'copper' };
    const { status, body } = await ask('/api/v1/mines', {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ring] },
      properties: { ...properties, method: 'open' },
    });
    expect(status).toBe(201);
    mine = `/api/v1/mines/${(body as unknown as { id: number }).id}`;
  });
  afterAll(() => server.stop());

  async function ask(path: string, json?: unknown): Promise<{ status: number; body: Problem }> {
    const response = await fetch(server.url + path, {
      headers: { authorization, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
    });
    return { status: response.status, body: (await response.json()) as Problem };
  }
  const codeOf = async (path: string, json?: unknown): Promise<[number, string]> => {
    const { status, body } = await ask(path, json);
    return [status, body.code];
  };

  it('names the character that no text of the database can hold', async () => {
    for (const path of ['/api/v1/mines?q=%00', '/api/v1/taxa?q=%00', '/api/v1/scenes?sensor=%00'])
      expect([path, ...(await codeOf(path))]).toEqual([path, 422, 'text-unusable']);
    expect(await codeOf('/api/v1/tokens', { username: 'ad\u0000min', password: 'x' })).toEqual([422, 'text-unusable']);
    const remarks = { eventType: 'transect', eventDate: '2022-05-01', samplingProtocol: 'a', remarks: 'a\u0000b' };
    expect(await codeOf(`${mine}/surveys`, remarks)).toEqual([422, 'text-unusable']);
    expect(await codeOf(`/api/v1/mines?cursor=${cursor(['\u0000'])}`)).toEqual([422, 'text-unusable']);
  });

  it('refuses days that the calendar of the database does not know', async () => {
    for (const day of ['0000-01-01', '0001-01-01', '0999-12-31'])
      for (const path of ['/land', '/restoration', '/facilities', '/boundaries', '/habitats'])
        expect([path, ...(await codeOf(`${mine}${path}?asAt=${day}`))]).toEqual([path, 400, 'request-invalid']);
    for (const instant of ['0000-01-01T00:00:00Z', '2021-01-01T00:00:00%2B23:59', '2021-01-01T00:00:00-15:00'])
      expect(await codeOf(`${mine}/land?knownAt=${instant}`)).toEqual([400, 'request-invalid']);
    expect((await ask(`${mine}/land?knownAt=2021-01-01T00:00:00%2B14:00`)).status).toBe(200);
    expect(await codeOf('/tiles/land/10/831/405.mvt?asAt=0000-01-01')).toEqual([400, 'request-invalid']);
    for (const day of ['1000-01-01', '9999-12-31'])
      expect((await ask(`${mine}/restoration?asAt=${day}`)).status).toBe(200);
  });

  it('refuses the cursor of another list, and one that nobody made', async () => {
    const lists = ['/facilities', '/boundaries', '/land-events', '/published-periods', '/reference-areas'];
    const keyed = ['/habitats', '/occurrences', '/surveys'];
    for (const list of [...lists, ...keyed])
      for (const key of [['a'], [1e30], [null], [], [[1]], [1, 2]])
        expect([list, ...(await codeOf(`${mine}${list}?cursor=${cursor(key)}`))]).toEqual([
          list,
          400,
          'cursor-invalid',
        ]);
    for (const key of [
      ['2022-02-30', 1],
      ['2022-02-03', 'x'],
      ['a', 'b'],
    ])
      expect(await codeOf(`/api/v1/scenes?cursor=${cursor(key)}`)).toEqual([400, 'cursor-invalid']);
    expect(await codeOf(`/api/v1/mines?cursor=${cursor([1])}`)).toEqual([400, 'cursor-invalid']);
  });

  it('refuses an address with a broken percent code', async () => {
    expect(await codeOf('/api/v1/mines/%E0%A4%A')).toEqual([400, 'request-invalid']);
  });

  it('refuses a body that is not packed as it says', async () => {
    const headers = { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await fetch(`${server.url}/api/v1/organisations`, { method: 'POST', headers, body: 'not gzip' });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([400, 'body-not-unpacked']);
  });

  it('reads neither what nests without end nor much from those who have not signed in', async () => {
    const send = async (body: string, headers: Record<string, string>): Promise<[number, string]> => {
      const own = { 'content-type': 'application/json', ...headers };
      const answer = await fetch(`${server.url}/api/v1/organisations`, { method: 'POST', headers: own, body });
      return [answer.status, ((await answer.json()) as Problem).code];
    };
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(await send(deep, { authorization, 'idempotency-key': 'deep' })).toEqual([422, 'body-too-deep']);
    const large = JSON.stringify({ code: 'x'.repeat(70_000) });
    expect(await send(large, {})).toEqual([401, 'sign-in-required']);
    expect(await send(large, { authorization })).toEqual([422, 'body-invalid']);
  });

  it('refuses text that it could keep only with replacement characters in it', async () => {
    const send = async (body: Uint8Array<ArrayBuffer> | string): Promise<[number, string]> => {
      const headers = { authorization, 'content-type': 'application/json' };
      const response = await fetch(`${server.url}/api/v1/organisations`, { method: 'POST', headers, body });
      return [response.status, ((await response.json()) as Problem).code];
    };
    const organisation = (nameZh: string): string =>
      `{"code":"GBK","nameZh":"${nameZh}","nameEn":"A","kind":"company"}`;
    const [before, after] = organisation('|').split('|');
    const inGbk = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xbf, 0xf3]), Buffer.from(after ?? '')]);
    expect(await send(inGbk)).toEqual([400, 'body-not-utf8']);
    expect(await send(organisation(String.raw`\ud83d`))).toEqual([422, 'text-unusable']);
    expect(await send(organisation(String.raw`\uDE00\\ud83d`))).toEqual([422, 'text-unusable']);
    // A pair is a character, and an escaped backslash before `ud83d` is no escape.
    const kept = await ask('/api/v1/organisations', {
      ...(JSON.parse(organisation('x')) as object),
      nameZh: String.raw`矿\ud83d` + String.fromCodePoint(0x1f600),
    });
    expect([kept.status, (kept.body as unknown as { nameZh: string }).nameZh]).toEqual([
      201,
      String.raw`矿\ud83d` + '😀',
    ]);
  });

  it('says what is no If-Match', async () => {
    for (const ifMatch of ['*', '1', '"a"', '"1", "2"']) {
      const headers = { authorization, 'content-type': 'application/json', 'if-match': ifMatch };
      const response = await fetch(server.url + mine, { method: 'PATCH', headers, body: '{"nameEn":"B"}' });
      expect([ifMatch, response.status, ((await response.json()) as Problem).code]).toEqual([
        ifMatch,
        400,
        'if-match-invalid',
      ]);
    }
  });

  it('answers a browser below the API as it answers any other program', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const answers = await Promise.all(
      ['/api/v1/mines', '/api/v1/mines/999', '/api/v1/nowhere', '/readyz', '/tiles/nothing.json'].map(async path => {
        const response = await fetch(server.url + path, { headers });
        return [path, response.status, response.headers.get('content-type')?.split(';')[0]];
      }),
    );
    expect(answers).toEqual([
      ['/api/v1/mines', 200, 'application/json'],
      ['/api/v1/mines/999', 404, 'application/problem+json'],
      ['/api/v1/nowhere', 404, 'application/problem+json'],
      ['/readyz', 200, 'application/json'],
      ['/tiles/nothing.json', 404, 'application/problem+json'],
    ]);
  });

  it('words its own rules in Chinese too', async () => {
    for (const query of ['/land?asAt=0001-01-01', '/habitats?bbox=4,3,2,1']) {
      const [error] = (await ask(mine + query)).body.errors;
      expect(error?.code).toBe('schema-custom');
      expect(error?.message.en).toMatch(/^[ -~]+$/);
      expect(error?.message.zh).toMatch(/[一-龥]/);
      expect(error?.message.zh).not.toMatch(/[a-z]{3}/);
    }
  });

  it('takes no parameter for another that was meant, and leaves marks of others alone', async () => {
    const misspelt = await ask(`${mine}/land?as_at=2020-12-31`);
    expect(misspelt.body).toMatchObject({
      code: 'request-invalid',
      errors: [
        { code: 'parameter-misspelt', pointer: 'query: as_at', message: { en: 'There is no as_at; is it asAt?' } },
      ],
    });
    expect((await ask(`${mine}/land?utm_source=letter`)).body.code).toBeUndefined();
  });

  it('says what is wrong with each field in both languages', async () => {
    const { body } = await ask(`${mine}/land-events`, {
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: ring },
      properties: { stage: 'GRASS', effectiveOn: '2022-02-30', scope: 'LIC', extra: 1 },
    });
    expect(body.code).toBe('body-invalid');
    expect(body.errors.length).toBeGreaterThan(3);
    for (const { code, message } of body.errors) {
      expect(message.en).not.toBe(code);
      expect(message.en).toMatch(/\w \w/);
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
    }
    const box = await ask('/api/v1/mines?bbox=1,2,3');
    expect(box.body.errors[0]?.message).toEqual({
      en: 'west,south,east,north in degrees, west before east',
      zh: '应为以逗号分隔的西、南、东、北四个度数，且西不大于东',
    });
  });

  it('has logged no failure of its own', () => {
    expect(server.output()).not.toContain('request failed');
  });
});
