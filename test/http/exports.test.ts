// Exports over HTTP on the sample mines: what the interface says of the land is what GDAL finds in every file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/platform/viewer.ts';
import { DEMO_START_MS, startDemo } from '../demo/start-demo.ts';
import type { RunningServer } from '../helpers/server.ts';
import { hasGdal, readByGdal, type ReadLayer } from '../judges/gdal.ts';

interface LandAnswer {
  readonly asAt: string;
  readonly source: string;
  readonly features: readonly { readonly id: number; readonly properties: Readonly<Record<string, unknown>> }[];
}
interface Problem {
  readonly code: string;
  readonly titleZh: string;
}

describe('exports', { timeout: 240_000 }, () => {
  let server: RunningServer;
  let folder: string;
  let mines: readonly { id: number; code: string; areaM2: number; province: string }[];

  beforeAll(async () => {
    [server, folder] = await Promise.all([startDemo('embedded'), mkdtemp(join(tmpdir(), 'regreen-exports-'))]);
    mines = (await json<{ items: typeof mines }>('/api/v1/mines?limit=1000')).items;
  }, DEMO_START_MS);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(path: string, role?: Role): Promise<Response> {
    return fetch(server.url + path, {
      headers: role === undefined ? {} : { authorization: `Bearer ${await server.token(role)}` },
    });
  }
  const json = async <T>(path: string, role?: Role): Promise<T> => (await (await ask(path, role)).json()) as T;

  /** Stores an export under its own name, as a browser does. */
  async function download(query: string, role?: Role): Promise<{ path: string; headers: Headers; bytes: Buffer }> {
    const response = await ask(`/api/v1/exports?${query}`, role);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw new Error(`${query}: ${response.status} ${bytes.toString('utf8')}`);
    const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
    expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
    const path = join(folder, `${role ?? 'public'}-${name}`);
    await writeFile(path, bytes);
    return { path, headers: response.headers, bytes };
  }

  const sumOf = (land: LandAnswer): number =>
    land.features.reduce((sum, { properties }) => sum + Number(properties['areaM2']), 0);

  it('are in the description of the interface with their parameters and media types', async () => {
    const openapi = await json<{
      paths: Record<
        string,
        { get: { parameters: { name: string }[]; responses: Record<string, { content: object }> } }
      >;
    }>('/api/openapi.json');
    const { parameters, responses } = openapi.paths['/api/v1/exports']?.get ?? { parameters: [], responses: {} };
    expect(parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['what', 'mine', 'asAt', 'format', 'crs', 'encoding']),
    );
    expect(Object.keys(responses['200']?.content ?? {})).toContain('application/geopackage+sqlite3');
  });

  it.skipIf(!hasGdal())('of land hold what GET /land gives the same reader, in every format', async () => {
    const mine = mines[0];
    const land = await json<LandAnswer>(`/api/v1/mines/${mine?.id}/land?asAt=2021-12-31`);
    expect(land.source).toBe('published');
    expect(land.features.length).toBeGreaterThan(5);
    const query = `what=land&mine=${mine?.id}&asAt=2021-12-31`;
    const formats: readonly (readonly [query: string, crs: string, layer: string | undefined])[] = [
      ['format=geojson', 'EPSG:4326', undefined],
      ['format=geojson&crs=EPSG:4490', 'EPSG:4490', undefined],
      ['format=gpkg', 'EPSG:4490', 'land'],
      ['format=gpkg&crs=auto', 'auto', 'land'],
      ['format=shp', 'EPSG:4490', undefined],
      ['format=shp&encoding=gbk&crs=auto', 'auto', undefined],
      ['format=kml', 'EPSG:4326', 'land'],
    ];
    for (const [options, crs, layer] of formats) {
      const { path, headers } = await download(`${query}&${options}`);
      const read = await readByGdal(path.endsWith('.zip') ? `/vsizip/${path}` : path, layer);
      const zone = headers.get('x-export-crs');
      if (crs === 'auto') expect(zone).toMatch(/^EPSG:45(1[3-9]|2\d|3[0-3])$/);
      expect([options, read.crs]).toEqual([options, crs === 'auto' ? zone : crs]);
      expect([options, read.count]).toEqual([options, land.features.length]);
      expect(Math.abs(read.areaM2 / sumOf(land) - 1)).toBeLessThan(1e-9);
      compare(land, read, options.startsWith('format=shp'));
    }
    const csv = await readByGdal((await download(`${query}&format=csv`)).path, undefined, [
      '-oo',
      'AUTODETECT_TYPE=YES',
    ]);
    expect(csv.count).toBe(land.features.length);
    expect(Math.abs(csv.areaM2 / sumOf(land) - 1)).toBeLessThan(1e-9);
    const xlsx = await readByGdal((await download(`${query}&format=xlsx`)).path, '汇总 Summary', [
      '-oo',
      'HEADERS=FORCE',
    ]);
    const total = xlsx.features.find(({ properties }) => Object.values(properties).includes('Total'));
    expect(Math.abs(Number(total?.properties['面积（平方米） Area (m²)']) / sumOf(land) - 1)).toBeLessThan(1e-9);
    const dxf = await readByGdal((await download(`${query}&format=dxf`)).path, 'entities');
    expect(dxf.count).toBeGreaterThanOrEqual(land.features.length);
    const jzd = await download(`${query}&format=jzd&encoding=utf-8`);
    expect(jzd.bytes.toString('utf8').match(/,@\r\n/g)?.length).toBe(land.features.length);
  });

  function compare(land: LandAnswer, read: ReadLayer, isShort: boolean): void {
    const name = (long: string, short: string): string => (isShort ? short : long);
    const byId = new Map(
      read.features.map(({ properties }) => [Number(properties[name('cellId', 'CELL_ID')]), properties]),
    );
    for (const { id, properties } of land.features) {
      const got = byId.get(id);
      expect(got?.[name('stage', 'STAGE')]).toBe(properties['stage']);
      expect(String(got?.[name('since', 'SINCE')]).replaceAll('/', '-')).toBe(properties['since']);
      const areaM2 = Number(got?.[name('areaM2', 'AREA_M2')]);
      expect(Math.abs(areaM2 / Number(properties['areaM2']) - 1)).toBeLessThan(1e-9);
    }
  }

  it('show the public what is published and the manager the working ledger', async () => {
    const id = mines[0]?.id;
    for (const role of [undefined, 'regulator'] as const) {
      const land = await json<LandAnswer>(`/api/v1/mines/${id}/land`, role);
      const exported = await download(`what=land&mine=${id}`, role);
      const { features } = JSON.parse(exported.bytes.toString('utf8')) as LandAnswer;
      expect(features.map(feature => feature.id)).toEqual(land.features.map(feature => feature.id));
      expect(new Set(features.map(({ properties }) => properties['source']))).toEqual(new Set([land.source]));
      expect(new Set(features.map(({ properties }) => properties['asAt']))).toEqual(new Set([land.asAt]));
    }
  });

  it('hold every mine of the selection, and the facilities, habitats and records that the lists give', async () => {
    const all = await download('what=mines&format=geojson');
    const { features } = JSON.parse(all.bytes.toString('utf8')) as LandAnswer;
    expect(new Set(features.map(feature => feature.id))).toEqual(new Set(mines.map(mine => mine.id)));
    expect(features.length).toBe(mines.length);
    const province = mines[0]?.province ?? '';
    const some = await download(`what=mines&format=geojson&province=${province}`);
    expect((JSON.parse(some.bytes.toString('utf8')) as LandAnswer).features.length).toBe(
      mines.filter(mine => mine.province === province).length,
    );
    for (const what of ['facilities', 'habitats', 'occurrences'] as const) {
      for (const role of [undefined, 'ecologist'] as const) {
        let listed = 0;
        for (const { id } of mines) {
          const search = what === 'occurrences' ? 'to=2030-01-01' : 'asAt=2022-12-31';
          listed += (await json<{ items: unknown[] }>(`/api/v1/mines/${id}/${what}?limit=1000&${search}`, role)).items
            .length;
        }
        const asAt = what === 'occurrences' ? '2030-01-01' : '2022-12-31';
        const { headers } = await download(`what=${what}&format=gpkg&asAt=${asAt}`, role);
        expect([what, role, Number(headers.get('x-export-records'))]).toEqual([what, role, listed]);
        expect(listed).toBeGreaterThan(0);
      }
    }
    const archive = await download('what=occurrences&format=dwca');
    expect(Number(archive.headers.get('x-export-records'))).toBeGreaterThan(0);
  });

  it.each([
    ['what=land&format=dwca', 422, 'export-format-unsuitable'],
    ['what=occurrences&format=jzd', 422, 'export-format-unsuitable'],
    ['what=land&format=kml&crs=EPSG:4490', 422, 'export-crs-unsuitable'],
    ['what=land&format=gpkg&crs=EPSG:3857', 422, 'export-crs-unsupported'],
    ['what=land&format=gpkg&crs=EPSG:4513', 422, 'export-outside-zone'],
    ['what=land&format=kml&encoding=gbk', 422, 'export-encoding-unsuitable'],
    ['what=mines&stage=CMP', 422, 'export-of-land-only'],
    ['what=land&mine=999999', 404, 'not-found'],
    ['what=land&mine=1%3Bdrop', 400, 'request-invalid'],
    ['what=everything', 400, 'request-invalid'],
    ['format=gpkg', 400, 'request-invalid'],
    ['what=land&asAt=2021-02-30', 400, 'request-invalid'],
    ['what=land&knownAt=2021-02-03T00:00:00Z', 401, 'known-at-not-public'],
  ])('refuse %s with %i %s, in both languages', async (query, status, code) => {
    const response = await ask(`/api/v1/exports?${query}`);
    const problem = (await response.json()) as Problem;
    expect([problem.code, response.status]).toEqual([code, status]);
    expect(problem.titleZh).toMatch(/[一-鿿]/);
    expect(response.headers.get('content-disposition')).toBeNull();
  });

  it('leave nothing behind on disk', async () => {
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(join(server.dataDir, 'exports'))).toEqual([]);
  });
});
