// A regulator's work: from a rate down to the polygons and the evidence behind it, a year's statement, and the findings;
// and a correction that keeps what the event said.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { apiFor } from '../helpers/api.ts';
import { accessibilityFaults, hasBrowser, mapAtRest, openPage, screenshot } from '../helpers/browser.ts';
import { useDemo } from './demo.ts';

interface Finding {
  readonly id: number;
  readonly areaM2: number;
}
interface LandEvent {
  readonly id: number;
  readonly facilityId: number | null;
  readonly evidenceGrade: string;
  readonly scope: string;
  readonly retractedAt: string | null;
  readonly replacesId: number | null;
}

describe.skipIf(!hasBrowser())('a regulator', { timeout: 240_000 }, () => {
  const demo = useDemo();

  async function openMine(role: RegExp, rest = ''): Promise<{ page: Page; faults: string[] }> {
    const { page, faults } = await openPage(demo.browser, demo.server.url, `/?mine=${demo.mine.id}${rest}`);
    await page.getByRole('navigation').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: role }).click();
    await page.getByText('Sign out').waitFor();
    await page.locator('.fraction-row').first().waitFor();
    return { page, faults };
  }

  /** How many features the map holds of what is outlined for an opened number. */
  const outlined = (page: Page): Promise<number> =>
    page.evaluate(async () => {
      type Source = { getData(): Promise<{ features: unknown[] }> };
      const { map } = document.querySelector('.map') as HTMLElement & { map: { getSource(id: string): Source } };
      return (await map.getSource('group').getData()).features.length;
    });

  const hectares = (text: string): number => Number(/([\d,]+\.\d+) ha/.exec(text)?.[1]?.replaceAll(',', ''));

  it('opens a rate down to polygons that add up, each with date, event, evidence and the satellite', async () => {
    const { page, faults } = await openMine(/Regulator/);
    await page.locator('canvas.maplibregl-canvas').waitFor();
    await page.waitForFunction(() => 'map' in (document.querySelector('.map') ?? {}));
    for (const side of ['Numerator', 'Denominator']) {
      const row = page.locator('.fraction-row').filter({ hasText: side });
      await row.click();
      const sum = page.locator('.side-sum');
      await sum.waitFor();
      expect(hectares(await sum.innerText())).toBeCloseTo(hectares(await row.innerText()), 2);
      const count = Number(/^(\d+) polygons/.exec(await sum.innerText())?.[1]);
      expect(count).toBeGreaterThan(3);
      await expect.poll(() => outlined(page), { timeout: 30_000 }).toBe(count);
      const first = page.locator('.fraction .cell-row').first();
      expect(await first.innerText()).toMatch(/since .+\d{4}[\s\S]*event #\d+ · E\d [\s\S]* ha[\s\S]* mu/);
      if (side === 'Numerator') {
        await first.click();
        const card = page.locator('.stage-map .focus-card');
        await expect
          .poll(() => card.innerText(), { timeout: 30_000 })
          .toMatch(/Recorded[\s\S]*Evidence[\s\S]*Satellite\s+(Agrees|Disagrees|Not enough)/);
        await screenshot(page, 'rate-to-polygons');
        await card.getByRole('button', { name: 'Close' }).click();
      }
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('reads a year as a statement whose terms add up, in both languages', async () => {
    const { page } = await openMine(/Regulator/, '&tab=ledger');
    await page.locator('.statement').waitFor();
    const cells = await page.locator('.statement-table tbody').nth(1).locator('td:nth-child(2)').allInnerTexts();
    const values = cells.map(text => Number(text.replaceAll(',', '').replace('−', '-').replace('+', '')));
    expect(values).toHaveLength(6);
    const [opening = 0, ...terms] = values.slice(0, -1);
    expect(terms.reduce((sum, term) => sum + term, opening)).toBeCloseTo(values.at(-1) ?? 0, 1);
    await page.getByText(/nothing is unexplained/).waitFor();
    await page.getByText(/events? of the year/).click();
    await page.locator('.statement .cell-row').first().click();
    await page.locator('.stage-map .focus-card').getByText(/#\d+/).first().waitFor();
    await page.getByText('中文', { exact: true }).click();
    await page.getByText('无未解释差额').waitFor();
    expect(await page.locator('.statement').innerText()).toMatch(
      /期初[\s\S]*新增治理[\s\S]*再扰动[\s\S]*管护失败[\s\S]*更正[\s\S]*期末/,
    );
    await page.context().close();
  });

  it('finds the findings in the tables, and goes from a row to its place on the map', async () => {
    const api = apiFor(demo.server.url, await demo.server.token('regulator'));
    const { items } = await api.get<{ items: Finding[] }>(`/api/v1/mines/${demo.mine.id}/findings?asAt=2022-12-31`);
    expect(items.length).toBeGreaterThan(0);
    const { page } = await openMine(/Regulator/, '&view=list');
    const table = page.getByRole('table', { name: 'Findings' });
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBe(items.length);
    expect(await accessibilityFaults(page)).toEqual([]);
    await table.getByRole('button').first().click();
    await page.locator('canvas.maplibregl-canvas').waitFor();
    await page.locator('.stage-map .focus-card').getByText('Place').waitFor();
    await mapAtRest(page);
    await screenshot(page, 'finding');
    await page.context().close();
  });

  it('keeps the facility and the rest of an event that a manager corrects', async () => {
    const api = apiFor(demo.server.url, await demo.server.token('manager'));
    const list = async (): Promise<LandEvent[]> =>
      (await api.get<{ items: LandEvent[] }>(`/api/v1/mines/${demo.mine.id}/land-events?limit=1000`)).items;
    const before = await list();
    const { page } = await openMine(/Mine manager/, '&tab=ledger');
    await page.locator('.statement').waitFor();
    await page.getByText(/events? of the year/).click();
    const rows = page.locator('.statement .cell-row');
    const known = new Map(before.map(event => [event.id, event]));
    let original: LandEvent | undefined;
    for (let index = 0; index < (await rows.count()) && original === undefined; index++) {
      await rows.nth(index).click();
      const text = await page.locator('.stage-map .focus-card').innerText();
      const event = known.get(Number(/#(\d+)/.exec(text)?.[1]));
      if (event !== undefined && event.facilityId !== null) original = event;
    }
    expect(original).toBeDefined();
    await page.locator('.stage-map .focus-card').getByRole('button', { name: 'Correct' }).click();
    await page.getByRole('heading', { name: /Correct event/ }).waitFor();
    expect(await page.getByLabel('Facility').inputValue()).toBe(String(original?.facilityId));
    await page.getByLabel('Reason').selectOption({ label: 'Correction' });
    await page.getByRole('button', { name: 'Save to the ledger' }).click();
    await page.getByRole('heading', { level: 1, name: /Qinggangling/ }).waitFor();
    const successor = (await list()).find(event => event.replacesId === original?.id);
    expect(successor).toMatchObject({
      facilityId: original?.facilityId,
      evidenceGrade: original?.evidenceGrade,
      scope: original?.scope,
    });
    await page.context().close();
  });
});
