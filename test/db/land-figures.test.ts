// Rates of mines and groups, scopes, legacy land, findings, and land in two ledgers.
import { beforeAll, describe, expect, it } from 'vitest';
import { restorationQuery, type RestorationQuery } from '../../server/land/rates/rates.contract.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf, type Rooms } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
const nobody = viewerOf('public');
const HA = 10.12695; // one thousandth of a degree of longitude by a hundredth of latitude at 35° N, in hectares

const query = (more: Record<string, unknown> = {}): RestorationQuery => restorationQuery.parse(more);

describeOnBothDatabases('figures of the land ledger', getDb => {
  let rooms: Rooms;
  let land: LandService;
  let number = 0;
  const freshMine = () => makeMine(rooms, `FIG-${number++}`, 111.95, 34.95);

  beforeAll(() => {
    rooms = createRooms(getDb());
    land = createLandService({ db: getDb(), mines: rooms.mines, now: () => new Date('2024-06-30T12:00:00Z') });
  });

  const record = (mineId: number, ...args: Parameters<typeof landEvent>) =>
    land.events.record(admin, mineId, landEvent(...args));

  describe('rates of a mine', () => {
    it('measures the year against its plan and the land against the responsibility range', async () => {
      const { id } = await freshMine();
      await rooms.boundaries.create(admin, id, {
        type: 'Feature',
        geometry: rectangle(112, 112.02),
        properties: { kind: 'RESP', validFrom: '2010-01-01', validTo: null, docRef: null, declaredAreaM2: null },
      } as never);
      await land.periods.putPlan(
        admin,
        id,
        { year: 2022, plannedM2: 2 * HA * 1e4, areas: 'incremental', source: '年度计划' },
        undefined,
      );
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      await record(id, 'CMP', '2021-03-01', rectangle(112, 112.002));
      await record(id, 'CMP', '2022-03-01', rectangle(112.002, 112.005));
      const { rates, areasM2, outOfBoundsM2 } = await land.rates.getRestoration(
        admin,
        id,
        query({ asAt: '2022-12-31' }),
      );
      expect(rates['RR1']?.value).toBeCloseTo(0.5, 6);
      expect(rates['RR2']?.value).toBeCloseTo(1, 6);
      expect(rates['RR4']?.value).toBeCloseTo(1.5, 4);
      expect(rates['RR5']?.value).toBeCloseTo(0.25, 6);
      expect(areasM2.reclaimedA / 1e4).toBeCloseTo(5 * HA, 3);
      expect(outOfBoundsM2).toBe(0);
      const earlier = await land.rates.getRestoration(admin, id, query({ asAt: '2021-12-31' }));
      expect(earlier.rates['RR4']).toMatchObject({ value: null, reason: 'no-plan' });
    });

    it('tells land that has waited more than a year for works, and forgets it where works begin', async () => {
      const { id } = await freshMine();
      await record(id, 'DST', '2018-01-01', rectangle(112, 112.01));
      await record(id, 'RDY', '2020-06-30', rectangle(112, 112.004));
      await record(id, 'RDY', '2021-03-01', rectangle(112.004, 112.006));
      await record(id, 'LFM', '2021-05-01', rectangle(112, 112.001));
      const overdueHa = async (asAt: string) => {
        const { overdue } = await land.rates.getRestoration(admin, id, query({ asAt }));
        return (overdue.areaM2 ?? Number.NaN) / 1e4;
      };
      expect(await overdueHa('2021-06-30')).toBe(0);
      expect(await overdueHa('2021-07-01')).toBeCloseTo(3 * HA, 3);
      expect(await overdueHa('2022-12-31')).toBeCloseTo(5 * HA, 3);
      const unseen = await land.rates.getRestoration(nobody, id, query({ asAt: '2022-12-31' }));
      expect(unseen.overdue.areaM2).toBeNull();
    });

    it('reads a plan of running totals as what each year adds, and never mixes the two', async () => {
      const { id } = await freshMine();
      await rooms.boundaries.create(admin, id, {
        type: 'Feature',
        geometry: rectangle(112, 112.004),
        properties: { kind: 'RESP', validFrom: '2010-01-01', validTo: null, docRef: null, declaredAreaM2: null },
      });
      const put = (year: number, hectares: number, areas: 'incremental' | 'cumulative' = 'cumulative') =>
        land.periods.putPlan(admin, id, { year, plannedM2: hectares * 1e4, areas, source: null }, undefined);
      expect((await put(2020, HA)).warnings).toEqual([]);
      expect((await put(2021, 3 * HA)).warnings).toEqual([]);
      await expect(put(2022, HA, 'incremental')).rejects.toMatchObject({ code: 'plan-areas-mixed' });
      await expect(put(2022, 2 * HA)).rejects.toMatchObject({
        code: 'plan-total-decreases',
        params: { otherYear: 2021 },
      });
      const [warning] = (await put(2022, 5 * HA)).warnings;
      expect(warning).toMatchObject({ code: 'plan-exceeds-responsibility' });
      expect(warning?.message.en).toContain(String(Math.round(5 * HA * 1e4)));
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      await record(id, 'CMP', '2021-06-01', rectangle(112, 112.001));
      const planned = async (asAt: string, viewer = admin) =>
        (await land.rates.getRestoration(viewer, id, query({ asAt }))).rates['RR4'];
      expect((await planned('2021-12-31'))?.value).toBeCloseTo(0.5, 5);
      expect(await planned('2020-12-31')).toMatchObject({ value: null, reason: 'no-plan' });
      await land.periods.publish(admin, id, { asAt: '2021-12-31' });
      expect((await planned('2021-12-31', nobody))?.value).toBeCloseTo(0.5, 5);
      expect(await planned('2020-12-31', nobody)).toMatchObject({ value: null, reason: 'no-plan' });
    });

    it('keeps legacy land out of the ordinary rate, and assumes the damage that nobody recorded', async () => {
      const { id } = await freshMine();
      await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      const legacy = await record(id, 'CMP', '2022-01-01', rectangle(112.01, 112.015), { scope: 'LEG' });
      expect(legacy.assumedEventId).not.toBeNull();
      const assumed = await getDb().knex('land_event').where({ id: legacy.assumedEventId }).first();
      expect(assumed).toMatchObject({ stage: 'DST', scope: 'LEG', assumed: true, effective_on: '2009-12-31' });

      const at = { asAt: '2022-12-31' };
      const ordinary = await land.rates.getRestoration(admin, id, query(at));
      expect(ordinary.rates['RR1']?.value).toBe(0);
      const both = await land.rates.getRestoration(admin, id, query({ ...at, scope: 'LEG,LIC' }));
      expect(both.scope).toEqual(['LIC', 'LEG']);
      expect(both.rates['RR1']?.value).toBeCloseTo(5 / 15, 6);
      expect(both.rates['RR5']).toMatchObject({ value: null, reason: 'scope-mismatch' });
      const trap = land.rates.getRestoration(admin, id, query({ ...at, scope: 'LIC', numeratorScope: 'LIC,LEG' }));
      await expect(trap).rejects.toMatchObject({ code: 'scope-mismatch', params: { outside: ['LEG'] } });

      // Its assumption goes with the event that it was made for.
      await land.events.retract(admin, id, legacy.id, 'another company’s land', legacy.revision);
      const after = await land.rates.getRestoration(admin, id, query({ ...at, scope: 'LEG' }));
      expect(after.areasM2.grossDisturbed).toBe(0);
    });

    it('warns of land out of bounds, beyond the approved limit and of another mine, and clips nothing', async () => {
      const { id } = await freshMine();
      await rooms.boundaries.create(admin, id, {
        type: 'Feature',
        geometry: rectangle(112.03, 112.045),
        properties: { kind: 'APPRLIM', validFrom: '2010-01-01', validTo: null, docRef: null, declaredAreaM2: null },
      } as never);
      const neighbour = await makeMine(rooms, 'FIG-N', 112.04, 34.95);
      await record(neighbour.id, 'DST', '2018-01-01', rectangle(112.052, 112.06));
      const event = await record(id, 'DST', '2019-01-01', rectangle(112.04, 112.055));
      const found = Object.fromEntries(event.findings.map(f => [f.code, f]));
      expect(event.areaM2 / 1e4).toBeCloseTo(15 * HA, 3);
      expect(found['out-of-bounds']?.areaM2).toBeCloseTo(5 * HA * 1e4, -1);
      expect(found['beyond-approved-limit']?.areaM2).toBeCloseTo(10 * HA * 1e4, -1);
      expect(found['land-of-another-mine']?.areaM2).toBeCloseTo(3 * HA * 1e4, -1);
      expect(found['land-of-another-mine']?.message.en).toContain('FIG-N');
      expect(found['out-of-bounds']?.position[0]).toBeGreaterThan(112.05);
      const { outOfBoundsM2 } = await land.rates.getRestoration(admin, id, query({ asAt: '2020-01-01' }));
      expect(outOfBoundsM2 ?? 0).toBeCloseTo(5 * HA * 1e4, -1);
      const preview = await land.events.preview(admin, id, landEvent('EST', '2020-01-01', rectangle(112.045, 112.052)));
      expect((preview.outsideBoundaryM2 ?? 0) / 1e4).toBeCloseTo(2 * HA, 3);
      expect(preview.byStage.map(({ stage }) => stage)).toEqual(['DST']);
      expect((preview.byStage[0]?.areaM2 ?? 0) / 1e4).toBeCloseTo(7 * HA, 3);
    });
  });

  describe('two writers', () => {
    it('tells the second one what the first has done', async () => {
      const { id } = await freshMine();
      const first = await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
      const late = land.events.record(admin, id, landEvent('DST', '2019-01-02', rectangle(112.01, 112.02)), 0);
      await expect(late).rejects.toMatchObject({
        code: 'stale-revision',
        params: { currentRevision: first.landRevision, conflictingEventIds: [first.id] },
      });
      const again = await land.events.record(
        admin,
        id,
        landEvent('DST', '2019-01-02', rectangle(112.01, 112.02)),
        first.landRevision,
      );
      expect(again.landRevision).toBe(first.landRevision + 1);
    });

    it('lets neither of two at once lose land', async () => {
      const { id } = await freshMine();
      const overlapping = [0, 1, 2, 3].map(i =>
        record(id, 'DST', `2019-01-0${i + 1}`, rectangle(112 + i / 500, 112.01 + i / 500)),
      );
      await Promise.all(overlapping);
      const { areasM2 } = await land.rates.getRestoration(admin, id, query({ asAt: '2019-12-31' }));
      expect(areasM2.grossDisturbed / 1e4).toBeCloseTo(16 * HA, 3);
    });
  });

  describe('groups', () => {
    it('sum land over land, not rates, and roll organisations up their tree', async () => {
      const parent = await rooms.organisations.create(admin, { code: 'G', nameZh: '集团', nameEn: 'Group', parentCode: null, kind: 'group' }); // prettier-ignore
      const [a, b] = [await makeMine(rooms, 'GRP-A', 118.95, 34.95), await makeMine(rooms, 'GRP-B', 114.95, 34.95)];
      await getDb()
        .knex('organisation')
        .whereIn('id', [a.organisationId, b.organisationId])
        .update({ parent_id: parent.id });
      await record(a.id, 'DST', '2019-01-01', rectangle(119, 119.01));
      await record(a.id, 'CMP', '2020-01-01', rectangle(119, 119.01));
      await record(b.id, 'DST', '2019-01-01', rectangle(115, 115.03));
      const grouped = async (groupBy: string, viewer = admin) => {
        const { items } = await land.rates.getGrouped(viewer, { ...query({ asAt: '2022-12-31' }), groupBy } as never);
        return Object.fromEntries(items.map(item => [item.key, item]));
      };
      const organisations = await grouped('organisation');
      expect(organisations['G']?.rates['RR1']?.value).toBeCloseTo(0.25, 6);
      expect(organisations['G']?.mineCount).toBe(2);
      expect(organisations['ORG-GRP-A']?.rates['RR1']?.value).toBeCloseTo(1, 6);
      const mines = await grouped('mine');
      expect(mines['GRP-B']?.rates['RR1']?.value).toBe(0);
      expect(mines['GRP-B']?.nameZh).toBe('GRP-B 矿');
      expect((await grouped('province'))['QH']?.nameEn).toBe('Qinghai');
      expect((await grouped('mineral'))['bauxite']?.nameZh).toBe('铝土矿');

      // The public sees what is published, a manager the own ledger and of others what is published.
      expect((await grouped('organisation', nobody))['G']?.rates['RR1']).toMatchObject({
        value: null,
        reason: 'not-published',
      });
      await land.periods.publish(admin, a.id, { asAt: '2020-12-31' });
      const open = (await grouped('organisation', nobody))['G'];
      expect(open).toMatchObject({ source: 'published', mineCount: 1 });
      expect(open?.rates['RR1']?.value).toBeCloseTo(1, 6);
      const managerOfB = (await grouped('organisation', viewerOf('manager', b.organisationId)))['G'];
      expect(managerOfB?.rates['RR1']?.value).toBeCloseTo(0.25, 6);
      expect(managerOfB?.source).toBe('published');
    });
  });

  describe('land in two ledgers', () => {
    it('counts once in sums over mines, with the mine that answers for it', async () => {
      const near = viewerOf('admin');
      const old = await makeMine(rooms, 'SHR-0', 116.9, 34.95);
      const young = await makeMine(rooms, 'SHR-1', 116.95, 34.95);
      const far = await makeMine(rooms, 'SHR-2', 117.3, 34.95);
      const ids = [old.id, young.id, far.id];
      // Licences: old 116.9–117.0, young 116.95–117.05. Both hold 116.95–117.0, for which the older one answers.
      await getDb().knex('boundary').where({ mine_id: young.id }).update({ valid_from: '2012-01-01' });
      await record(old.id, 'DST', '2019-01-01', rectangle(116.98, 117.01));
      await record(old.id, 'CMP', '2020-01-01', rectangle(116.98, 116.99));
      await record(young.id, 'DST', '2019-01-01', rectangle(116.97, 117.02));
      await record(far.id, 'DST', '2019-01-01', rectangle(117.32, 117.33));
      await getDb().knex('mine').whereIn('id', ids).update({ mineral: 'tin' });
      const grouped = async (groupBy: string, viewer = near) => {
        const { items } = await land.rates.getGrouped(viewer, { ...query({ asAt: '2022-12-31' }), groupBy } as never);
        return Object.fromEntries(items.map(item => [item.key, item]));
      };
      const gross = (item?: { areasM2: { grossDisturbed: number } }) => (item?.areasM2.grossDisturbed ?? NaN) / 1e4;
      const tin = (await grouped('mineral'))['tin'];
      expect(gross(tin)).toBeCloseTo(60 * HA, 2); // 50 of the union of two, 10 of the far one; the plain sum is 90
      expect((tin?.sharedM2 ?? 0) / 1e4).toBeCloseTo(30 * HA, 2);
      expect(tin?.rates['RR1']?.value).toBeCloseTo(10 / 60, 6);
      const byMine = await grouped('mine');
      // 116.98–117.0 is the older one's; 117.0–117.01 lies in the licence of the younger one alone.
      expect(gross(byMine['SHR-0'])).toBeCloseTo(20 * HA, 2);
      expect(gross(byMine['SHR-1'])).toBeCloseTo(30 * HA, 2);
      expect(byMine['SHR-2']).toMatchObject({ sharedM2: 0 });
      const own = await land.rates.getRestoration(admin, young.id, query({ asAt: '2022-12-31' }));
      expect(own.areasM2.grossDisturbed / 1e4).toBeCloseTo(50 * HA, 2);
      // The public: nothing to share while one of the two is unpublished, the union once both are.
      await land.periods.publish(admin, young.id, { asAt: '2022-12-31' });
      expect(gross((await grouped('mineral', nobody))['tin'])).toBeCloseTo(50 * HA, 2);
      await land.periods.publish(admin, old.id, { asAt: '2022-12-31' });
      expect(gross((await grouped('mineral', nobody))['tin'])).toBeCloseTo(50 * HA, 2);
      expect(gross((await grouped('mine', nobody))['SHR-1'])).toBeCloseTo(30 * HA, 2);
    });
  });

  it('tells listeners which cells are new, inside the transaction', async () => {
    const { id } = await freshMine();
    const told: number[][] = [];
    land.events.onCellsChanged(async (tx, change) => {
      const rows = (await tx('land_cell')
        .whereIn('id', [...change.cellIds])
        .select('id')) as { id: number }[];
      if (change.mineId === id) told.push(rows.map(row => row.id));
    });
    await record(id, 'DST', '2019-01-01', rectangle(112, 112.01));
    await record(id, 'EST', '2020-01-01', rectangle(112, 112.004));
    expect(told.map(ids => ids.length)).toEqual([1, 2]);
    const cells = await land.partition.listStoredCells({ mineId: id, fromDate: '2019-06-01', toDate: '2019-06-30' });
    expect(cells.map(cell => [cell.stage, cell.validFrom, cell.validTo])).toEqual([
      ['DST', '2019-01-01', '2020-01-01'],
    ]);
  });
});
