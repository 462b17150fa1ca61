import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../helpers/server.ts';

describe('the server over HTTP', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);
  const send = (
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<Response> =>
    call(path, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const bearer = async (role: Parameters<RunningServer['token']>[0]) => ({
    authorization: `Bearer ${await server.token(role)}`,
  });
  const organisation = (code: string) => ({ code, nameZh: '甲', nameEn: 'A', parentCode: null, kind: 'company' });

  it('is alive, ready and measured', async () => {
    expect(await (await call('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await call('/readyz')).json()).toMatchObject({
      status: 'ready',
      checks: { database: { ok: true, detail: { kind: 'embedded' } }, migrations: { ok: true }, storage: { ok: true } },
    });
  });

  it('is measured by template, so that no id, no name and no made-up address is in its figures', async () => {
    await call('/api/v1/mines/987654321');
    await call('/tiles/habitats/9/417/203.mvt?asAt=2021-01-01&secret=hidden');
    await call('/a-name-that-nobody-should-read');
    await call('/api/v1/mines/987654321/nowhere', { method: 'PROPFIND' });
    const response = await call('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    // In what the figures are named by; the figures themselves may hold any digits.
    const names = text.replaceAll(/ [\d.e+-]+$/gm, '');
    expect(names).not.toMatch(/987654321|417|secret|a-name-that|nowhere|PROPFIND/);
    const { paths } = (await (await call('/api/openapi.json')).json()) as { paths: object };
    const known = new Set(Object.keys(paths).map(path => path.replace(/\{(\w+)\}/g, ':$1')));
    const routes = new Set(
      [...text.matchAll(/ route="?([^",}]+)|route="([^"]+)"/g)].map(match => match[1] ?? match[2] ?? ''),
    );
    expect(routes).toContain('/api/v1/mines/:id');
    expect(routes).toContain('other');
    expect([...routes].filter(route => route !== 'other' && !known.has(route))).toEqual([]);
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(match => match[1] ?? ''));
    expect([...labels].toSorted()).toEqual(
      ['kind', 'le', 'method', 'route', 'space', 'state', 'status', 'type', 'version', 'major', 'minor', 'patch']
        .filter(name => labels.has(name))
        .toSorted(),
    );
    expect(labels.has('route')).toBe(true);
  });

  it('describes itself in OpenAPI 3.1, sent packed', async () => {
    const response = await call('/api/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/mines/{id}', '/api/v1/jobs/{id}/events']),
    );
  });

  it('answers every fault as a problem in both languages with the id of the request', async () => {
    const response = await call('/api/v1/nothing', { headers: { 'x-request-id': 'abc-12345678' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('x-request-id')).toBe('abc-12345678');
    expect(await response.json()).toMatchObject({ code: 'route-unknown', requestId: 'abc-12345678', titleZh: /./ });
    const unsigned = await send('/api/v1/mines', {});
    expect([unsigned.status, ((await unsigned.json()) as { params: object }).params]).toEqual([
      401,
      { action: 'mine.create' },
    ]);
    const missing = (await (await call('/api/v1/mines/987654321')).json()) as Record<string, unknown>;
    expect(missing).toMatchObject({ titleZh: '不存在所请求的矿山。', params: { kind: 'mine' } });
    const method = await call('/api/v1/mines', { method: 'DELETE' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const broken = await call('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"username":',
    });
    expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, 'body-not-json']);
    const media = await call('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(media.status).toBe(415);
    expect(await media.json()).toMatchObject({
      code: 'media-type-unsupported',
      params: { received: 'text/plain', accepted: expect.arrayContaining(['application/json']) as string[] },
    });
    const form = new FormData();
    form.append('username', 'admin');
    const multipart = await call('/api/v1/session', { method: 'POST', body: form });
    expect([multipart.status, ((await multipart.json()) as { code: string }).code]).toEqual([
      415,
      'media-type-unsupported',
    ]);
    const fields = await send('/api/v1/session', { username: '', extra: 1 });
    expect(fields.status).toBe(422);
    const refused = (await fields.json()) as { errors: { pointer: string }[]; detail: string; detailZh: string };
    expect(refused.errors.map(error => error.pointer)).toContain('/username');
    expect(refused.detail).toMatch(/^\/username: .+/);
    expect(refused.detailZh).toMatch(/^\/username：.*[一-龥]/);
  });

  it('refuses a drawing of 200,000 vertices at once, and one with a fault at each of them in bounded words', async () => {
    const ring = Array.from({ length: 200_000 }, (_, i) => [101 + (i % 1000) / 1e4, 36 + i / 1e7]);
    const mine = (coordinates: unknown) => ({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates },
      properties: { code: 'BIG' },
    });
    const headers = await bearer('manager');
    const many = await send('/api/v1/mines', mine([ring]), headers);
    expect([many.status, await many.json()]).toMatchObject([
      422,
      { code: 'too-many-vertices', params: { count: 200_000, limit: 100_000 } },
    ]);
    const text = await (
      await send('/api/v1/mines', mine([ring.slice(0, 90_000).map(() => ['a', null])]), headers)
    ).text();
    expect(text).toContain('body-invalid');
    expect(text.length).toBeLessThan(100_000);
  });

  it('sets headers that keep pages to our own sources', async () => {
    const { headers } = await call('/api/v1/settings');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('signs in with a cookie, writes only from its own origin, and signs out', async () => {
    const signIn = await send('/api/v1/session', { username: 'admin', password: 'demo' });
    expect(signIn.status).toBe(201);
    const [cookieLine = ''] = signIn.headers.getSetCookie();
    expect(cookieLine).toMatch(/^regreen_session=.*HttpOnly.*SameSite=Lax/);
    const cookie = cookieLine.split(';')[0] ?? '';
    expect(await (await call('/api/v1/session', { headers: { cookie } })).json()).toMatchObject({
      account: { username: 'admin', role: 'admin' },
    });
    for (const origin of [undefined, 'http://evil.example']) {
      const refused = await send('/api/v1/organisations', organisation('ORIGIN'), {
        cookie,
        ...(origin && { origin }),
      });
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'origin-mismatch']);
    }
    const own = await send('/api/v1/organisations', organisation('ORIGIN'), { cookie, origin: server.url });
    expect(own.status).toBe(201);
    await call('/api/v1/session', { method: 'DELETE', headers: { cookie, origin: server.url } });
    expect(await (await call('/api/v1/session', { headers: { cookie } })).json()).toEqual({ account: null });
  });

  it('takes bearer tokens without an origin and refuses unknown ones', async () => {
    const created = await send('/api/v1/organisations', organisation('BEARER'), await bearer('admin'));
    expect(created.status).toBe(201);
    const unknown = await call('/api/v1/session', { headers: { authorization: 'Bearer rgt_nonsense' } });
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([401, 'token-unknown']);
    expect((await send('/api/v1/organisations', organisation('NOBODY'))).status).toBe(401);
    expect((await send('/api/v1/organisations', organisation('ECO'), await bearer('ecologist'))).status).toBe(403);
  });

  it('names what exists already, and carries out a request with the same key once', async () => {
    const headers = { ...(await bearer('admin')), 'idempotency-key': 'one-and-only' };
    const first = await send('/api/v1/organisations', organisation('ONCE'), headers);
    const again = await send('/api/v1/organisations', organisation('ONCE'), headers);
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect(await again.json()).toEqual(await first.json());
    const other = await send('/api/v1/organisations', organisation('TWICE'), headers);
    expect(((await other.json()) as { code: string }).code).toBe('idempotency-key-reused');
    const taken = await send('/api/v1/organisations', organisation('ONCE'), await bearer('admin'));
    expect(taken.status).toBe(409);
  });

  it('asks for a token, and takes none that is empty or broken for nobody at all', async () => {
    for (const authorization of ['Bearer', 'Bearer ', 'bearer a b', 'Bearer rgt_unknown']) {
      const refused = await call('/api/v1/mines', { headers: { authorization } });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="regreen"']);
      expect(await refused.json()).toMatchObject({ code: 'token-unknown' });
    }
    expect((await call('/api/v1/mines', { headers: { authorization: 'Basic cHJveHk6cHJveHk=' } })).status).toBe(200);
    expect((await call('/api/v1/jobs/1')).headers.get('www-authenticate')).toBe('Bearer realm="regreen"');
  });

  it('slows down whoever guesses passwords, by account and address', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await send('/api/v1/session', { username: 'nobody', password: `wrong${i}` })).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await send('/api/v1/session', { username: 'manager', password: 'demo' })).status).toBe(201);
  });

  it('lets pages of other sites read public data, and never with our cookie', async () => {
    const { headers } = await call('/api/v1/mines', { headers: { origin: 'https://elsewhere.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('is alive while the database is busy', async () => {
    let isBusy = true;
    const slow = Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        call(`/api/v1/restoration?groupBy=organisation&asAt=2022-12-${10 + (i % 20)}`),
      ),
    ).finally(() => (isBusy = false));
    expect((await call('/healthz')).status).toBe(200);
    expect(isBusy).toBe(true);
    await slow;
  });

  it('tells the client what it must know first', async () => {
    expect(await (await call('/api/v1/settings')).json()).toEqual({
      version: expect.any(String) as string,
      demo: false,
      basemap: { kind: 'builtin' },
      periods: { latestPublishedAsAt: null },
      definitionVersion: expect.any(String) as string,
    });
  });
});
