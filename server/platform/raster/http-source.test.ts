import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { openGeoTiff } from '../../../gis/raster/open-geotiff.ts';
import type { RangeSource } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { computeZonal } from '../../../gis/zonal/compute-zonal.ts';
import { memorySource } from '../../../test/helpers/raster.ts';
import { openHttpSource } from './http-source.ts';
import { nodeCodecs, nodeDeflate } from './node-codecs.ts';

const SIDE = 512;
const grid = {
  width: SIDE,
  height: SIDE,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
/** Noise, so that the file is several pages long. */
const samples = new Uint16Array(SIDE * SIDE).map((_, i) => Math.imul(i + 1, 2_654_435_761) >>> 16);
const file = await writeGeoTiff(
  { width: SIDE, height: SIDE, bands: [samples] },
  { grid, sampleType: 'uint16', tileSize: 128, predictor: 1 },
  nodeDeflate,
);
const zones = [
  {
    id: 1,
    crs: 'EPSG:32647',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [500_100, 3_995_000],
          [505_000, 3_995_000],
          [505_000, 3_999_900],
          [500_100, 3_999_900],
          [500_100, 3_995_000],
        ],
      ],
    },
  },
] as const;

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly number: number;
  readonly request: IncomingMessage;
}
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const send = (response: ServerResponse, { from, to }: Asked, headers: Record<string, string> = {}): void => {
  response
    .writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length}`, etag: '"1"', ...headers })
    .end(file.subarray(from, to + 1));
};

async function serve(
  answer: (response: ServerResponse, asked: Asked) => void,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
    const [from, to] = [Number(range?.[1] ?? 0), Math.min(Number(range?.[2] ?? Infinity), file.length - 1)];
    const one = { from, to, number: asked.length, request };
    asked.push(one);
    answer(response, one);
  });
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scene.tif`, asked };
}

async function measure(url: string) {
  const raster = await openGeoTiff(await openHttpSource(url), nodeCodecs);
  return computeZonal({ bands: { value: { file: raster, band: 1 } }, zones, stats: ['mean', 'count', 'stdev'] });
}

describe('a raster over http', () => {
  it('gives the figures of the same file in memory, asks for each part once, and keeps to one version', async () => {
    const { url, asked } = await serve(send);
    const raster = await openGeoTiff(memorySource(file), nodeCodecs);
    const expected = await computeZonal({
      bands: { value: { file: raster, band: 1 } },
      zones,
      stats: ['mean', 'count', 'stdev'],
    });
    expect(await measure(url)).toEqual(expected);
    expect(asked.length).toBeGreaterThan(1);
    const parts = asked.map(({ from, to }) => `${from}-${to}`);
    expect(new Set(parts).size).toBe(parts.length);
    expect(asked.slice(1).every(({ request }) => request.headers['if-match'] === '"1"')).toBe(true);
    expect(
      asked.every(({ request }) => /^identity(, identity)?$/.test(String(request.headers['accept-encoding']))),
    ).toBe(true);
  });

  it('neighbouring blocks come in one journey, each once', async () => {
    const { url, asked } = await serve(send);
    await measure(url);
    // Sixteen blocks of 32 kB of noise behind a directory.
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(asked.reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBe(file.length);
  });

  it('no byte comes twice: where the first bytes of a block hold too few rows, at the lower border, of a mask, behind directories at the end', async () => {
    const side = 300;
    const uneven = { ...grid, width: side, height: side };
    // Noise above and nothing below in each block of 128 rows: its first rows take more than their share of its bytes.
    const cells = samples.subarray(0, side * side).map((value, i) => (Math.floor(i / side) % 128 < 60 ? value : 0));
    const pixels = { width: side, height: side, bands: [cells, cells.map(value => value >> 1)] };
    const layout = { grid: uneven, sampleType: 'uint16', tileSize: 128, predictor: 1 } as const;
    const half = { width: 150, height: 150, bands: [new Uint8Array(150 * 150).map((_, i) => i % 11)] };
    const coarse = { ...grid, width: 150, height: 150, cellWidth: 20, cellHeight: 20 };
    const files = new Map([
      ['/two.tif', await writeGeoTiff(pixels, layout, nodeDeflate)],
      ['/mask.tif', await writeGeoTiff(half, { grid: coarse, sampleType: 'uint8', tileSize: 32 }, nodeDeflate)],
    ]);
    const asked: { readonly path: string; readonly from: number; readonly to: number }[] = [];
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      const bytes = files.get(path) as Uint8Array;
      const [, from, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      const part = { path, from: Number(from), to: Math.min(Number(last) + 1, bytes.length) };
      asked.push(part);
      response
        .writeHead(206, { 'content-range': `bytes ${part.from}-${part.to - 1}/${bytes.length}`, etag: '"1"' })
        .end(bytes.subarray(part.from, part.to));
    });
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const zoneOf = (id: number, row: number, rows: number) => {
      const [x, y] = [grid.originX + 100, grid.originY - row * 10];
      const corners = [[x, y] as const, [x + 2800, y] as const, [x + 2800, y - rows * 10] as const, [x, y] as const];
      return {
        id,
        crs: grid.crs,
        geometry: { type: 'Polygon', coordinates: [corners.map(([a, b]): [number, number] => [a, b])] },
      } as const;
    };
    const some = [zoneOf(1, 0, 30), zoneOf(2, 130, 40), zoneOf(3, 260, 20)];
    const figuresOf = async (of: (path: string) => Promise<RangeSource>) => {
      const cache = createBlockCache(8 << 20);
      const [raster, mask] = await Promise.all(
        [...files.keys()].map(async path => openGeoTiff(await of(path), nodeCodecs, { cache })),
      );
      if (raster === undefined || mask === undefined) throw new Error('no files');
      return computeZonal({
        bands: { red: { file: raster, band: 1 }, nir: { file: raster, band: 2 } },
        expression: 'ndvi',
        mask: { file: mask, band: 1, classes: [3, 8] },
        zones: some,
        stats: ['mean', 'count'],
      });
    };
    const fromAfar = await figuresOf(path => openHttpSource(`${url}${path}`));
    expect(fromAfar).toEqual(await figuresOf(async path => memorySource(files.get(path) as Uint8Array)));
    expect(fromAfar.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    for (const [path, bytes] of files) {
      const times = new Uint8Array(bytes.length);
      for (const { from, to } of asked.filter(part => part.path === path)) {
        for (let at = from; at < to; at += 1) times[at] = (times[at] as number) + 1;
      }
      expect([path, times.reduce((most, count) => Math.max(most, count))]).toEqual([path, 1]);
    }
    const parts = asked.filter(({ path }) => path === '/two.tif');
    expect(parts.length).toBeGreaterThan(2);
  });

  it('that has moved is asked for where it is, and looked up again when it is no longer there', async () => {
    let house = 1;
    const { url, asked } = await serve((response, one) => {
      if (one.request.url === '/scene.tif') response.writeHead(302, { location: `/house-${house}` }).end();
      else if (one.request.url === `/house-${house}`) send(response, one);
      else response.writeHead(403).end();
    });
    const source = await openHttpSource(url);
    const isPart = async (offset: number, length: number): Promise<boolean> =>
      Buffer.compare(await source.read(offset, length), file.subarray(offset, offset + length)) === 0;
    expect(await isPart(200_000, 150_000)).toBe(true);
    house = 2;
    expect(await isPart(350_000, 150_000)).toBe(true);
    expect(await isPart(300_000, 150_000)).toBe(true);
    const [told, first, second] = ['/scene.tif', '/house-1', '/house-2'];
    expect(asked.map(({ request }) => request.url)).toEqual([told, first, first, first, told, second, second]);
  });

  it('from a server that does not answer, or stops answering, is given up', async () => {
    const { url: silent } = await serve(() => undefined);
    await expect(openHttpSource(silent, { timeoutMs: 50 })).rejects.toMatchObject({ params: { reason: 'timeout' } });
    const { url: slow } = await serve((response, { from, to }) => {
      response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length}`, etag: '"1"' });
      response.write(file.subarray(from, from + 10));
    });
    await expect(openHttpSource(slow, { timeoutMs: 50 })).rejects.toMatchObject({ params: { reason: 'timeout' } });
  });

  it('without tags is read all the same', async () => {
    const { url } = await serve((response, { from, to }) => {
      response
        .writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length}` })
        .end(file.subarray(from, to + 1));
    });
    expect((await measure(url))[0]).toMatchObject({ status: 'ok' });
  });

  const faults: readonly (readonly [string, string, (response: ServerResponse, asked: Asked) => void])[] = [
    ['ignores ranges', 'no-range-requests', response => response.writeHead(200).end(file)],
    [
      'ignores ranges from the third request on',
      'no-range-requests',
      (response, asked) => (asked.number < 2 ? send(response, asked) : response.writeHead(200).end(file)),
    ],
    [
      'sends another range than was asked for',
      'wrong-range',
      (response, asked) =>
        asked.number === 0
          ? send(response, asked)
          : response
              .writeHead(206, { 'content-range': `bytes 0-99/${file.length}`, etag: '"1"' })
              .end(file.subarray(0, 100)),
    ],
    [
      'sends less than it says',
      'truncated',
      (response, asked) => {
        if (asked.number === 0) send(response, asked);
        else {
          const { from, to } = asked;
          response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length}`, etag: '"1"' });
          response.end(file.subarray(from, from + 1000));
        }
      },
    ],
    [
      'breaks off in the middle',
      'truncated',
      (response, { from, to, number }) => {
        const headers = {
          'content-range': `bytes ${from}-${to}/${file.length}`,
          'content-length': `${to - from + 1}`,
          etag: '"1"',
        };
        response.writeHead(206, headers);
        if (number === 0) response.end(file.subarray(from, to + 1));
        else response.write(file.subarray(from, from + 1000), () => response.destroy());
      },
    ],
    [
      'has another file by now and heeds If-Match',
      'changed',
      (response, asked) => (asked.number < 2 ? send(response, asked) : response.writeHead(412).end()),
    ],
    [
      'has another file by now and heeds no If-Match',
      'changed',
      (response, asked) => send(response, asked, asked.number < 2 ? {} : { etag: '"2"' }),
    ],
    [
      'has another file by now, with weak tags',
      'changed',
      (response, asked) => send(response, asked, { etag: asked.number < 2 ? 'W/"1"' : 'W/"2"' }),
    ],
    [
      'has a longer file by now, without tags',
      'changed',
      (response, { from, to, number }) =>
        response
          .writeHead(206, { 'content-range': `bytes ${from}-${to}/${file.length + (number < 2 ? 0 : 10)}` })
          .end(file.subarray(from, to + 1)),
    ],
    [
      'says no length',
      'no-content-range',
      (response, { from, to }) => response.writeHead(206).end(file.subarray(from, to + 1)),
    ],
    [
      'compresses on the way',
      'compressed',
      (response, { from, to, number }) => {
        const headers = { 'content-range': `bytes ${from}-${to}/${file.length}`, etag: '"1"' };
        const part = file.subarray(from, to + 1);
        if (number < 2) response.writeHead(206, headers).end(part);
        else response.writeHead(206, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(part));
      },
    ],
    ['has an empty file', 'status 416', response => response.writeHead(416, { 'content-range': 'bytes */0' }).end()],
    ['has no such file', 'status 404', response => response.writeHead(404).end()],
    [
      'fails',
      'status 500',
      (response, asked) => (asked.number < 2 ? send(response, asked) : response.writeHead(500).end()),
    ],
  ];
  it.each(faults)('from a server that %s is refused: %s', async (_, reason, answer) => {
    const { url } = await serve(answer);
    await expect(measure(url)).rejects.toMatchObject({ code: 'raster-http', params: { reason } });
  });

  it('from nowhere is refused', async () => {
    await expect(openHttpSource('http://127.0.0.1:9/none.tif')).rejects.toMatchObject({
      code: 'raster-http',
      params: { reason: 'unreachable' },
    });
  });
});
