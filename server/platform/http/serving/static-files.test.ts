import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { problemHandler } from '../problem.ts';
import { securityHeaders } from './security-headers.ts';
import { staticFiles } from './static-files.ts';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4_000))})`;
const PAGE = '<!doctype html><script type="module" src="/assets/app-AbC123.js"></script>';

describe('the web client as it is served', () => {
  let folder: string;
  let server: Server | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'client-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'assets', 'app-AbC123.js'), SCRIPT);
  });
  afterEach(() => {
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> {
    const app = express().disable('etag');
    app.use(securityHeaders({ kind: 'builtin' }), await staticFiles(folder, new Set(['api'])));
    app.use((_req, res) => void res.status(404).send('left to the next'));
    app.use(problemHandler(createLog('silent')));
    const listening = createServer(app);
    server = listening;
    await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    return (path, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  }
  const page = { accept: 'text/html' };

  it('lets digest-named files be kept for ever and the page be asked for anew', async () => {
    const get = await serve();
    const script = await get('/assets/app-AbC123.js', { 'accept-encoding': 'gzip' });
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(script.headers.get('vary')).toContain('accept-encoding');
    expect(await script.text()).toBe(SCRIPT);
    expect(
      (await get('/assets/app-AbC123.js', { 'accept-encoding': 'identity' })).headers.has('content-encoding'),
    ).toBe(false);
    for (const path of ['/', '/index.html', '/mines/7']) {
      const response = await get(path, page);
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
    }
    const etag = (await get('/', page)).headers.get('etag') ?? '';
    expect((await get('/', { ...page, 'if-none-match': etag })).status).toBe(304);
  });

  it('leaves the addresses of the API alone when a browser opens them', async () => {
    const get = await serve();
    for (const path of ['/api', '/api/v1/mines/999', '/API/v1/exports?what=land', '/api/v1/mines/'])
      expect([path, await (await get(path, page)).text()]).toEqual([path, 'left to the next']);
    expect(await (await get('/apiary', page)).text()).toBe(PAGE);
  });

  it('says of a file of another version that it is gone, and keeps nobody from asking again', async () => {
    const get = await serve();
    const gone = await get('/assets/app-Old999.js', page);
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(await gone.json()).toMatchObject({
      code: 'asset-gone',
      titleZh: expect.stringMatching(/[一-龥]/) as string,
    });
    expect(await (await get('/robots.txt')).text()).toBe('left to the next');
  });

  it('goes on with the version that it started with while another is built', async () => {
    const get = await serve();
    rmSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), PAGE.replace('AbC123', 'New456'));
    expect(await (await get('/', page)).text()).toBe(PAGE);
    expect(await (await get('/assets/app-AbC123.js')).text()).toBe(SCRIPT);
  });

  it('serves no page whose files are missing', async () => {
    rmSync(join(folder, 'assets', 'app-AbC123.js'));
    const get = await serve();
    const half = await get('/', page);
    expect(half.status).toBe(503);
    expect(await half.json()).toMatchObject({ code: 'client-incomplete', params: { files: '/assets/app-AbC123.js' } });
  });

  it('sends the headers that keep a page to itself', async () => {
    const { headers } = await (await serve())('/', page);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "worker-src 'self' blob:",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});
