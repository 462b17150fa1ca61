// Many plots of a file against the same plots recorded one by one: the same cells, passages, findings and refusals.
import { expect, it } from 'vitest';
import { listFaults } from '../../server/land/verify/verify.repository.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent } from '../helpers/land.ts';
import { createRooms, makeMine } from '../helpers/rooms.ts';
import { admin, collection, defaults, square, useImportDesk } from './import-desk.ts';

describeOnBothDatabases('plots of a file in the ledger', getDb => {
  const desk = useImportDesk(getDb);
  const { send, freshMine } = desk;
  let mineNumber = 0;
  const eventsOf = async (mineId: number) => (await desk.land.events.list(admin, mineId, { limit: 1000 })).items;

  it('names the row that takes works back without a reason on land that was recorded before', async () => {
    const { id } = await freshMine();
    const columns = { stage: 's', effectiveOn: 'd' };
    const lots = [square(112, 35, { s: 'DST', d: '2019-01-01' }), square(112, 35, { s: 'EST', d: '2020-01-01' })];
    await send(id, collection(...lots), { mapping: { columns }, fixes: { acceptOverlaps: true } });
    const rows = [square(112.004, 35), square(112.0005, 35.0005)];
    const refused = send(id, collection(...rows), {
      mapping: { defaults: { stage: 'DST', effectiveOn: '2021-01-01' } },
    });
    await expect(refused).rejects.toMatchObject({ code: 'backward-without-reason', params: { row: 2 } });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('tells a narrow gap to land that was recorded before, fills it when asked to, and leaves other mines aside', async () => {
    const [{ id }, other] = [await freshMine(), await freshMine()];
    const [degrees, gap] = [{ offset: 'none', notation: 'degrees' }, 0.000_002];
    await send(id, collection(square(112, 35)), { mapping: defaults });
    const beside = collection(square(112.001 + gap, 35));
    const codesOf = async (mineId: number, fixes: object) => {
      const { findings } = await send(mineId, beside, { dryRun: true, fixes: { ...degrees, ...fixes } });
      return findings.map(({ code }) => code).filter(code => code.startsWith('gap'));
    };
    expect(await codesOf(other.id, {})).toEqual([]);
    expect(await codesOf(id, {})).toEqual(['gap-to-recorded']);
    expect(await codesOf(id, { fillRecorded: true })).toEqual(['gap-to-recorded-filled']);
    await send(id, beside, { mapping: defaults, fixes: { ...degrees, fillRecorded: true } });
    const outlines = await desk.land.partition.listOutlinesNear(id, [[111.9, 34.9, 112.1, 35.1]], 10);
    expect(outlines).toHaveLength(2);
    expect(outlines.flatMap(({ coordinates }) => coordinates.flat(2)).filter(([lng]) => lng === 112.001 + gap)).toEqual(
      [],
    );
    expect(await desk.land.partition.listOutlinesNear(id, [[111.9, 34.9, 111.95, 34.95]], 10)).toEqual([]);
  });

  it('finds in many plots what it finds in single ones: beyond the licence, on land of another mine, far from it', async () => {
    const elsewhere = () => makeMine(createRooms(getDb()), `PLOTS-${mineNumber++}`, 111.95, 36.95);
    const [bulk, single, other] = [await elsewhere(), await elsewhere(), await elsewhere()];
    const event = (geometry: unknown) => landEvent('DST', '2020-01-01', geometry as never);
    const boxes = [square(112, 37), square(112.0495, 37, {}, 0.002), square(112.06, 37), square(112.02, 37.02)];
    await desk.land.events.record(admin, other.id, event(square(112.0205, 37.0205).geometry));
    await send(bulk.id, collection(...boxes), { mapping: defaults, fixes: { offset: 'none' } });
    const findings = async (mineId: number) =>
      (await getDb().knex('land_finding').where({ mine_id: mineId }).select('code', 'area_m2', 'params')).map(row =>
        JSON.stringify(row),
      );
    const found = await findings(bulk.id);
    await getDb().knex.raw('update land_event set retracted_at = clock_timestamp(), retract_reason = ? where mine_id = ?', ['aside', bulk.id]); // prettier-ignore
    for (const { geometry } of boxes) await desk.land.events.record(admin, single.id, event(geometry));
    expect(found.toSorted()).toEqual((await findings(single.id)).toSorted());
    expect(found.map(text => (JSON.parse(text) as { code: string }).code).toSorted()).toEqual([
      'land-of-another-mine',
      'out-of-bounds',
      'out-of-bounds',
    ]);
    const away = send(bulk.id, collection(square(112, 37.001), square(112.2, 37)), {
      mapping: defaults,
      fixes: { offset: 'none' },
    });
    await expect(away).rejects.toMatchObject({ code: 'event-far-from-mine', params: { row: 2 } });
  });

  it('takes works after the damage beneath them, in whatever order the file names them', async () => {
    const { id } = await freshMine();
    const at = (stage: string, day: string, size = 0.001) => square(112, 35, { 阶段: stage, 日期: day }, size);
    const mapping = { columns: { stage: '阶段', effectiveOn: '日期' } };
    const content = collection(at('EST', '2021-01-01', 0.0008), at('DST', '2020-01-01'));
    expect((await send(id, content, { mapping, fixes: { acceptOverlaps: true } })).written).toBe(2);
  });

  it('makes the same cells and passages as events recorded one by one, overlaps and earlier land included', async () => {
    const [bulk, single] = [await freshMine(), await freshMine()];
    const before = square(112.0095, 35, {}, 0.002);
    const onOneCell = [square(112.009, 35), square(112.0103, 35.0005, {}, 0.0005), square(112.0112, 35.0012)];
    const rows = [square(112, 35), square(112.0005, 35.0005), square(112.005, 35), ...onOneCell];
    const record = (mineId: number, { geometry }: { geometry: unknown }, effectiveOn: string) =>
      desk.land.events.record(admin, mineId, landEvent('DST', effectiveOn, geometry as never));
    for (const { id } of [bulk, single]) await record(id, before, '2019-01-01');
    await send(bulk.id, collection(...rows), { mapping: defaults, fixes: { acceptOverlaps: true } });
    for (const row of rows) await record(single.id, row, '2020-01-01');
    const partition = async (mineId: number) => {
      const { features } = await desk.land.partition.getLand(admin, mineId, { asAt: '2021-01-01' });
      return features.map(({ properties }) => Math.round(properties.areaM2 * 1e6) / 1e6).toSorted((a, b) => a - b);
    };
    expect(await partition(bulk.id)).toEqual(await partition(single.id));
    const gross = async (mineId: number) =>
      (await desk.land.rates.getRestoration(admin, mineId, { asAt: '2021-01-01', basis: 'A', scope: ['LIC'] })).areasM2
        .grossDisturbed;
    expect(await gross(bulk.id)).toBeCloseTo(await gross(single.id), 4);
    const passages = async (mineId: number) =>
      (
        await getDb().knex.raw<{ rows: { area_m2: number }[] }>(
          `select area_m2 from land_passages(array[${mineId}], '-infinity', 'infinity')`,
        )
      ).rows
        .map(row => row.area_m2)
        .toSorted((a, b) => a - b);
    // What several take from one cell is shared out among them where it is written at once: edges between them are arcs of their own.
    const ofSingle = await passages(single.id);
    const ofBulk = await passages(bulk.id);
    expect(ofBulk).toHaveLength(ofSingle.length);
    for (const [index, areaM2] of ofBulk.entries())
      expect(Math.abs(areaM2 - (ofSingle[index] as number))).toBeLessThan(0.05);
    expect(await listFaults(getDb().knex, bulk.id)).toEqual([]);
  });
});
