// The drawing workbench by keyboard, on a phone, across a closed tab, and with ten thousand corners.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { apiFor } from '../helpers/api.ts';
import {
  accessibilityFaults,
  hasBrowser,
  mapAtRest,
  openPage,
  screenshot,
  type PageOptions,
} from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

// Software rendering on two cores makes every click slow; what is tested is what happens, not how fast.
describe.skipIf(!hasBrowser())('the drawing workbench', { timeout: 240_000 }, () => {
  const demo = useDemo();

  /** The editor by keyboard: the map is small, unless the test works on it. */
  async function openEditor(options: PageOptions = { isMapSmall: true }): Promise<{ page: Page; faults: string[] }> {
    const signedIn = { as: 'manager', ...options } as const;
    const { page, faults } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}`, signedIn);
    await page.getByRole('button', { name: 'Record a land event' }).click();
    await page.getByRole('heading', { name: 'Record a land event' }).waitFor();
    await mapAtRest(page);
    return { page, faults };
  }

  /** A rectangle of some share of the mine, typed as two opposite corners. */
  async function typeRectangle(page: Page): Promise<void> {
    const [west, south, east, north] = demo.mine.bbox;
    const [lng, lat] = [(west + east) / 2, (south + north) / 2];
    const text = `${lng} ${lat}\n${lng + (east - west) / 20} ${lat + (north - south) / 20}`;
    await paste(page, text);
  }
  async function paste(page: Page, text: string): Promise<void> {
    const box = page.getByLabel('Paste a polygon');
    if (!(await box.isVisible())) await page.getByText('Coordinates', { exact: true }).click();
    await box.fill(text);
    await page.getByRole('button', { name: 'Use it' }).click();
    await mapAtRest(page);
  }
  /** Drafts that the browser keeps on the device. */
  const keptDrafts = (page: Page): Promise<number> =>
    page.evaluate(async () => {
      const opened = indexedDB.open('regreen');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opened.onsuccess = () => resolve(opened.result);
        opened.onerror = () => reject(opened.error ?? new Error('no database'));
      });
      const counted = database.transaction('drafts').objectStore('drafts').count();
      const count = await new Promise<number>((resolve, reject) => {
        counted.onsuccess = () => resolve(counted.result);
        counted.onerror = () => reject(counted.error ?? new Error('not counted'));
      });
      database.close();
      return count;
    });
  /** The name of what has the focus. */
  const focused = (page: Page): Promise<string | undefined> =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim(),
    );
  const area = async (page: Page): Promise<number> =>
    Number.parseFloat((await page.locator('.measure-area').innerText()).replaceAll(',', ''));

  it('splits, offsets and merges back without a pointer, each a step to undo', async () => {
    const { page, faults } = await openEditor();
    await typeRectangle(page);
    const whole = await area(page);
    expect(whole).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Split', exact: true }).click();
    await page.getByRole('button', { name: 'Split between them' }).press('Enter');
    await page.getByText('Piece 1').waitFor();
    // The command has gone with its tool: the one in hand is where the keys go on.
    await expect.poll(() => focused(page)).toBe('Corners');
    expect(await area(page)).toBeCloseTo(whole / 2, 1);
    await screenshot(page, 'workbench-split');
    await page.getByRole('button', { name: 'Merge back' }).press('Enter');
    await expect.poll(() => area(page)).toBeCloseTo(whole, 3);
    await expect.poll(() => focused(page)).toBe('Corners');
    await page.getByRole('button', { name: 'Offset', exact: true }).first().click();
    await page.getByLabel('Distance in metres').fill('-10');
    await page.getByRole('button', { name: 'Offset', exact: true }).last().click();
    await expect.poll(() => area(page)).toBeLessThan(whole);
    await page.keyboard.press('Escape');
    await page.locator('#panel').focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
    await expect.poll(() => area(page)).toBeCloseTo(whole, 3);
    expect(await page.getByText('Piece 1').count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await page.getByText('Piece 1').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('moves a corner by keys, and says which', async () => {
    const { page } = await openEditor();
    await typeRectangle(page);
    const whole = await area(page);
    const next = page.getByRole('button', { name: 'Next corner' });
    await next.click();
    await page.getByText('Corner 1 of 4').waitFor();
    await next.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => area(page)).toBeGreaterThan(whole);
    await page.getByRole('button', { name: 'Keys' }).press('Enter');
    await page.getByRole('heading', { name: 'Keys for drawing' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Keys');
    // A second outline along the border of a neighbour, without a pointer.
    const moved = await area(page);
    await page.getByRole('button', { name: 'Trace', exact: true }).press('Enter');
    await page.locator('.pick-list .pick').first().press('Enter');
    await page.getByLabel('From corner').fill('1');
    await page.getByLabel('to corner', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'Follow the border' }).press('Enter');
    await page.getByRole('button', { name: 'Close the outline' }).press('Enter');
    await expect.poll(() => area(page)).not.toBe(moved);
    await page.getByText('Coordinates', { exact: true }).click();
    expect(await page.locator('#edit-ring option').last().textContent()).toContain('12');
    await page.context().close();
  });

  it('finds a draft again after the tab was closed, and throws it away on request only', async () => {
    const { page } = await openEditor();
    await typeRectangle(page);
    const drawn = await area(page);
    await expect.poll(() => keptDrafts(page)).toBe(1);
    await page.reload();
    await page.getByRole('heading', { name: 'An unfinished drawing waits here' }).waitFor();
    await screenshot(page, 'workbench-draft');
    expect(await page.getByRole('button', { name: /Record a land event/ }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect.poll(() => area(page)).toBeCloseTo(drawn, 3);
    await page.locator('#panel').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => area(page)).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await expect.poll(() => keptDrafts(page)).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: /Record a land event/ }).waitFor();
    await mapAtRest(page);
    expect(await page.getByText('An unfinished drawing waits here').count()).toBe(0);
    await page.context().close();
  });

  it('waits with the drawing while there is no connection, asks to sign in where the session is over, and saves once', async () => {
    const api = apiFor(demo.server.url, await demo.server.token('manager'));
    const events = async (): Promise<number> =>
      (await api.get<{ items: unknown[] }>(`/api/v1/mines/${demo.mine.id}/land-events?limit=1000`)).items.length;
    const before = await events();
    const { page } = await openEditor();
    // A corner where nothing was recorded: no reason or right is asked for.
    const [west, south, east, north] = demo.mine.bbox;
    const at = (share: number): string => `${west + (east - west) * share} ${south + (north - south) * share}`;
    await paste(page, `${at(0.02)}\n${at(0.06)}`);
    await page.getByLabel('Stage').selectOption({ label: 'Disturbed, in use' });
    await page.getByLabel('Effective on').fill('2023-06-30');
    await page.getByLabel('Kind of damage').selectOption({ label: 'Excavated' });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Save to the ledger' }).click();
    await page.getByText('The drawing is kept on this device; nothing is lost.').waitFor();
    await page.context().setOffline(false);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('dialog').getByText('Sign in again: the drawing stays here').waitFor();
    expect(await events()).toBe(before);
    await page.getByRole('button', { name: /Mine manager/ }).click();
    await page.getByText(/^Recorded: Disturbed/).waitFor();
    expect(await events()).toBe(before + 1);
    await page.context().close();
  });

  it('says that land lies outside, and clips it', async () => {
    const { page } = await openEditor();
    const [west, south, east, north] = demo.mine.bbox;
    const margin = (east - west) / 10;
    await paste(page, `${west - margin} ${south - margin}\n${east + margin} ${north + margin}`);
    const clip = page.getByRole('button', { name: /^Clip: −/ });
    await clip.waitFor();
    await screenshot(page, 'workbench-outside');
    const before = await area(page);
    await clip.click();
    await expect.poll(() => area(page)).toBeLessThan(before);
    await expect.poll(() => page.getByText(/lie outside the boundary/).count()).toBe(0);
    await page.context().close();
  });

  it.each(['en-GB', 'zh-CN'])('fits a phone in %s', async locale => {
    const { page } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      locale,
    });
    const [signIn, record] = locale === 'zh-CN' ? ['登录', '登记土地事件'] : ['Sign in', 'Record a land event'];
    await page.getByRole('button', { name: signIn, exact: true }).click();
    await page
      .getByRole('button', { name: locale === 'zh-CN' ? /矿山管理/ : /Mine manager/ })
      .first()
      .click();
    await page.getByRole('button', { name: record }).click();
    await page.getByRole('toolbar').waitFor();
    await mapAtRest(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    if (locale === 'zh-CN') {
      await screenshot(page, `workbench-phone-${locale}`);
      // Fingers read no language.
      return page.context().close();
    }
    const map = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (!map) throw new Error('there is no map');
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: (readonly [number, number])[]) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: at.map(([x, y], id) => ({ x: map.x + x, y: map.y + y, id })),
      });
    const corners = page.locator('.corner-stepper span');
    const handles = (): Promise<{ kind: string; x: number; y: number }[]> =>
      page.locator('.map').evaluate(element => {
        const { map: own } = element as unknown as {
          map: {
            project(at: number[]): { x: number; y: number };
            getSource(id: string): { serialize(): { data: { features: Handle[] } } };
          };
        };
        interface Handle {
          readonly properties: { readonly kind: string };
          readonly geometry: { readonly coordinates: number[] };
        }
        return own
          .getSource('handles')
          .serialize()
          .data.features.map(({ properties, geometry }) => {
            const { x, y } = own.project(geometry.coordinates);
            return { kind: properties.kind, x, y };
          });
      });
    // Three taps, two fingers that move the map, one tap, and the button that ends the ring.
    const taps = [
      [120, 150],
      [240, 150],
      [240, 250],
    ] as const;
    for (const at of taps) {
      await touch('touchStart', at);
      await touch('touchEnd');
      await page.waitForTimeout(350);
    }
    await expect.poll(() => area(page)).toBeGreaterThan(0);
    await touch('touchStart', [100, 300]);
    await touch('touchStart', [100, 300], [200, 300]);
    for (const x of [205, 212, 220]) await touch('touchMove', [100, 300], [x, 300]);
    await touch('touchEnd');
    const isStill = (): Promise<boolean> =>
      page
        .locator('.map')
        .evaluate(element => !(element as unknown as { map: { isMoving(): boolean } }).map.isMoving());
    await expect.poll(isStill).toBe(true);
    await page.locator('.stroke-commands .button-primary').tap();
    await corners.waitFor();
    await expect.poll(async () => (await handles()).filter(({ kind }) => kind !== 'middle').length).toBe(3);
    // Beside a corner is near enough for a finger; a middle becomes a corner; a resting finger takes one out.
    const whole = await area(page);
    // The lowest, which no control of the map covers.
    const [corner] = (await handles()).filter(({ kind }) => kind !== 'middle').sort((a, b) => b.y - a.y);
    if (!corner) throw new Error('no corner in reach');
    await touch('touchStart', [corner.x + 14, corner.y + 12]);
    for (const by of [10, 20, 30]) await touch('touchMove', [corner.x + 14 + by, corner.y + 12 - by]);
    await touch('touchEnd');
    await expect.poll(() => area(page)).not.toBe(whole);
    const [middle] = (await handles()).filter(({ kind }) => kind === 'middle').sort((a, b) => b.y - a.y);
    if (!middle) throw new Error('no middle in reach');
    await touch('touchStart', [middle.x, middle.y]);
    for (const by of [10, 20, 30]) await touch('touchMove', [middle.x + by, middle.y - by]);
    await touch('touchEnd');
    await expect.poll(async () => (await handles()).filter(({ kind }) => kind !== 'middle').length).toBe(4);
    const [out] = (await handles()).filter(({ kind }) => kind === 'chosen');
    if (!out) throw new Error('no chosen corner');
    await touch('touchStart', [out.x, out.y]);
    await page.waitForTimeout(700);
    await touch('touchEnd');
    await expect.poll(async () => (await handles()).filter(({ kind }) => kind !== 'middle').length).toBe(3);
    await screenshot(page, `workbench-phone-${locale}`);
    await page.context().close();
  });

  it('holds ten thousand corners: how long a frame of a moving corner takes is printed', async () => {
    const { page } = await openEditor({});
    const [west, south, east, north] = demo.mine.bbox;
    const [lng, lat] = [(west + east) / 2, (south + north) / 2];
    const radius = (east - west) / 6;
    const ring = Array.from({ length: 10_000 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 10_000;
      const reach = radius * (1 + 0.1 * Math.sin(40 * angle));
      return [lng + reach * Math.cos(angle), lat + reach * 0.8 * Math.sin(angle)];
    });
    await paste(page, JSON.stringify({ type: 'Polygon', coordinates: [[...ring, ring[0]]] }));
    await expect.poll(() => area(page), { timeout: 60_000 }).toBeGreaterThan(0);
    const corner = ring[0] as number[];
    await page.locator('.map').evaluate((element, to) => {
      (element as unknown as { map: { jumpTo(o: object): void } }).map.jumpTo({ center: to, zoom: 17 });
    }, corner);
    await mapAtRest(page);
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('there is no map');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const before = await area(page);
    await page.evaluate(() => performance.clearMeasures('edit-move'));
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 24; step++) await page.mouse.move(x + 5 * step, y + step);
    await screenshot(page, 'workbench-large');
    await page.mouse.up();
    const times = await page.evaluate(() =>
      performance
        .getEntriesByName('edit-move')
        .map(entry => entry.duration)
        .sort((a, b) => a - b),
    );
    const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(1);
    process.stdout.write(
      `a corner of 10,000 in hand: ${times.length} moves, median ${at(0.5)} ms, slowest ${at(1)} ms\n`,
    );
    expect(times.length).toBeGreaterThan(10);
    await expect.poll(() => area(page), { timeout: 60_000 }).not.toBe(before);
    const moved = await area(page);
    await page.getByRole('button', { name: 'Offset', exact: true }).first().click();
    await page.getByLabel('Distance in metres').fill('10');
    await page.getByRole('button', { name: 'Offset', exact: true }).last().click();
    await expect.poll(() => area(page), { timeout: 60_000 }).toBeGreaterThan(moved);
    await page.context().close();
  });
});
