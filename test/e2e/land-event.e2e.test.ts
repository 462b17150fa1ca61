// A mine manager's work: sign in, draw a polygon with a hole, save it, and meet somebody else's change.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { apiFor } from '../helpers/api.ts';
import { accessibilityFaults, hasBrowser, mapAtRest, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

interface LandEvent {
  readonly id: number;
  readonly stage: string;
  readonly areaM2: number;
  readonly recordedBy: unknown;
  readonly geometry: { readonly type: string; readonly coordinates: number[][][][] };
}

const boxOf = (corners: readonly (readonly number[])[]): [number, number, number, number] => {
  const [lngs, lats] = [0, 1].map(axis => corners.map(corner => corner[axis] ?? Number.NaN)) as [number[], number[]];
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
};
const rectangle = (west: number, south: number, east: number, north: number) => ({
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
});

// Software rendering on two cores makes every click slow; what is tested is what happens, not how fast.
describe.skipIf(!hasBrowser())('recording a land event', { timeout: 240_000 }, () => {
  const demo = useDemo();

  async function openEditor(): Promise<Page> {
    const { page } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /Mine manager/ }).click();
    await page.getByText('Sign out').waitFor();
    await page.getByRole('button', { name: 'Record a land event' }).click();
    await page.getByRole('heading', { name: 'Record a land event' }).waitFor();
    // The map flies to the mine first; a corner clicked in flight would land elsewhere.
    await mapAtRest(page);
    return page;
  }

  /** Clicks corners given as shares of the map's width and height, and closes the ring with Enter. */
  async function draw(page: Page, corners: readonly (readonly [number, number])[]): Promise<void> {
    const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
    if (!box) throw new Error('there is no map');
    for (const [x, y] of corners) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
      await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
      await page.waitForTimeout(250);
    }
    await page.keyboard.press('Enter');
    await page.waitForTimeout(600);
  }

  async function describeEvent(page: Page): Promise<void> {
    await page.getByLabel('Stage').selectOption({ label: 'Disturbed, in use' });
    await page.getByLabel('Effective on').fill('2023-06-30');
    await page.getByLabel('Kind of damage').selectOption({ label: 'Excavated' });
  }

  /** Corners of the drawing as the coordinate table has them. */
  async function shapeOf(page: Page): Promise<number[][]> {
    await page.getByText('Coordinates', { exact: true }).click();
    const cells = page.locator('.vertex-table input');
    await cells.first().waitFor();
    const numbers = await cells.evaluateAll(inputs => inputs.map(input => Number((input as HTMLInputElement).value)));
    return Array.from({ length: numbers.length / 2 }, (_, i) => numbers.slice(2 * i, 2 * i + 2));
  }

  const events = async (): Promise<LandEvent[]> => {
    const api = apiFor(demo.server.url, await demo.server.token('manager'));
    return (await api.get<{ items: LandEvent[] }>(`/api/v1/mines/${demo.mine.id}/land-events?limit=1000`)).items;
  };

  it('draws a polygon with a hole, undoes, redoes, and saves both rings', async () => {
    const before = new Set((await events()).map(event => event.id));
    const page = await openEditor();
    await draw(page, [
      [0.44, 0.63],
      [0.52, 0.63],
      [0.52, 0.71],
      [0.44, 0.71],
    ]);
    const area = page.getByText(/^\d[\d,.]* ha$/).first();
    const whole = await area.innerText();
    await page.getByText('Hole', { exact: true }).click();
    await draw(page, [
      [0.46, 0.65],
      [0.5, 0.65],
      [0.5, 0.69],
      [0.46, 0.69],
    ]);
    await expect.poll(() => area.innerText()).not.toBe(whole);
    const pierced = await area.innerText();
    expect(Number.parseFloat(pierced)).toBeLessThan(Number.parseFloat(whole));
    await page.getByRole('button', { name: /undo/i }).first().click();
    await expect.poll(() => area.innerText()).toBe(whole);
    await page.getByRole('button', { name: /redo/i }).first().click();
    await expect.poll(() => area.innerText()).toBe(pierced);
    await describeEvent(page);
    await mapAtRest(page);
    await screenshot(page, 'editing');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save to the ledger' }).click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    const added = (await events()).filter(event => !before.has(event.id));
    expect(added).toHaveLength(1);
    expect(added[0]?.stage).toBe('DST');
    expect(added[0]?.geometry.coordinates[0]).toHaveLength(2);
    expect((added[0]?.areaM2 ?? 0) / 1e4).toBeCloseTo(Number.parseFloat(pierced), 1);
    await screenshot(page, 'saved');
    await page.context().close();
  });

  it('shows both versions when somebody else changed the land meanwhile, and saves piece by piece', async () => {
    const page = await openEditor();
    await draw(page, [
      [0.45, 0.72],
      [0.5, 0.72],
      [0.5, 0.76],
      [0.45, 0.76],
    ]);
    await describeEvent(page);
    const mine = await shapeOf(page);
    // Theirs covers the eastern half of mine, and as much beyond.
    const [west, south, east, north] = boxOf(mine);
    const middle = (west + east) / 2;
    const api = apiFor(demo.server.url, await demo.server.token('admin'));
    await api.post(`/api/v1/mines/${demo.mine.id}/land-events`, {
      type: 'Feature',
      geometry: rectangle(middle, south, east + (east - west) / 2, north),
      properties: { stage: 'DST', damageType: 'EXC', effectiveOn: '2023-05-01', scope: 'LIC', evidenceGrade: 'E0' },
    });
    const before = (await events()).length;
    await page.getByRole('button', { name: 'Save to the ledger' }).click();
    await page.getByText('The ledger has changed meanwhile').waitFor();
    const pieces = page.locator('.conflict-pieces li');
    // Corners of mine may have caught on land, so theirs may lie round mine in more than one piece.
    for (const side of ['· Only mine', '· Only theirs', '· Both'])
      expect(await pieces.filter({ hasText: side }).count()).toBeGreaterThan(0);
    await page.waitForTimeout(800);
    await screenshot(page, 'conflict');
    expect((await events()).length).toBe(before);
    // What both drew is left to them.
    for (const piece of await pieces.filter({ hasText: '· Both' }).all()) {
      await piece.getByText('Theirs', { exact: true }).click();
    }
    await page.getByRole('button', { name: 'Save as chosen' }).click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    const saved = (await events()).toSorted((x, y) => y.id - x.id);
    expect(saved).toHaveLength(before + 1);
    const kept = boxOf(saved[0]?.geometry.coordinates.flat(2) ?? []);
    expect(kept[0]).toBeCloseTo(west, 7);
    expect(kept[2]).toBeCloseTo(middle, 7);
    await page.context().close();
  });

  it('tells a regulator why the command is disabled', async () => {
    const { page } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /Regulator/ }).click();
    await page.getByText('Sign out').waitFor();
    const command = page.getByRole('button', { name: /Record a land event/ });
    expect(await command.getAttribute('aria-disabled')).toBe('true');
    const why = await command.getAttribute('title');
    expect(why).toBeTruthy();
    // Without a pointer nothing hovers: the reason comes up with the focus, and goes with it.
    await page.keyboard.press('Tab');
    await command.focus();
    await page.locator('.why-tip').waitFor();
    expect(await page.locator('.why-tip').innerText()).toBe(why);
    await page.keyboard.press('Escape');
    await page.locator('.why-tip').waitFor({ state: 'hidden' });
    await page.context().close();
  });
});
