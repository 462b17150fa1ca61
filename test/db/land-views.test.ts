// What the public sees of the land ledger, and what was known when.
import { beforeAll, describe, expect, it } from 'vitest';
import { restorationQuery, type RestorationQuery } from '../../server/land/rates/rates.contract.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { listCells, listShares, listTransitions } from '../../server/land/partition/partition.repository.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf, type Rooms } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
const nobody = viewerOf('public');
const HA = 10.12695; // one thousandth of a degree of longitude by a hundredth of latitude at 35° N, in hectares

const query = (more: Record<string, unknown> = {}): RestorationQuery => restorationQuery.parse(more);

describeOnBothDatabases('views of the land ledger', getDb => {
  let rooms: Rooms;
  let land: LandService;
  let number = 0;
  const freshMine = () => makeMine(rooms, `VIEW-${number++}`, 111.95, 34.95);

  beforeAll(() => {
    rooms = createRooms(getDb());
    land = createLandService({ db: getDb(), mines: rooms.mines, now: () => new Date('2024-06-30T12:00:00Z') });
  });

  const record = (mineId: number, ...args: Parameters<typeof landEvent>) =>
    land.events.record(admin, mineId, landEvent(...args));

  describe('what the public sees', () => {
    it('is nothing before, and exactly the published period after', async () => {
      const { id } = await freshMine();
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      await record(id, 'CMP', '2021-01-01', rectangle(112, 112.004));
      const before = await land.rates.getRestoration(nobody, id, query({ asAt: '2021-12-31' }));
      expect(before.rates['RR1']).toMatchObject({ value: null, reason: 'not-published' });
      expect((await land.partition.getLand(nobody, id, {})).features).toEqual([]);
      expect((await land.rates.getSeries(nobody, id, series('2018-12-31', '2021-12-31'))).items).toEqual([]);

      const period = await land.periods.publish(admin, id, { asAt: '2021-12-31' });
      expect(period.ledgerHash).toMatch(/^sha256:[0-9a-f]{64}$/);
      const working = await land.rates.getRestoration(admin, id, query({ asAt: '2021-12-31' }));
      await record(id, 'CMP', '2022-02-01', rectangle(112.004, 112.008));
      const published = await land.rates.getRestoration(nobody, id, query({ asAt: '2023-01-01' }));
      expect(published).toMatchObject({ asAt: '2021-12-31', source: 'published', outOfBoundsM2: null });
      expect(published.ledgerHash).toBe(working.ledgerHash);
      expect(published.rates['RR1']?.value).toBeCloseTo(0.4, 6);
      const shown = await land.partition.getLand(nobody, id, { asAt: '2020-06-01' });
      expect(shown.features.map(({ properties }) => properties.stage)).toEqual(['DST']);
      await expect(land.partition.getLand(nobody, id, { knownAt: '2022-01-01T00:00:00Z' })).rejects.toMatchObject({
        code: 'known-at-not-public',
      });
      const { items } = await land.rates.getSeries(nobody, id, series('2018-12-31', '2023-12-31'));
      expect(items.map(item => item.asAt)).toEqual(['2019-12-31', '2020-12-31', '2021-12-31']);
      for (const viewer of [nobody, admin]) {
        const reversed = land.rates.getSeries(viewer, id, series('2022-12-31', '2020-12-31'));
        await expect(reversed).rejects.toMatchObject({ code: 'series-reversed' });
        expect((await land.rates.getSeries(viewer, id, series('2020-12-31', '2020-12-31'))).items).toEqual([]);
      }
      await expect(land.events.list(nobody, id, { limit: 10 })).rejects.toMatchObject({ code: 'sign-in-required' });
      expect((await land.periods.list(id, { limit: 10 })).items).toEqual([period]);
    });

    it('is reported as the calendar year of its last day, unless somebody confirms another', async () => {
      const { id } = await freshMine();
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      expect((await land.periods.publish(admin, id, { asAt: '2021-12-31' })).reportYear).toBe(2021);
      const late = { asAt: '2022-03-31', reportYear: 2021 };
      await expect(land.periods.publish(admin, id, late)).rejects.toMatchObject({ code: 'report-year-differs' });
      expect((await land.periods.list(id, { limit: 10 })).items).toHaveLength(1);
      const confirmed = await land.periods.publish(admin, id, { ...late, confirmReportYear: true });
      expect(confirmed).toMatchObject({ asAt: '2022-03-31', reportYear: 2021 });
    });

    it('may not publish what has not ended', async () => {
      const { id } = await freshMine();
      await expect(land.periods.publish(admin, id, { asAt: '2024-12-31' })).rejects.toMatchObject({
        code: 'period-in-future',
      });
    });
  });

  describe('what was known when', () => {
    it('is derived from the events of that time, areas and passages alike', async () => {
      const { id } = await freshMine();
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      const wrong = await record(id, 'CMP', '2021-01-01', rectangle(112, 112.006));
      await record(id, 'EST', '2021-06-01', rectangle(112.005, 112.009), { reason: 'CORR' });
      const knownAt = await clock();
      await land.events.retract(admin, id, wrong.id, 'survey was wrong', 1);
      await record(id, 'CMP', '2021-01-01', rectangle(112, 112.002));
      await record(id, 'DST', '2020-01-01', rectangle(112.01, 112.012));

      const rr1 = async (more: object) =>
        (await land.rates.getRestoration(admin, id, query({ asAt: '2021-12-31', ...more }))).rates['RR1']?.value;
      expect(await rr1({})).toBeCloseTo(2 / 12, 6);
      expect(await rr1({ knownAt })).toBeCloseTo(5 / 10, 6);
      const then = await land.rates.getSeries(admin, id, { ...series('2018-12-31', '2021-12-31'), knownAt });
      for (const { reconciliation: r } of then.items) {
        expect(r.gross.opening + r.gross.newlyDisturbed + r.gross.corrections).toBeCloseTo(r.gross.closing, 2);
        const { opening, newlyReclaimed, reDisturbed, failed, corrections, closing } = r.reclaimed;
        expect(opening + newlyReclaimed - reDisturbed - failed + corrections).toBeCloseTo(closing, 2);
      }
      expect((then.items[2]?.reconciliation.reclaimed.newlyReclaimed ?? 0) / 1e4).toBeCloseTo(6 * HA, 3);
      expect((then.items[2]?.reconciliation.reclaimed.corrections ?? 0) / 1e4).toBeCloseTo(-HA, 3);
    });

    it('is the stored partition where nothing was learnt since, and the derived one agrees with it', async () => {
      const { id } = await freshMine();
      for (let i = 0; i < 8; i++) {
        const stage = (['DST', 'EST', 'CMP', 'RDY'] as const)[i % 4] ?? 'DST';
        const west = 112 + ((i * 7) % 5) / 1000;
        await record(id, 'DST', '2011-01-01', rectangle(112, 112.02));
        await record(id, stage, `20${12 + ((i * 5) % 8)}-03-0${i + 1}`, rectangle(west, west + 0.004, 35.001, 35.006), {
          reason: stage === 'CMP' ? 'CORR' : 'REDIST',
        });
      }
      const knownAt = await clock();
      const asAt = '2022-12-31';
      const stored = { source: 'working', mineId: id, asAt, knownAt } as const;
      const derived = { source: 'known', mineId: id, asAt, knownAt } as const;
      const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.05);
      const [cells, again] = [await listCells(getDb().knex, stored), await listCells(getDb().knex, derived)];
      expect(again.map(cell => cell.eventId)).toEqual(cells.map(cell => cell.eventId));
      const shares = await listShares(getDb().knex, derived, asAt);
      cells.forEach((cell, i) => near(cell.areaM2, again[i]?.areaM2 ?? NaN));
      cells.forEach((cell, i) => near(cell.areaM2, shares[i]?.areaM2 ?? NaN));
      const passed = await listTransitions(getDb().knex, stored, '2010-01-01', asAt);
      const passedAgain = await listTransitions(getDb().knex, derived, '2010-01-01', asAt);
      const real = (rows: typeof passed) =>
        new Map(rows.filter(t => t.areaM2 > 1).map(t => [`${t.onDate} ${t.fromStage} ${t.toStage}`, t.areaM2]));
      expect([...real(passedAgain).keys()].toSorted()).toEqual([...real(passed).keys()].toSorted());
      for (const [key, areaM2] of real(passed)) near(areaM2, real(passedAgain).get(key) ?? NaN);
    });

    const clock = async (): Promise<string> => {
      await new Promise(done => setTimeout(done, 5));
      const { rows } = await getDb().knex.raw<{ rows: { now: string }[] }>('select clock_timestamp() as now');
      await new Promise(done => setTimeout(done, 5));
      return rows[0]?.now ?? '';
    };
  });

  const series = (from: string, to: string) => ({
    from,
    to,
    step: 'year' as const,
    basis: 'A' as const,
    scope: ['LIC' as const],
  });
});
