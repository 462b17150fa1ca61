// A survey file on the screen: chosen, examined, settled with one click, written, and on the map and in the ledger afterwards.
import { beforeAll, describe, expect, it } from 'vitest';
import { projectorFor } from '../../gis/crs/projector.ts';
import { apiFor } from '../helpers/api.ts';
import { accessibilityFaults, hasBrowser, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

describe.skipIf(!hasBrowser())('importing a survey file', { timeout: 240_000 }, () => {
  const demo = useDemo();
  let mine: { id: number; bbox: [number, number, number, number] };
  beforeAll(async () => {
    // A mine of its own: what the sample ledgers say about a place is not what is tested here.
    const api = apiFor(demo.server.url, await demo.server.token('manager'));
    const { account } = await api.get<{ account: { organisationCode: string } }>('/api/v1/session');
    const bbox = [101.5, 36.5, 101.6, 36.6] as [number, number, number, number];
    const [west, south, east, north] = bbox;
    const { id } = await api.post<{ id: number }>('/api/v1/mines', {
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      },
      properties: {
        code: 'IMPORT-1',
        nameZh: '导入矿',
        nameEn: 'Import mine',
        organisationCode: account.organisationCode,
        mineral: 'copper',
        method: 'open',
        province: 'QH',
        startOn: '2012-05-01',
      },
    });
    mine = { id, bbox };
  });

  /** A square in the mine as a survey office writes it, with the zone of the neighbour declared. */
  function boundaryPoints(): string {
    const [lng, lat] = [(mine.bbox[0] + mine.bbox[2]) / 2, (mine.bbox[1] + mine.bbox[3]) / 2];
    const zone = Math.round(lng / 3);
    const [x, y] = projectorFor(`EPSG:${4488 + zone}`).forward([lng, lat]);
    const corners = [
      [0, 0],
      [0, 60],
      [60, 60],
      [60, 0],
      [0, 0],
    ].map(([n = 0, e = 0], i) => `J${(i % 4) + 1},1,${(y + n).toFixed(3)},${(x + e).toFixed(3)}`);
    const head = [
      '[属性描述]',
      '坐标系=2000国家大地坐标系',
      '几度分带=3',
      '计量单位=米',
      `带号=${zone - 1}`,
      '[地块坐标]',
      '5,0.36,01,东采区,面,,,,@',
    ];
    return [...head, ...corners].join('\r\n');
  }

  function drawingOfTwoLayers(): string {
    const [lng, lat] = [(mine.bbox[0] + mine.bbox[2]) / 2, (mine.bbox[1] + mine.bbox[3]) / 2];
    const [x, y] = projectorFor(`EPSG:${4488 + Math.round(lng / 3)}`).forward([lng, lat]);
    const layer = (name: string, flags: number) => ['0', 'LAYER', '2', name, '70', String(flags), '62', '3'];
    const outline = (name: string, east: number) => [
      '0',
      'LWPOLYLINE',
      '8',
      name,
      '70',
      '1',
      ...[0, 40, 40, 0].flatMap((e, i) => ['10', String(x + east + e), '20', String(y + 200 + (i > 1 ? 40 : 0))]),
    ];
    const section = (name: string, inner: string[]) => ['0', 'SECTION', '2', name, ...inner, '0', 'ENDSEC'];
    return [
      ...section('TABLES', [...layer('采坑', 0), ...layer('旧图', 1)]),
      ...section('ENTITIES', [...outline('采坑', 0), ...outline('旧图', 100)]),
      '0',
      'EOF',
      '',
    ].join('\n');
  }

  it('asks about the zone, takes the answer, and writes the plot with stage and date, on a phone', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, `/?mine=${mine.id}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /Mine manager/ }).click();
    await page.getByText('Sign out').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Import a survey file' }).click();
    const file = { name: 'plots.txt', mimeType: 'text/plain', buffer: Buffer.from(boundaryPoints()) };
    await page.locator('.import-panel input[type=file]').setInputFiles(file);
    await page.getByText(/declares zone/).waitFor();
    await page
      .getByRole('button', { name: /^Read as/ })
      .first()
      .click();
    await page.getByText('1 of 1 could be written').waitFor();
    await screenshot(page, 'import-checked');
    expect(await accessibilityFaults(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByLabel('Stage', { exact: true }).selectOption({ label: 'Disturbed, in use' });
    await page.getByLabel('Effective on', { exact: true }).fill('2023-05-31');
    await page.getByRole('button', { name: 'Write 1 row' }).click();
    const end = page.getByText('1 row is in the ledger.').or(page.locator('.import-panel [role=alert]'));
    await end.first().waitFor();
    expect(await end.first().innerText()).toContain('1 row is in the ledger.');
    const api = apiFor(demo.server.url, await demo.server.token('manager'));
    const { items } = await api.get<{ items: { effectiveOn: string; areaM2: number }[] }>(
      `/api/v1/mines/${mine.id}/land-events?limit=1000`,
    );
    const written = items.filter(event => event.effectiveOn === '2023-05-31');
    expect(written.map(event => Math.round(event.areaM2 / 10))).toEqual([360]);

    // The same file again is known, with a way to what it wrote; a drawing shows its layers, the frozen one left out.
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Import a survey file' }).click();
    await page.locator('.import-panel input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Show the earlier import on the map' }).click();
    const drawing = { name: 'plots.dxf', mimeType: 'text/plain', buffer: Buffer.from(drawingOfTwoLayers()) };
    await page.locator('.import-panel input[type=file]').setInputFiles(drawing);
    await page.getByText('1 of 1 could be written').waitFor();
    const frozen = page.locator('.import-layers').getByRole('checkbox', { name: '旧图' });
    expect(await frozen.isChecked()).toBe(false);
    await frozen.check();
    await page.getByText('2 of 2 could be written').waitFor();
    await page.getByLabel('Stage of 旧图').waitFor();
  });
});
