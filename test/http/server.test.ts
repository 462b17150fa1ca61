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
    expect(await (await call('/metrics')).text()).toContain('regreen_http_request_duration_seconds_count');
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
    const method = await call('/api/v1/mines', { method: 'DELETE' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, POST']);
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
    const fields = await send('/api/v1/session', { username: '', extra: 1 });
    expect(fields.status).toBe(422);
    expect(((await fields.json()) as { errors: { pointer: string }[] }).errors.map(error => error.pointer)).toContain(
      '/username',
    );
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
    const slow = Promise.all(Array.from({ length: 30 }, () => call('/api/v1/restoration?groupBy=organisation')));
    const waitsMs: number[] = [];
    for (let i = 0; i < 10; i++) {
      const startedAtMs = performance.now();
      expect((await call('/healthz')).status).toBe(200);
      waitsMs.push(performance.now() - startedAtMs);
    }
    await slow;
    expect(waitsMs.toSorted((a, b) => a - b)[5]).toBeLessThan(250);
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

describe('the life of a server', () => {
  it('keeps a second process out of its data, ends cleanly, and leaves nothing locked', async () => {
    const server = await startServer();
    try {
      const second = startServer({ env: { REGREEN_DATA_DIR: server.dataDir } });
      await expect(second).rejects.toThrow('embedded-database-in-use');
    } finally {
      expect(await server.stop()).toBe(0);
    }
    expect(server.output()).toContain('Ended.');
  });

  it('refuses unusable settings, all of them at once', async () => {
    const failing = startServer({ env: { PORT: 'many', REGREEN_DEMOS: '1', REGREEN_WORKERS: 'x' } });
    await expect(failing).rejects.toThrow(/REGREEN_DEMOS[\s\S]*PORT[\s\S]*REGREEN_WORKERS/);
  });
});
