// The partition that events make: worked example, any order of recording, back-dated and retracted events, on both databases.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { STAGE_CODES, stageRank, type StageCode } from '../../gis/ledger/stages.ts';
import type { NewEvent, RecordedEvent } from '../../server/land/events/events.contract.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent as event, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
type Geometry = NewEvent['geometry'];

describeOnBothDatabases('land ledger', getDb => {
  let land: LandService;
  let mineNumber = 0;
  const freshMine = async (): Promise<number> =>
    (await makeMine(createRooms(getDb()), `LEDGER-${mineNumber++}`, 111.95, 34.95)).id;
  const record = (mineId: number, feature: NewEvent): Promise<RecordedEvent> =>
    land.events.record(admin, mineId, feature);

  beforeAll(() => {
    const db = getDb();
    land = createLandService({ db, mines: createRooms(db).mines });
  });

  it('ranks the stages as the core does, so that both call the same moves a step back', async () => {
    const { rows } = await getDb().knex.raw<{ rows: { stage: StageCode; rank: number }[] }>(
      'select stage, land_stage_rank(stage) as rank from unnest(cast(? as text[])) as stage',
      [[...STAGE_CODES]],
    );
    expect(rows).toEqual(STAGE_CODES.map(stage => ({ stage, rank: stageRank(stage) })));
  });

  describe('the worked example of overlapping and re-disturbed land', () => {
    const events = [
      event('DST', '2019-01-01', rectangle(112, 112.01)),
      event('EST', '2020-06-01', rectangle(112, 112.004)),
      event('EST', '2020-09-01', rectangle(112.003, 112.006)),
      event('DST', '2022-03-01', rectangle(112.005, 112.006), { reason: 'REDIST' }),
    ];
    const expectedHa: Record<string, Partial<Record<StageCode, number>>> = {
      '2019-12-31': { DST: 101.2695, EST: 0 },
      '2020-12-31': { DST: 40.5078, EST: 60.7617 },
      '2022-12-31': { DST: 50.6348, EST: 50.6348 },
    };

    it('gives the areas and rates that the overlapping polygons cannot give as a sum', async () => {
      const mineId = await freshMine();
      for (const one of events) await record(mineId, one);
      for (const [asAt, byStage] of Object.entries(expectedHa)) {
        const answer = await land.rates.getRestoration(admin, mineId, { asAt, basis: 'E', scope: ['LIC'] });
        for (const [stage, ha] of Object.entries(byStage)) {
          expect(Math.abs((answer.stagesM2[stage] ?? NaN) / 1e4 - ha)).toBeLessThan(0.0005);
        }
        expect(answer.areasM2.grossDisturbed / 1e4).toBeCloseTo(101.2695, 3);
      }
      const rate = async (asAt: string) =>
        (await land.rates.getRestoration(admin, mineId, { asAt, basis: 'E', scope: ['LIC'] })).rates['RR1']?.value;
      expect(await rate('2018-12-31')).toBeNull();
      expect(await rate('2019-12-31')).toBe(0);
      expect(await rate('2020-12-31')).toBeCloseTo(0.6, 6);
      expect(await rate('2022-12-31')).toBeCloseTo(0.5, 6);
    });

    it('reconciles each year in five terms that close', async () => {
      const mineId = await freshMine();
      for (const one of events) await record(mineId, one);
      const series = await land.rates.getSeries(admin, mineId, {
        from: '2018-12-31',
        to: '2022-12-31',
        step: 'year',
        basis: 'E',
        scope: ['LIC'],
      });
      expect(series.items.map(item => item.asAt)).toEqual(['2019-12-31', '2020-12-31', '2021-12-31', '2022-12-31']);
      for (const { reconciliation } of series.items) {
        const { gross, reclaimed } = reconciliation;
        expect(gross.opening + gross.newlyDisturbed + gross.corrections).toBeCloseTo(gross.closing, 4);
        const { opening, newlyReclaimed, reDisturbed, failed, corrections, closing } = reclaimed;
        expect(opening + newlyReclaimed - reDisturbed - failed + corrections).toBeCloseTo(closing, 4);
      }
      const last = series.items[3];
      expect((last?.reconciliation.reclaimed.reDisturbed ?? 0) / 1e4).toBeCloseTo(10.127, 3);
      expect(last?.reconciliation.gross.newlyDisturbed).toBe(0);
      expect(last?.annual.AR1.value).toBeNull();
      expect(last?.annual.deltaRR1Pp).toBeCloseTo(-10, 4);
    });
  });

  it('makes the same partition whatever the order of recording, also after retracting and recording again', async () => {
    // Dates differ, so the order of events does not depend on ids; the first event disturbs all the ground that others work on.
    const shape = fc.record({
      west: fc.integer({ min: 0, max: 70 }),
      south: fc.integer({ min: 0, max: 70 }),
      width: fc.integer({ min: 3, max: 40 }),
      height: fc.integer({ min: 3, max: 40 }),
      lean: fc.integer({ min: -20, max: 20 }),
      stage: fc.constantFrom<StageCode>('DST', 'RDY', 'LFM', 'TMP', 'EST', 'CMP'),
      month: fc.integer({ min: 1, max: 12 }),
    });
    const plan = fc.record({
      shapes: fc.array(shape, { minLength: 3, maxLength: 7 }),
      order: fc.infiniteStream(fc.nat()),
      again: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ shapes, order, again }) => {
        const events = shapes.map((s, i) =>
          event(s.stage, dateOf(i, s.month), leaning(s), { reason: s.stage === 'CMP' ? 'CORR' : 'REDIST' }),
        );
        const ground = event('DST', '2011-01-01', rectangle(112, 112.013, 35, 35.013));
        const inOrder = await freshMine();
        const shuffled = await freshMine();
        for (const one of [ground, ...events]) await record(inOrder, one);
        await record(shuffled, ground);
        const ids: number[] = [];
        const draws = order;
        const mixed = events
          .map(one => ({ one, key: draws.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        for (const one of mixed) ids.push((await record(shuffled, one)).id);
        const victim = again % mixed.length;
        await land.events.retract(admin, shuffled, ids[victim] as number, 'to be recorded again', 1);
        await record(shuffled, mixed[victim] as NewEvent);
        expect(await cellsOf(getDb(), shuffled)).toEqual(await cellsOf(getDb(), inOrder));
        for (const asAt of ['2011-06-30', ...events.map(one => one.properties.effectiveOn), '2025-01-01']) {
          const { cellsM2, unionM2, outlinesM } = await sumAndUnion(getDb(), shuffled, asAt);
          // An edge may move by half a grid cell (0.06 mm) along its length.
          expect(Math.abs(cellsM2 - unionM2)).toBeLessThan(6e-5 * outlinesM);
        }
      }),
      { numRuns: getDb().kind === 'postgres' ? 12 : 6, endOnFailure: true },
    );
  }, 300_000);

  it('keeps the shape of a cell for ever: later events close rows and add new ones', async () => {
    const mineId = await freshMine();
    await record(mineId, event('DST', '2019-01-01', rectangle(112, 112.01)));
    const before = await getDb().knex('land_cell').where({ mine_id: mineId }).select('id', 'area_m2');
    await record(mineId, event('EST', '2020-01-01', rectangle(112, 112.004)));
    const after = await getDb()
      .knex('land_cell')
      .where({ mine_id: mineId })
      .orderBy('id')
      .select('id', 'area_m2', 'valid_to');
    expect(after[0]).toMatchObject({ ...before[0], valid_to: '2020-01-01' });
    expect(after).toHaveLength(3);
  });

  it('follows the plans it keeps instead of making them anew for every event', async () => {
    const mineId = await freshMine();
    for (let i = 0; i < 4; i++) await record(mineId, event('DST', `2019-01-0${i + 1}`, rectangle(112, 112.001)));
    // Each answer counts for the connection that was asked: the one that has just recorded, since nothing else runs.
    const { rows } = await getDb().knex.raw<{ rows: { name: string; made: number; kept: number }[] }>(
      `select substring(name from '^[a-z]+') as name, sum(custom_plans)::int as made, sum(generic_plans)::int as kept
       from pg_prepared_statements where name ~ '^(settle|transitions|findings)-' group by 1 order by 1`,
    );
    expect(rows.map(({ name, made }) => ({ name, made }))).toEqual(
      ['findings', 'settle', 'transitions'].map(name => ({ name, made: 0 })),
    );
    for (const { kept } of rows) expect(kept).toBeGreaterThanOrEqual(4);
  });

  it('does not split a row when a neighbour merely touches it', async () => {
    const mineId = await freshMine();
    await record(mineId, event('DST', '2019-01-01', rectangle(112, 112.004)));
    await record(mineId, event('DST', '2020-01-01', rectangle(112.004, 112.008)));
    expect(await getDb().knex('land_cell').where({ mine_id: mineId }).count({ n: '*' })).toEqual([{ n: 2 }]);
  });

  it('lets the later of two events of one day win, and counts the day as one step', async () => {
    const mineId = await freshMine();
    await record(mineId, event('DST', '2019-01-01', rectangle(112, 112.01)));
    await record(mineId, event('EST', '2019-01-01', rectangle(112, 112.004)));
    const byStage = await stages(mineId, '2019-01-01');
    expect((byStage['EST'] ?? 0) / 1e4).toBeCloseTo(40.5078, 3);
    expect(await getDb().knex('land_cell').where({ mine_id: mineId }).count({ n: '*' })).toEqual([{ n: 2 }]);
  });

  const stages = async (mineId: number, asAt: string): Promise<Record<string, number>> => {
    const { features } = await land.partition.getLand(admin, mineId, { asAt });
    const sums: Record<string, number> = { total: 0, UND: 0, DST: 0, RDY: 0, LFM: 0, TMP: 0, EST: 0, CMP: 0 };
    for (const { properties } of features) {
      sums[properties.stage] = (sums[properties.stage] ?? 0) + properties.areaM2;
      sums['total'] = (sums['total'] ?? 0) + properties.areaM2;
    }
    return sums;
  };
});

const dateOf = (index: number, month: number): string =>
  `${2012 + index}-${String(month).padStart(2, '0')}-${String(index + 1).padStart(2, '0')}`;

const leaning = (s: { west: number; south: number; width: number; height: number; lean: number }): Geometry => {
  const x = (units: number) => 112 + 0.002 + units / 10_000;
  const y = (units: number) => 35 + 0.0005 + units / 10_000;
  const top = s.lean / 3;
  return {
    type: 'Polygon',
    coordinates: [
      [
        [x(s.west), y(s.south)],
        [x(s.west + s.width), y(s.south + 1.7)],
        [x(s.west + s.width + top), y(s.south + s.height)],
        [x(s.west + top), y(s.south + s.height - 1.3)],
        [x(s.west), y(s.south)],
      ],
    ],
  };
};

/** Every row of the partition without ids: what, when, and its shape to the last digit. */
async function cellsOf(db: Database, mineId: number): Promise<unknown[]> {
  const { rows } = await db.knex.raw<{ rows: unknown[] }>(
    `select stage, since, valid_from, valid_to, area_m2, md5(st_asbinary(geom)) as shape from land_ground
     where mine_id = ? order by since, valid_from`,
    [mineId],
  );
  return rows;
}

async function sumAndUnion(
  db: Database,
  mineId: number,
  asAt: string,
): Promise<{ cellsM2: number; unionM2: number; outlinesM: number }> {
  const { rows } = await db.knex.raw<{ rows: { cellsM2: number; unionM2: number; outlinesM: number }[] }>(
    `select sum(area_m2) as "cellsM2", sum(st_perimeter(geom::geography)) as "outlinesM",
       (select st_area(overlay_union(array_agg(geom))::geography) from land_event
        where mine_id = :mineId and effective_on <= cast(:asAt as date) and retracted_at is null) as "unionM2"
     from land_ground
     where mine_id = :mineId and valid_from <= cast(:asAt as date)
       and (valid_to is null or valid_to > cast(:asAt as date))`,
    { mineId, asAt },
  );
  return rows[0] ?? { cellsM2: 0, unionM2: 1, outlinesM: 0 };
}
