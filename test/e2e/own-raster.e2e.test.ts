// A GeoTIFF dropped on the map: measured in the browser while a polygon is drawn, by the engine of the command line, and never sent anywhere.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectorFor } from '../../gis/crs/projector.ts';
import { writeGeoTiff } from '../../gis/raster/write-geotiff.ts';
import { runZonalCommand } from '../../server/exchange/zonal.command.ts';
import { nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { accessibilityFaults, hasBrowser, mapAtRest, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo, type DemoMine } from './demo.ts';
import { hasGdal } from '../helpers/raster.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-own-raster-'));

/** Bands red and near infrared of 10 m over a mine, greener to the east, with a hole of no data; a COG where GDAL is there to make one. */
async function writeScene([west, south, east, north]: DemoMine['bbox']): Promise<string> {
  const zone = Math.floor((west + 180) / 6) + 1;
  const crs = `EPSG:${32600 + zone}` as const;
  const { forward } = projectorFor(crs);
  const [[x0, y0], [x1, y1]] = [forward([west, south]), forward([east, north])];
  const [originX, originY] = [Math.floor(x0 / 10) * 10 - 500, Math.ceil(y1 / 10) * 10 + 500];
  const [width, height] = [Math.ceil((x1 - originX + 500) / 10), Math.ceil((originY - y0 + 500) / 10)];
  const cells = width * height;
  const red = new Uint16Array(cells).map((_, i) => 900 + ((i * 37) % 211));
  const nir = new Uint16Array(cells).map((_, i) => 1000 + Math.round((3000 * (i % width)) / width) + ((i * 53) % 97));
  for (let i = 0; i < cells; i += 1) if (i % 97 === 0) red[i] = nir[i] = 0;
  const grid = { width, height, originX, originY, cellWidth: 10, cellHeight: 10, crs };
  const bands = [{ description: 'red' }, { description: 'nir' }];
  const layout = { grid, sampleType: 'uint16' as const, tileSize: 128, noData: 0, bands };
  const path = join(folder, 'scene.tif');
  writeFileSync(path, await writeGeoTiff({ width, height, bands: [red, nir] }, layout, nodeDeflate));
  if (!hasGdal) return path;
  const cog = join(folder, 'cog.tif');
  execFileSync('gdal_translate', ['-q', '-of', 'COG', '-co', 'COMPRESS=DEFLATE', '-co', 'BLOCKSIZE=128', path, cog]);
  return cog;
}

describe.skipIf(!hasBrowser())('a raster of the person’s own', { timeout: 240_000 }, () => {
  const demo = useDemo();
  let scene: string;
  beforeAll(async () => {
    scene = await writeScene(demo.mine.bbox);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    const transfer = await page.evaluateHandle(
      ([base64, fileName]) => {
        const data = Uint8Array.from(atob(base64 as string), char => char.charCodeAt(0));
        const dropped = new DataTransfer();
        dropped.items.add(new File([data], fileName as string, { type: 'image/tiff' }));
        return dropped;
      },
      [Buffer.from(bytes).toString('base64'), name],
    );
    await page.dispatchEvent('.map', 'dragover', { dataTransfer: transfer });
    await page.dispatchEvent('.map', 'drop', { dataTransfer: transfer });
  }

  async function openEditor(): Promise<{ page: Page; sent: string[]; faults: string[] }> {
    const { page, faults } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}`);
    const sent: string[] = [];
    page.on('request', request => {
      if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
    });
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /Mine manager/ }).click();
    await page.getByText('Sign out').waitFor();
    await page.getByRole('button', { name: 'Record a land event' }).click();
    await page.getByRole('heading', { name: 'Record a land event' }).waitFor();
    await mapAtRest(page);
    return { page, sent, faults };
  }

  /** Has the worker count what it inflates with: modules of WebAssembly, and the browser's own streams. */
  async function countInflates(page: Page): Promise<void> {
    await page.route(/raster\.worker/, async route => {
      const response = await route.fetch();
      const counting = ['WebAssembly.Module', 'DecompressionStream'].map(
        name => `self.${name} = new Proxy(self.${name}, { construct(made, given) {
          self.made = { ...self.made, '${name}': (self.made?.['${name}'] ?? 0) + 1 };
          return new made(...given);
        } });`,
      );
      await route.fulfill({ response, body: `${counting.join('\n')}\n${await response.text()}` });
    });
  }

  const madeInWorker = async (page: Page): Promise<unknown> =>
    page
      .workers()
      .find(worker => worker.url().includes('raster.worker'))
      ?.evaluate(() => (globalThis as { made?: unknown }).made);

  const fact = async (page: Page, name: string): Promise<number> => {
    const text = await page.locator('.fact', { hasText: name }).locator('dd').innerText();
    return Number.parseFloat(text.replace(/[,%]/g, ''));
  };

  it('shows NDVI under the hand, and in the end what the command line says of the same polygon', async () => {
    const { page, sent, faults } = await openEditor();
    await countInflates(page);
    await drop(page, 'scene.tif', readFileSync(scene));
    await page.getByText('2 bands').waitFor();
    expect(page.workers().some(worker => worker.url().includes('raster.worker'))).toBe(true);
    expect(await page.getByLabel('Red band', { exact: true }).inputValue()).toBe('1');
    expect(await page.getByLabel('Near-infrared band').inputValue()).toBe('2');
    await mapAtRest(page);
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('there is no map');
    const corners = [
      [0.5, 0.45],
      [0.6, 0.47],
      [0.58, 0.6],
      [0.49, 0.58],
    ] as const;
    for (const [i, [x, y]] of corners.entries()) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
      // Three corners, the third still in the hand: there are figures already.
      if (i === 2) {
        await page.getByText('Mean NDVI').waitFor();
        expect(await fact(page, 'Mean NDVI')).toBeGreaterThan(0);
      }
      await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
      await page.waitForTimeout(250);
    }
    await page.keyboard.press('Enter');
    const asked = page.waitForRequest(request => request.url().includes('preview'));
    await page.getByLabel('Stage').selectOption({ label: 'Disturbed, in use' });
    await page.getByLabel('Effective on').fill('2023-06-30');
    await page.getByLabel('Kind of damage').selectOption({ label: 'Excavated' });
    const body = JSON.parse((await asked).postData() ?? '{}') as { geometry: unknown };
    await mapAtRest(page);
    await screenshot(page, 'own-raster');
    const zones = join(folder, 'drawn.geojson');
    writeFileSync(zones, JSON.stringify(body.geometry));
    const out = join(folder, 'drawn.json');
    const argv = ['--zones', zones, '--raster', scene, '--red', '1', '--nir', '2', '--index', 'ndvi', '--out', out];
    const io = { stdout: { write: () => true }, stderr: { write: (text: string) => process.stderr.write(text) } };
    expect(await runZonalCommand([...argv, '--stats', 'mean,stdev,valid_fraction,n_eff,area'], io)).toBe(0);
    const [expected] = JSON.parse(readFileSync(out, 'utf8')) as Record<string, number>[];
    expect(await fact(page, 'Mean NDVI')).toBeCloseTo(expected?.['mean'] ?? NaN, 4);
    expect(await fact(page, 'Spread')).toBeCloseTo(expected?.['stdev'] ?? NaN, 4);
    expect(await fact(page, 'Valid share')).toBeCloseTo((expected?.['valid_fraction'] ?? NaN) * 100, 1);
    expect(await fact(page, 'Effective cells')).toBeCloseTo(expected?.['n_eff'] ?? NaN, 1);
    expect(await fact(page, 'Area measured')).toBeCloseTo((expected?.['area'] ?? NaN) / 1e4, 4);
    // Every block went through the one module, which the page's rules let run.
    expect(await madeInWorker(page)).toEqual({ 'WebAssembly.Module': 1 });
    // What left the browser: the sign-in and the question about the drawing, nothing of the raster.
    expect(sent.filter(request => request.length > 5000 || request.includes('/scenes'))).toEqual([]);
    expect(faults).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put the raster away' }).click();
    await page.getByText('Mean NDVI').waitFor({ state: 'detached' });
    expect(page.workers().some(worker => worker.url().includes('raster.worker'))).toBe(false);
    await page.context().close();
  });

  it('says in the reader’s language why a file cannot be measured, and takes the next one', async () => {
    const { page } = await openEditor();
    await drop(page, 'holiday.tif', new TextEncoder().encode('no raster at all'));
    await page.getByText('holiday.tif cannot be measured. It is not a GeoTIFF').first().waitFor();
    await drop(page, 'half.tif', readFileSync(scene).subarray(0, 4000));
    await page.getByText('The file ends before its data do.').first().waitFor();
    await page.getByText('中文', { exact: true }).click();
    await page.getByText('文件在数据结束之前中断。').first().waitFor();
    // By the keyboard, without a drop.
    await page.getByLabel('另选文件').setInputFiles(scene);
    await page.getByText('2 个波段').waitFor();
    await page.getByText('绘制或编辑多边形，数值随手更新。').waitFor();
    await page.context().close();
  });
});
