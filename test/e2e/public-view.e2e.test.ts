// What anybody sees without an account: rates that move with the date, a map, tables of the same, both languages, a phone.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults, hasBrowser, mapAtRest, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

describe.skipIf(!hasBrowser())('the public view', { timeout: 180_000 }, () => {
  const demo = useDemo('embedded');

  const text = (page: Page): Promise<string> => page.locator('body').innerText();

  it('opens on the group rate of the latest published period and moves it with the date', async () => {
    const { page, faults } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('89.63').first().waitFor();
    // The base map and the places of the rings settle after the first paint.
    await mapAtRest(page);
    await screenshot(page, 'overview-en');
    for (const [date, rate] of [
      ['2020-12-31', '81.00'],
      ['2021-12-31', '86.15'],
      ['2022-12-31', '89.63'],
    ] as const) {
      await page.getByLabel('Pick a date').fill(date);
      await page.locator('.hero-number').filter({ hasText: rate }).waitFor();
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('has the handle of the date where its day stands on the line', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/');
    const slider = page.getByLabel('Date', { exact: true });
    const line = await page.locator('.time-marks').boundingBox();
    if (line === null) throw new Error('no line of time');
    const day = async (what: 'min' | 'max' | 'value'): Promise<number> =>
      Number(what === 'value' ? await slider.inputValue() : await slider.getAttribute(what));
    for (const share of [0.1, 0.5, 0.9]) {
      await page.mouse.click(line.x + share * line.width, line.y + 15);
      // A pixel or two are days where the line is years.
      const shown = ((await day('value')) - (await day('min'))) / ((await day('max')) - (await day('min')));
      expect(Math.abs(shown - share) * line.width).toBeLessThan(3);
    }
    await page.context().close();
  });

  it('opens a mine down to its polygons, and explains its rate', async () => {
    const { page, faults } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('Qinggangling Bauxite Mine').first().click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    await page.getByText('How is this computed?').click();
    expect(await text(page)).toMatch(/sha256:/);
    await page.getByRole('button', { name: /Criteria met, accepted/ }).click();
    expect(await text(page)).toMatch(/ha/);
    await page.locator('canvas').first().waitFor();
    await mapAtRest(page);
    await screenshot(page, 'mine-en');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('draws something: the map is not one colour', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('Qinggangling Bauxite Mine').first().click();
    await mapAtRest(page);
    const shot = await page.locator('canvas.maplibregl-canvas').screenshot();
    // A flat picture of this size compresses to a few kilobytes.
    expect(shot.byteLength).toBeGreaterThan(30_000);
    await page.context().close();
  });

  it('shows the same as tables', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByRole('button', { name: 'Show as tables' }).click();
    await page.getByRole('table').first().waitFor();
    const tables = await page.locator('main').innerText();
    for (const name of ['Qinggangling', 'Baishitan', 'Quanyu', 'Fengshuwu', 'Yunmaoshan'])
      expect(tables).toContain(name);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('restores a view from its address', async () => {
    const first = await openPage(demo.browser, demo.server.url, '/');
    await first.page.getByText('Qinggangling Bauxite Mine').first().click();
    await first.page.getByLabel('Pick a date').fill('2019-12-31');
    await first.page.waitForFunction(() => location.href.includes('2019-12-31'));
    const address = first.page.url().slice(demo.server.url.length);
    const headline = await first.page.getByRole('heading', { level: 1 }).innerText();
    await first.page.context().close();
    const second = await openPage(demo.browser, demo.server.url, address);
    await second.page.getByRole('heading', { level: 1, name: headline.split('\n')[0] ?? '' }).waitFor();
    expect(await second.page.getByLabel('Pick a date').inputValue()).toBe('2019-12-31');
    await second.page.context().close();
  });

  it('shows every mine on the map where a link names one that is not there', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/?mine=999999');
    await page.getByRole('button', { name: 'Back to all mines' }).waitFor();
    const seesMine = (): Promise<boolean> =>
      page.locator('.map').evaluate((element, [lng, lat]) => {
        const { map } = element as unknown as {
          map?: { getZoom(): number; getBounds(): { contains(at: readonly number[]): boolean } };
        };
        return map !== undefined && map.getZoom() > 2.5 && map.getBounds().contains([lng, lat]);
      }, demo.mine.bbox);
    await expect.poll(seesMine, { timeout: 30_000 }).toBe(true);
    await page.context().close();
  });

  it('speaks Chinese as well as English, and says so to assistive technology', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/', { locale: 'zh-CN' });
    await page.getByText('89.63').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await text(page)).toContain('修复治理率');
    await screenshot(page, 'overview-zh');
    await page.getByText('青岗岭铝土矿').first().click();
    await mapAtRest(page);
    await screenshot(page, 'mine-zh');
    await page.getByText('EN', { exact: true }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    expect(await text(page)).toContain('Restoration rate');
    await page.context().close();
  });

  it('fits a phone: nothing runs over the edge', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await page.getByText('89.63').first().waitFor();
    await mapAtRest(page);
    await screenshot(page, 'phone-overview');
    const overflow = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByText('Qinggangling Bauxite Mine').first().click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    await mapAtRest(page);
    await screenshot(page, 'phone-mine');
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('has no accessibility faults on overview, mine and every tab of it', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, '/');
    await page.getByText('89.63').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText('Qinggangling Bauxite Mine').first().click();
    for (const tab of ['Land', 'Satellite', 'Facilities', 'Nature', 'Ledger']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(800);
      expect(await accessibilityFaults(page), tab).toEqual([]);
      await screenshot(page, `mine-${tab.toLowerCase()}`);
    }
    await page.context().close();
  });
});
