// A reader without an account saves what is on the map as a file, and the file holds what the interface gives.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults, hasBrowser, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

describe.skipIf(!hasBrowser())('exporting from the screen', { timeout: 180_000 }, () => {
  const demo = useDemo('embedded');

  it('saves the land of the open mine on the date shown', async () => {
    const { page, faults } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('Qinggangling Bauxite Mine').first().click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    await page.getByLabel('Pick a date').fill('2021-12-31');
    await page.getByRole('button', { name: 'Export as a file' }).click();
    await page.getByRole('heading', { name: 'Export' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'export-dialog');

    await page.getByLabel('Format').selectOption('geojson');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the file' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^regreen-land-.*-2021-12-31\.geojson$/);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as { features: unknown[] };
    const id = new URL(page.url()).searchParams.get('mine');
    const land = (await (await fetch(`${demo.server.url}/api/v1/mines/${id}/land?asAt=2021-12-31`)).json()) as {
      features: unknown[];
    };
    expect(saved.features.length).toBe(land.features.length);
    await page.getByText(`holds ${land.features.length} rows`).waitFor();

    await page.getByLabel('Format').selectOption('pdf');
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the file' }).click(),
    ]);
    expect((await readFile(await sheet.path())).subarray(0, 5).toString()).toBe('%PDF-');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says in words why a selection cannot be one file', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('89.63').first().waitFor();
    await page.getByRole('button', { name: 'Export as a file' }).click();
    await page.getByLabel('Format').selectOption('dxf');
    await page.getByRole('button', { name: 'Save the file' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/central meridian/);
    await page.context().close();
  });
});
