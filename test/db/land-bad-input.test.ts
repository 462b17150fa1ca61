// What the ledger refuses, with its code and where it is; and that a refused event leaves nothing behind.
import { beforeAll, describe, expect, it } from 'vitest';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { newEvent } from '../../server/land/events/events.contract.ts';
import { AppError } from '../../server/platform/errors.ts';
import { problemRow, wordProblem } from '../../server/platform/http/problem.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
type Event = ReturnType<typeof landEvent>;
const polygon = (...rings: [number, number][][]) => ({ type: 'Polygon' as const, coordinates: rings });

describeOnBothDatabases('bad input to the land ledger', getDb => {
  let land: LandService;
  let mineId: number;
  let otherMineId: number;
  let lapsedMineId: number;

  beforeAll(async () => {
    const rooms = createRooms(getDb());
    land = createLandService({ db: getDb(), mines: rooms.mines, now: () => new Date('2024-06-30T12:00:00Z') });
    mineId = (await makeMine(rooms, 'BAD-1', 111.95, 34.95)).id;
    otherMineId = (await makeMine(rooms, 'BAD-2', 112.04, 34.95)).id;
    lapsedMineId = (await makeMine(rooms, 'BAD-9', 112.12, 34.95)).id;
    await land.events.record(admin, mineId, landEvent('DST', '2019-01-01', rectangle(112, 112.01)));
    await land.events.record(admin, mineId, landEvent('CRT', '2020-01-01', rectangle(112, 112.002)));
  });

  const everything = async (): Promise<unknown> => {
    const counts: Record<string, unknown> = {};
    for (const table of [
      'land_event',
      'land_cell',
      'land_transition',
      'land_finding',
      'audit_entry',
      'layer_revision',
    ]) {
      counts[table] = (
        await getDb().knex.raw(`select md5(string_agg(t::text, '|' order by t::text)) as all from ${table} t`)
      ).rows;
    }
    counts['mine'] = await getDb().knex('mine').orderBy('id').select('id', 'land_revision');
    return counts;
  };

  const refusal = async (feature: Event, of = mineId): Promise<AppError> => {
    const before = await everything();
    const error: unknown = await land.events.record(admin, of, feature).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(await everything()).toEqual(before);
    const { code, params } = error as AppError;
    expect(problemRow(code).status).toBe(422);
    const { en, zh } = wordProblem(code, params);
    expect(en).not.toMatch(/[{}–]/);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    return error as AppError;
  };

  const inside = (error: AppError, west: number, south: number, east: number, north: number): void => {
    const [lng, lat] = error.errors[0]?.position ?? [NaN, NaN];
    expect(lng >= west && lng <= east && lat >= south && lat <= north).toBe(true);
  };

  describe('place and size', () => {
    it('refuses licensed land far from every outline of its mine, and says where and how far', async () => {
      const error = await refusal(landEvent('DST', '2021-01-01', rectangle(112.2, 112.21)));
      expect(error.code).toBe('event-far-from-mine');
      expect(error.params['distanceKm']).toBeCloseTo(13.7, 0);
      inside(error, 112.2, 35, 112.21, 35.01);
      const preview = await land.events.preview(
        admin,
        mineId,
        landEvent('DST', '2021-01-01', rectangle(112.2, 112.21)),
      );
      expect(preview.issues).toMatchObject([{ code: 'event-far-from-mine', severity: 'error' }]);
      expect(preview.issues[0]?.position?.[0]).toBeGreaterThan(112.2);
      // The licence ends at 112.05: a road beside it is a finding; legacy land lies where it lies.
      const beside = await land.events.record(
        admin,
        mineId,
        landEvent('DST', '2021-01-01', rectangle(112.055, 112.056)),
      );
      expect(beside.findings.map(finding => finding.code)).toContain('out-of-bounds');
      const legacy = landEvent('DST', '2021-01-01', rectangle(112.2, 112.21), { scope: 'LEG' });
      expect((await land.events.record(admin, mineId, legacy)).scope).toBe('LEG');
    });

    it('goes by the outlines in force on the day, and by all of them where none is', async () => {
      const rooms = createRooms(getDb());
      const moved = await makeMine(rooms, 'BAD-3', 113, 34.95);
      const [licence] = (await rooms.boundaries.list(moved.id, { limit: 10 })).items;
      const properties = { kind: 'LICENCE' as const, validFrom: '2020-01-01', validTo: null, docRef: null, declaredAreaM2: null, supersedes: licence?.id ?? 0 }; // prettier-ignore
      await rooms.boundaries.create(admin, moved.id, { type: 'Feature', geometry: rectangle(114, 114.1), properties });
      const at = (west: number, effectiveOn: string) =>
        landEvent('DST', effectiveOn, rectangle(west, west + 0.01), { reason: 'SLIDE' });
      expect((await refusal(at(114.02, '2019-06-01'), moved.id)).code).toBe('event-far-from-mine');
      expect((await refusal(at(113.02, '2020-06-01'), moved.id)).code).toBe('event-far-from-mine');
      await land.events.record(admin, moved.id, at(113.02, '2019-06-01'));
      await land.events.record(admin, moved.id, at(114.02, '2020-06-01'));
      await getDb().knex('boundary').where({ mine_id: moved.id, valid_to: null }).update({ valid_to: '2021-01-01' });
      await land.events.record(admin, moved.id, at(114.05, '2022-06-01'));
      expect((await refusal(at(116, '2022-06-01'), moved.id)).code).toBe('event-far-from-mine');
    });

    it('refuses land outside of China for a mine in one of its provinces', async () => {
      const error = await refusal(landEvent('DST', '2021-01-01', rectangle(12, 12.01), { scope: 'LEG' }));
      expect(error.code).toBe('outside-country');
      inside(error, 12, 35, 12.01, 35.01);
    });

    it('compares the area with the declared one: a finding beyond half a percent, a refusal beyond five', async () => {
      const at = (declaredAreaM2: number, west: number) =>
        landEvent('DST', '2021-01-01', rectangle(west, west + 0.001), { declaredAreaM2 });
      const { areaM2 } = await land.events.preview(admin, mineId, at(101_269.5, 112.015));
      const measured = areaM2 ?? NaN;
      expect((await land.events.record(admin, mineId, at(measured * 1.004, 112.015))).findings).toEqual([]);
      const off = await land.events.record(admin, mineId, at(measured * 1.04, 112.016));
      expect(off.findings).toMatchObject([{ code: 'declared-area-differs', severity: 'warning' }]);
      expect(off.declaredAreaM2).toBeCloseTo(measured * 1.04, 3);
      expect((await refusal(at(measured * 1.06, 112.017))).code).toBe('declared-area-wrong');
      const hectares = await refusal(at(measured / 1e4, 112.017));
      expect(hectares.code).toBe('declared-area-unit');
      expect(hectares.params['mixUp']).toBe('ha → m²');
      expect((await refusal(at((measured * 15) / 1e4, 112.017))).params['mixUp']).toBe('亩 (mu) → m²');
    });
  });

  describe('stages in time', () => {
    const where = rectangle(112.018, 112.019);

    it('finds an acceptance too early by a rule nobody confirmed, and refuses it by a confirmed one', async () => {
      await land.events.record(admin, mineId, landEvent('DST', '2020-01-01', where));
      await land.events.record(admin, mineId, landEvent('EST', '2021-04-15', where));
      const rule = () => getDb().knex('stage_rule').where({ from_stage: 'EST', to_stage: 'CMP' });
      const early = await land.events.record(admin, mineId, landEvent('CMP', '2021-08-01', where));
      expect(early.findings).toMatchObject([{ code: 'accepted-too-early', severity: 'warning' }]);
      expect(early.findings[0]?.areaM2).toBeCloseTo(early.areaM2, 0);
      await land.events.retract(admin, mineId, early.id, 'too early', early.revision);
      await rule().update({ verified: true });
      const error = await refusal(landEvent('CMP', '2021-08-01', where));
      expect(error.code).toBe('accepted-too-early');
      expect(error.params).toMatchObject({ fromStage: 'EST', stage: 'CMP', earliestOn: '2021-08-15' });
      inside(error, 112.018, 35, 112.019, 35.01);
      await rule().update({ min_months: 36 });
      expect((await refusal(landEvent('CMP', '2023-10-15', where))).params['earliestOn']).toBe('2024-04-15');
      await rule().update({ min_months: 4, verified: false });
      expect((await land.events.record(admin, mineId, landEvent('CMP', '2021-10-15', where))).stage).toBe('CMP');
    });

    it('lets disturbed land become undisturbed by a correction only', async () => {
      expect((await refusal(landEvent('UND', '2022-01-01', where, { reason: 'FIRE' }))).code).toBe('footprint-shrinks');
      const corrected = landEvent('UND', '2022-01-01', where, { reason: 'CORR' });
      expect((await land.events.record(admin, mineId, corrected)).stage).toBe('UND');
    });
  });

  describe('geometry', () => {
    const at = (geometry: unknown) => landEvent('DST', '2021-01-01', geometry);
    const shell: [number, number][] = [[112, 35], [112.01, 35], [112.01, 35.01], [112, 35.01], [112, 35]]; // prettier-ignore

    it('refuses a ring that crosses itself, and says where', async () => {
      const bowTie = polygon([[112, 35], [112.01, 35.01], [112.01, 35], [112, 35.01], [112, 35]]); // prettier-ignore
      const error = await refusal(at(bowTie));
      expect(error.code).toBe('ring-crosses-itself');
      expect(error.errors[0]?.position?.[0]).toBeCloseTo(112.005, 6);
      expect(error.errors[0]?.position?.[1]).toBeCloseTo(35.005, 6);
    });

    it('refuses a hole outside its shell', async () => {
      const outside = polygon(shell, [[112.02, 35], [112.02, 35.01], [112.03, 35.01], [112.02, 35]]); // prettier-ignore
      expect((await refusal(at(outside))).code).toBe('hole-outside-shell');
    });

    it('refuses metres, swapped coordinates, nothing, and the date line', async () => {
      const metres = polygon([[500_000, 3_900_000], [501_000, 3_900_000], [501_000, 3_901_000], [500_000, 3_900_000]]); // prettier-ignore
      expect((await refusal(at(metres))).code).toBe('coordinates-in-metres');
      const swapped = polygon(shell.map(([lng, lat]) => [lat, lng] as [number, number]));
      expect((await refusal(at(swapped))).code).toBe('coordinates-swapped');
      expect((await refusal(at({ type: 'MultiPolygon', coordinates: [] }))).code).toBe('geometry-empty');
      const acrossTheDateLine = polygon([[179.99, 35], [-179.99, 35], [-179.99, 35.01], [179.99, 35.01], [179.99, 35]]); // prettier-ignore
      expect((await refusal(at(acrossTheDateLine))).code).toBe('crosses-date-line');
    });

    it('refuses parts that overlap each other: the same land twice in one event', async () => {
      const twice = {
        type: 'MultiPolygon',
        coordinates: [rectangle(112, 112.005), rectangle(112.004, 112.008, 35.002, 35.008)].map(p => p.coordinates),
      };
      expect((await refusal(at(twice))).code).toBe('parts-overlap');
    });

    it('refuses what a survey cannot tell from noise', async () => {
      expect((await refusal(at(rectangle(112.008, 112.008_000_2)))).code).toBe('event-too-small');
    });

    it('repairs winding, repeated points and heights silently, and says so', async () => {
      const untidy = polygon([[112.02, 35, 7], [112.02, 35.005, 7], [112.02, 35.005, 7], [112.025, 35.005, 7], [112.025, 35, 7], [112.02, 35, 7]] as never); // prettier-ignore
      const recorded = await land.events.record(admin, mineId, at(untidy));
      expect(recorded.repairs).toEqual(['dropped-z', 'removed-repeated-points', 'rewound-ring']);
      expect(recorded.geometry.coordinates[0]?.[0]).toHaveLength(5);
    });
  });

  describe('dates', () => {
    it('refuses what has not come yet', async () => {
      const error = await refusal(landEvent('DST', '2024-07-02', rectangle(112.01, 112.02)));
      expect(error.code).toBe('effective-in-future');
    });

    it('refuses an event before the mine existed, unless the land is legacy', async () => {
      const before = (scope: string) => landEvent('DST', '2009-12-31', rectangle(112.03, 112.032), { scope });
      expect((await refusal(before('LIC'))).code).toBe('event-before-mine');
      expect((await refusal(before('VOL'))).code).toBe('event-before-mine');
      expect((await land.events.record(admin, mineId, before('LEG'))).scope).toBe('LEG');
    });

    it('refuses new disturbance after the mine’s end without a reason', async () => {
      await getDb().knex('mine').where({ id: otherMineId }).update({ end_on: '2020-12-31' });
      const late = (reason: string | null) => landEvent('DST', '2021-05-01', rectangle(112.06, 112.07), { reason });
      expect((await refusal(late(null), otherMineId)).code).toBe('event-after-mine-end');
      expect((await land.events.record(admin, otherMineId, late('SLIDE'))).reason).toBe('SLIDE');
    });

    it('refuses new disturbance of licensed land after the last licence without a reason', async () => {
      const licence = () => getDb().knex('boundary').where({ mine_id: lapsedMineId, kind: 'LICENCE' });
      await licence().update({ valid_to: '2021-01-01' });
      const on = (day: string, more: Record<string, unknown> = {}) =>
        landEvent('DST', day, rectangle(112.12, 112.122, 34.95), more);
      const error = await refusal(on('2021-01-01'), lapsedMineId);
      expect(error).toMatchObject({ code: 'event-after-licence-end', params: { licenceEndOn: '2021-01-01' } });
      await land.events.record(admin, lapsedMineId, on('2021-05-01', { reason: 'SLIDE' }));
      await land.events.record(admin, lapsedMineId, on('2021-05-02', { scope: 'TMPU' }));
      await land.events.record(admin, lapsedMineId, on('2020-12-31'));
      await licence().update({ valid_to: null });
      await land.events.record(admin, lapsedMineId, on('2021-05-03'));
    });
  });

  describe('stages', () => {
    it('refuses reclaimed land that was never disturbed, with the area and a point in it', async () => {
      const error = await refusal(landEvent('EST', '2021-01-01', rectangle(112.008, 112.012)));
      expect(error.code).toBe('reclaimed-never-disturbed');
      expect((error.params['areaM2'] as number) / 1e4).toBeCloseTo(20.2539, 3);
      inside(error, 112.01, 35, 112.012, 35.01);
    });

    it('does not make a fault of a drawing that overshoots by centimetres', async () => {
      const overshoot = landEvent('EST', '2021-01-01', rectangle(112.0095, 112.010_000_2, 35.0001, 35.0009));
      expect((await land.events.record(admin, mineId, overshoot)).stage).toBe('EST');
    });

    it('refuses a step back without a reason', async () => {
      const error = await refusal(landEvent('DST', '2021-06-01', rectangle(112.0096, 112.0099, 35.0002, 35.0008)));
      expect(error.code).toBe('backward-without-reason');
      expect(error.params).toMatchObject({ fromStage: 'EST', stage: 'DST' });
      inside(error, 112.0096, 35.0002, 112.0099, 35.0008);
    });

    it('refuses to take certified land again without a new right, whatever the reason', async () => {
      const again = (rightRef: string | null) =>
        landEvent('DST', '2021-01-01', rectangle(112.0001, 112.0005), { reason: 'REDIST', rightRef });
      expect((await refusal(again(null))).code).toBe('certified-without-right');
      expect((await land.events.record(admin, mineId, again('采矿许可证 C1'))).rightRef).toBe('采矿许可证 C1');
    });

    it('asks for the document where a stage claims one', async () => {
      const claim = (stage: 'CMP' | 'CRT', evidenceGrade: string) =>
        landEvent(stage, '2021-01-01', rectangle(112.003, 112.004), { evidenceGrade });
      expect((await refusal(claim('CMP', 'E3'))).code).toBe('evidence-too-weak');
      expect((await refusal(claim('CRT', 'E4'))).code).toBe('evidence-too-weak');
    });

    it('accepts a step back within a day when a same-day event with a reason lies between', async () => {
      const where = rectangle(112.005, 112.006);
      await land.events.record(admin, mineId, landEvent('EST', '2021-01-01', where));
      await land.events.record(admin, mineId, landEvent('DST', '2022-01-01', where, { reason: 'REDIST' }));
      expect((await land.events.record(admin, mineId, landEvent('RDY', '2022-01-01', where))).stage).toBe('RDY');
    });

    it('refuses a retraction that would leave a later event without ground', async () => {
      const ground = await land.events.record(
        admin,
        mineId,
        landEvent('DST', '2015-01-01', rectangle(112.02, 112.03, 35.02, 35.03)),
      );
      await land.events.record(
        admin,
        mineId,
        landEvent('EST', '2018-01-01', rectangle(112.021, 112.022, 35.021, 35.022)),
      );
      const before = await everything();
      const retraction = land.events.retract(admin, mineId, ground.id, 'never happened', ground.revision);
      await expect(retraction).rejects.toMatchObject({
        code: 'breaks-later-event',
        params: { fault: 'reclaimed-never-disturbed', effectiveOn: '2018-01-01' },
      });
      expect(await everything()).toEqual(before);
      // Replaced in one step, the later event never lacks its ground.
      const wider = landEvent('DST', '2015-01-01', rectangle(112.02, 112.031, 35.02, 35.03), { replaces: ground.id });
      expect((await land.events.record(admin, mineId, wider)).replacesId).toBe(ground.id);
    });

    it('refuses a back-dated event that would break a later one', async () => {
      const error = await refusal(
        landEvent('UND', '2017-01-01', rectangle(112.0205, 112.0225, 35.0205, 35.0225), { reason: 'CORR' }),
      );
      expect(error.code).toBe('breaks-later-event');
      expect(error.params).toMatchObject({ stage: 'EST', fault: 'reclaimed-never-disturbed' });
    });
  });

  describe('references', () => {
    it('refuses a facility of another mine and an event of another mine', async () => {
      const facility = landEvent('DST', '2021-01-01', rectangle(112.04, 112.05), { facilityId: 999 });
      expect((await refusal(facility)).code).toBe('facility-of-another-mine');
      const replaced = landEvent('DST', '2021-01-01', rectangle(112.04, 112.05), { replaces: 999_999 });
      expect((await refusal(replaced)).code).toBe('replaced-event-unknown');
    });

    it('refuses properties that it does not know', () => {
      const feature = (properties: object) =>
        newEvent.safeParse({ type: 'Feature', geometry: rectangle(112, 112.01), properties });
      expect(feature({ stage: 'DST', effectiveOn: '2021-01-01' }).success).toBe(true);
      expect(feature({ stage: 'DST', effectiveOn: '2021-02-30' }).success).toBe(false);
      expect(feature({ stage: 'GONE', effectiveOn: '2021-01-01' }).success).toBe(false);
      expect(feature({ stage: 'DST', effectiveOn: '2021-01-01', areaM2: 5 }).success).toBe(false);
    });

    it('writes all events of a batch or none', async () => {
      const before = await everything();
      const batch = [
        landEvent('DST', '2023-01-01', rectangle(112.035, 112.036)),
        landEvent('EST', '2023-01-02', rectangle(112.037, 112.038)),
      ];
      await expect(land.events.recordAll(admin, mineId, batch)).rejects.toMatchObject({
        code: 'reclaimed-never-disturbed',
      });
      expect(await everything()).toEqual(before);
    });
  });

  it('never deletes an event and never changes a published row', async () => {
    await expect(getDb().transaction(tx => tx('land_event').delete())).rejects.toMatchObject({
      code: 'ledger-record-kept',
    });
    await land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
    await expect(getDb().transaction(tx => tx('published_cell').delete())).rejects.toMatchObject({
      code: 'published-final',
    });
  });
});
