// Every kind of survey file through the panel: shown, given a stage and a date where it has none, written; and files of other hands,
// which are shown with what is wrong with them and leave the ledger as it was.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Position } from '../../gis/types.ts';
import { apiFor, type Api } from '../helpers/api.ts';
import { hasBrowser, openPage, screenshot } from '../helpers/browser.ts';
import { square } from '../helpers/rooms.ts';
import { findSharedData } from '../helpers/shared-data.ts';
import { zipBeside } from '../survey/zip-beside.ts';
import { zipOf } from '../survey/zip-of.ts';
import { useDemo } from './demo.ts';

interface Plot {
  readonly areaM2: number;
}
interface SurveyFile {
  readonly name: string;
  readonly content: Buffer;
}

interface Kind {
  readonly kind: string;
  readonly file: () => Promise<SurveyFile>;
  readonly isWithoutHoles?: boolean;
}

const ring = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const WITH_HOLE = [ring(103.53, 35.52, 0.02), ring(103.535, 35.525, 0.005).reverse()];
const PLAIN = [ring(103.56, 35.53, 0.01)];
const WRITTEN = 'rows are in the ledger.';

describe.skipIf(!hasBrowser())('survey files of every kind on the screen', { timeout: 240_000 }, () => {
  const demo = useDemo();
  let api: Api;
  let page: Page;
  let organisationCode: string;
  let source: number;
  let count = 0;

  const makeMine = async (): Promise<number> => {
    const code = `FORMAT-${count++}`;
    const properties = { code, nameZh: '格式矿', nameEn: 'Format mine', organisationCode };
    const about = { mineral: 'copper', method: 'open', province: 'GS', startOn: '2012-05-01' };
    const geometry = square(103.5, 35.5, 0.1);
    const made = await api.post<{ id: number }>('/api/v1/mines', {
      type: 'Feature',
      geometry,
      properties: { ...properties, ...about },
    });
    return made.id;
  };
  const areasOf = async (mine: number): Promise<number[]> => {
    const { items } = await api.get<{ items: Plot[] }>(`/api/v1/mines/${mine}/land-events?limit=1000`);
    return items.map(({ areaM2 }) => areaM2).sort((a, b) => a - b);
  };
  const exported = async (query: string): Promise<Buffer> => {
    const response = await api.raw(`/api/v1/exports?what=land&mine=${source}&asAt=2022-12-31&${query}`);
    expect(response.status, query).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  beforeAll(async () => {
    api = apiFor(demo.server.url, await demo.server.token('manager'));
    ({
      account: { organisationCode },
    } = await api.get<{ account: { organisationCode: string } }>('/api/v1/session'));
    source = await makeMine();
    for (const coordinates of [WITH_HOLE, PLAIN])
      await api.post(`/api/v1/mines/${source}/land-events`, {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates },
        properties: { stage: 'DST', effectiveOn: '2021-05-01', evidenceGrade: 'E3', damageType: 'EXC' },
      });
    ({ page } = await openPage(demo.browser, demo.server.url, `/?mine=${source}`, {
      viewport: { width: 900, height: 600 },
      as: 'manager',
      isMapSmall: true,
    }));
    // Counties of a hundred thousand corners are examined while a map is drawn without a graphics card.
    page.setDefaultTimeout(120_000);
    await page.getByText('Sign out').waitFor();
  });

  const openImport = async (mine: number): Promise<void> => {
    await page.goto(`${demo.server.url}/?mine=${mine}`);
    await page.getByRole('button', { name: 'Import a survey file' }).click();
  };
  /** The panel's words on a file. */
  const examine = async ({ name, content }: SurveyFile): Promise<string> => {
    const examined = page.waitForResponse(
      response => response.request().method() === 'POST' && response.url().includes('/imports'),
    );
    const file = { name, mimeType: 'application/octet-stream', buffer: content };
    await page.locator('.import-panel input[type=file]').setInputFiles(file);
    await examined;
    await page.getByText(/\d+ of \d+ could be written/).waitFor();
    return page.locator('.import-panel').innerText();
  };

  const sexagesimal = (degrees: number): string => {
    const seconds = Math.round(degrees * 3600);
    return `${Math.floor(seconds / 3600)}°${Math.floor((seconds % 3600) / 60)}′${seconds % 60}″`;
  };
  const trackOf = (outline: readonly Position[]): string =>
    `<trk><trkseg>${outline.map(([lng, lat]) => `<trkpt lat="${lat}" lon="${lng}"/>`).join('')}</trkseg></trk>`;

  const inFile = async (name: string, query: string): Promise<SurveyFile> => ({ name, content: await exported(query) });
  const KINDS: readonly Kind[] = [
    { kind: 'GeoJSON', file: () => inFile('land.geojson', 'format=geojson') },
    { kind: 'GeoPackage in a zone', file: () => inFile('land.gpkg', 'format=gpkg&crs=EPSG:4544') },
    { kind: 'Shapefile in GBK', file: () => inFile('land.zip', 'format=shp&encoding=gbk') },
    { kind: 'KML', file: () => inFile('land.kml', 'format=kml') },
    {
      kind: 'KMZ',
      file: async () => ({
        name: 'a.kmz',
        content: zipOf([{ name: 'doc.kml', content: await exported('format=kml') }]),
      }),
    },
    { kind: 'DXF', file: () => inFile('land.dxf', 'format=dxf&crs=EPSG:4523') },
    { kind: 'CSV', file: () => inFile('land.csv', 'format=csv') },
    { kind: 'XLSX', file: () => inFile('land.xlsx', 'format=xlsx') },
    { kind: '界址点 text in GBK', file: () => inFile('land.txt', 'format=jzd&encoding=gbk') },
    { kind: '界址点 text in UTF-8', file: () => inFile('land.txt', 'format=jzd&encoding=utf-8') },
    {
      kind: 'rows of points in degrees, minutes and seconds',
      isWithoutHoles: true,
      file: () => {
        const row = (plot: string, [lng, lat]: Position, at: number): string =>
          [plot, `J${at + 1}`, sexagesimal(lng), sexagesimal(lat)].join(',');
        const rows = [ring(103.53, 35.52, 0.02), ...PLAIN].flatMap((outline, at) =>
          outline.slice(0, 4).map((corner, point) => row(`P${at}`, corner, point)),
        );
        return Promise.resolve({
          name: 'points.csv',
          content: Buffer.from(['地块号,点号,经度,纬度', ...rows].join('\r\n')),
        });
      },
    },
    {
      kind: 'GPX',
      isWithoutHoles: true,
      file: () => {
        const tracks = [ring(103.53, 35.52, 0.02), ...PLAIN].map(trackOf).join('');
        const content = Buffer.from(`<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">${tracks}</gpx>`);
        return Promise.resolve({ name: 'walk.gpx', content });
      },
    },
  ];

  it.each(KINDS)('$kind: what was drawn is in the ledger', async ({ kind, file, isWithoutHoles = false }) => {
    const mine = await makeMine();
    await openImport(mine);
    expect(await examine(await file())).toMatch(/2 of 2 could be written/);
    const stage = page.getByLabel('Stage', { exact: true });
    if ((await stage.count()) > 0) await stage.selectOption({ label: 'Disturbed, in use' });
    const date = page.getByLabel('Effective on', { exact: true });
    if ((await date.count()) > 0) await date.fill('2021-05-01');
    expect(await areasOf(mine)).toEqual([]);
    await page.getByRole('button', { name: 'Write 2 rows' }).click();
    await page.getByText(WRITTEN).waitFor();
    const [before, after] = [await areasOf(source), await areasOf(mine)];
    expect(after).toHaveLength(2);
    // A hole that a kind of file cannot tell is part of the plot.
    const compared = isWithoutHoles ? [0] : [0, 1];
    for (const at of compared) expect(Math.abs((after[at] ?? 0) - (before[at] ?? 0)), kind).toBeLessThan(0.09);
  });

  const vectors = findSharedData('vectors') ?? '';
  const OTHERS: readonly (readonly [path: string, could: RegExp, told: RegExp])[] = [
    ['derived_anhui_cgcs2000_gk39/anhui_gk39.shp', /78 of 78/, /EPSG:4527/],
    ['nts_gbk_anhui/chinese_encoding.shp', /78 of 78/, /EPSG:4490/],
    ['mapshaper/kml/Albania.kmz', /\d+ of \d+/, /KML/],
    ['mapshaper/dbf/ldid/chinese.shp', /\d+ of \d+/, /GBK/],
    ['mapshaper/issues/193/gauss_kruger.shp', /\d+ of \d+/, /Shapefile/],
    ['togeojson_kml/polygon.kml', /1 of 1/, /KML/],
    ['togeojson_kml/run.gpx', /\d+ of \d+/, /GPX/],
    ['geojsonhint/bad/polygon_winding_order.geojson', /1 of 1/, /GeoJSON/],
  ];

  it.skipIf(vectors === '')('shows files of other hands one after the other and stores nothing', async () => {
    await openImport(source);
    for (const [path, could, told] of OTHERS) {
      const whole = join(vectors, path);
      const name = basename(whole).replace(/shp$/, 'zip');
      const panel = await examine({ name, content: whole.endsWith('.shp') ? zipBeside(whole) : readFileSync(whole) });
      expect(panel, path).toMatch(could);
      expect(panel, path).toMatch(told);
      await screenshot(page, `import-${name}`);
    }
    expect(await areasOf(source)).toHaveLength(2);
  });
});
