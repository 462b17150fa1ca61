// An operator's own base map, from a server of their own: shown with its attribution where it answers, replaced by the
// built-in one, with a word about it, where it does not.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, openPage, screenshot } from '../helpers/browser.ts';
import { startServer, type RunningServer } from '../helpers/server.ts';

/** A colour that nothing of ours has. */
const MAGENTA = [230, 0, 200] as const;
const ATTRIBUTION = '© Surveyors of Nowhere';

/** A PNG of one colour, 256 × 256, made of its three chunks. */
function tilePng([red, green, blue]: readonly [number, number, number]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: 256 }, () => Buffer.from([red, green, blue]))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(256, 0);
  header.writeUInt32BE(256, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: 256 }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** CRC-32 of ISO 3309, as PNG wants it. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

interface MapServer {
  readonly url: string;
  /** What was asked for, in order. */
  readonly asked: string[];
  /** Whether tiles are there; a request while they are not is "not found". */
  hasTiles: boolean;
  close(): void;
}

/** A map server as an operator may run it: a style document, PNG tiles, no fonts. */
async function startMapServer(): Promise<MapServer> {
  const png = tilePng(MAGENTA);
  const asked: string[] = [];
  const state = { hasTiles: true };
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    if (request.url === '/style.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(style(`http://${request.headers.host}`)));
    } else if (state.hasTiles && /^\/tiles\/\d+\/\d+\/\d+\.png$/.test(request.url ?? '')) {
      response.setHeader('content-type', 'image/png');
      response.end(png);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    get hasTiles() {
      return state.hasTiles;
    },
    set hasTiles(value) {
      state.hasTiles = value;
    },
    close: () => void server.close(),
  };
}

const style = (url: string): object => ({
  version: 8,
  glyphs: `${url}/fonts/{fontstack}/{range}.pbf`,
  sources: {
    ground: { type: 'raster', tiles: [`${url}/tiles/{z}/{x}/{y}.png`], tileSize: 256, attribution: ATTRIBUTION },
  },
  layers: [{ id: 'ground', type: 'raster', source: 'ground' }],
});

describe.skipIf(!hasBrowser())('a base map of the operator', { timeout: 240_000 }, () => {
  let browser: Browser;
  let maps: MapServer;
  const servers: RunningServer[] = [];
  beforeAll(async () => {
    [browser, maps] = await Promise.all([launchBrowser(), startMapServer()]);
  });
  afterAll(async () => {
    await browser.close();
    maps.close();
    await Promise.all(servers.map(server => server.stop()));
  });

  const start = async (basemap: string, attribution = ''): Promise<RunningServer> => {
    const env = { REGREEN_BASEMAP: basemap, REGREEN_BASEMAP_ATTRIBUTION: attribution };
    const server = await startServer({ database: 'embedded', demo: false, env });
    servers.push(server);
    return server;
  };

  /** Opens the map and waits until it has drawn what it can; tells what the browser refused. */
  async function openMap(server: RunningServer): Promise<{ page: Page; refused: string[] }> {
    const { page } = await openPage(browser, server.url, '/?map=6.00/35.00000/110.00000');
    const refused: string[] = [];
    page.on('console', message => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    await page.locator('canvas.maplibregl-canvas').waitFor();
    await page.waitForFunction(() => {
      const { map } = document.querySelector('.map') as HTMLElement & { map?: { loaded(): boolean } };
      return map?.loaded() === true;
    });
    return { page, refused };
  }

  /** Colour of the map's middle as it is on the screen. */
  async function middleColour(page: Page): Promise<readonly number[]> {
    const shot = (await page.locator('canvas.maplibregl-canvas').screenshot()).toString('base64');
    return page.evaluate(async png => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      // Off the very middle, where a line of the graticule may pass.
      return [...(context?.getImageData(image.width * 0.53, image.height * 0.47, 1, 1).data ?? [])].slice(0, 3);
    }, shot);
  }

  const note = (page: Page) => page.locator('.map-note');
  const isNear = (colour: readonly number[], other: readonly number[]): boolean =>
    colour.every((channel, index) => Math.abs(channel - (other[index] ?? -999)) <= 12);

  it('draws XYZ tiles with the attribution that goes with them, allowed by the policy of the page', async () => {
    const server = await start(`${maps.url}/tiles/{z}/{x}/{y}.png`, ATTRIBUTION);
    const { page, refused } = await openMap(server);
    await expect.poll(async () => isNear(await middleColour(page), MAGENTA), { timeout: 30_000 }).toBe(true);
    expect(await page.locator('.maplibregl-ctrl-attrib').innerText()).toContain(ATTRIBUTION);
    expect(await note(page).innerText()).toBe('');
    expect(refused).toEqual([]);
    const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
    // Of all the addresses in the world, the page may ask this one.
    expect(new Set(policy.match(/https?:[^\s;]+/g))).toEqual(new Set([maps.url]));
    expect(/connect-src [^;]*/.exec(policy)?.[0]).toContain(maps.url);
    await screenshot(page, 'base-xyz');
    await page.context().close();
  });

  it('draws a style with our land over it, and falls back to the coasts when its tiles are gone', async () => {
    const server = await start(`${maps.url}/style.json`);
    const { page, refused } = await openMap(server);
    await expect.poll(async () => isNear(await middleColour(page), MAGENTA), { timeout: 30_000 }).toBe(true);
    expect(maps.asked).toContain('/style.json');
    expect(await page.locator('.maplibregl-ctrl-attrib').innerText()).toContain(ATTRIBUTION);
    const ours = await page.evaluate(() => {
      const { map } = document.querySelector('.map') as HTMLElement & { map: { getLayersOrder(): string[] } };
      return map.getLayersOrder();
    });
    expect(ours.indexOf('land-fill')).toBeGreaterThan(ours.indexOf('ground'));
    expect(refused).toEqual([]);
    await page.context().close();

    maps.hasTiles = false;
    const { page: bare } = await openMap(server);
    await note(bare).filter({ hasText: maps.url }).waitFor();
    await expect.poll(async () => isNear(await middleColour(bare), MAGENTA)).toBe(false);
    expect(await bare.locator('.maplibregl-ctrl-attrib').innerText()).toContain('Natural Earth');
    await screenshot(bare, 'base-fallback');
    await bare.context().close();
    maps.hasTiles = true;
  });

  it('shows land and a note in both languages when nobody answers at the address of the style', async () => {
    const gone = await startMapServer();
    gone.close();
    const server = await start(`${gone.url}/style.json`);
    const { page } = await openMap(server);
    await note(page).filter({ hasText: 'built-in coasts' }).waitFor();
    const layers = await page.evaluate(() => {
      const { map } = document.querySelector('.map') as HTMLElement & { map: { getLayersOrder(): string[] } };
      return map.getLayersOrder();
    });
    expect(layers).toContain('base-land');
    expect(layers).toContain('land-fill');
    await page.getByText('中文', { exact: true }).click();
    await note(page).filter({ hasText: '内置海岸线底图' }).waitFor();
    await page.context().close();
  });
});
