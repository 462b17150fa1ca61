// A published figure is final; what the ledger learns later about its time is told beside it.
import { beforeAll, expect, it } from 'vitest';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf } from '../helpers/rooms.ts';

const admin = viewerOf('admin');

describeOnBothDatabases('restatements of published periods', getDb => {
  let land: LandService;
  let mineId: number;

  beforeAll(async () => {
    const rooms = createRooms(getDb());
    land = createLandService({ db: getDb(), mines: rooms.mines });
    mineId = (await makeMine(rooms, 'RESTATED', 111.95, 34.95)).id;
    await land.events.record(admin, mineId, landEvent('DST', '2019-01-01', rectangle(112, 112.01)));
    await land.events.record(admin, mineId, landEvent('CMP', '2020-06-01', rectangle(112, 112.004)));
    await land.periods.publish(admin, mineId, { asAt: '2020-12-31' });
    await land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
  });

  const restated = async () => (await land.restatements.list(admin, mineId, { basis: 'A' })).items;

  it('are none while nothing is learnt of their time, and none for land of later days', async () => {
    expect(await restated()).toEqual([]);
    await land.events.record(admin, mineId, landEvent('CMP', '2022-06-01', rectangle(112.004, 112.005)));
    expect(await restated()).toEqual([]);
  });

  it('are told of before an event is recorded, with the periods that they are of', async () => {
    const preview = async (day: string) =>
      (await land.events.preview(admin, mineId, landEvent('CMP', day, rectangle(112.005, 112.007)))).issues;
    expect(await preview('2022-01-01')).toEqual([]);
    expect(await preview('2021-06-01')).toMatchObject([
      {
        code: 'restates-published',
        severity: 'warning',
        message: { en: expect.stringContaining('published as at 2021-12-31.') },
      },
    ]);
    expect((await preview('2020-12-31'))[0]?.message.zh).toContain('截至 2020-12-31, 2021-12-31');
  });

  it('say what was published, what is known now, by how much it differs and through which events', async () => {
    const late = await land.events.record(admin, mineId, landEvent('CMP', '2021-06-01', rectangle(112.005, 112.007)));
    const [only, ...others] = await restated();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      asAt: '2021-12-31',
      reportYear: 2021,
      events: [{ eventId: late.id, retractedAt: null }],
    });
    expect(only?.published.RR1).toBeCloseTo(0.4, 6);
    expect(only?.present.RR1).toBeCloseTo(0.6, 6);
    expect(only?.changePp).toBeCloseTo(20, 4);
    expect(only?.present.reclaimedM2).toBeCloseTo((only?.published.reclaimedM2 ?? 0) * 1.5, -1);
    await land.events.retract(admin, mineId, late.id, 'wrong field', late.revision);
    expect(await restated()).toEqual([]);
  });

  it('end when the period is published again', async () => {
    await land.events.record(admin, mineId, landEvent('CMP', '2020-09-01', rectangle(112.008, 112.009)));
    expect((await restated()).map(item => item.asAt)).toEqual(['2021-12-31', '2020-12-31']);
    await land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
    expect((await restated()).map(item => item.asAt)).toEqual(['2020-12-31']);
  });

  it('are for those who may read the working ledger', async () => {
    const ask = (viewer: typeof admin) => land.restatements.list(viewer, mineId, { basis: 'A' });
    await expect(ask(viewerOf('public'))).rejects.toMatchObject({ code: 'sign-in-required' });
    await expect(ask(viewerOf('manager'))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
