// `regreen verify` finds what was tampered with, names mine, date and fault, and is silent about a sound ledger.
import { beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import { runMendCommand, runVerifyCommand } from '../../server/land/verify.command.ts';
import { migrate, migrateDown } from '../../server/platform/db/migrate.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { landEvent, rectangle } from '../helpers/land.ts';
import { createRooms, makeMine, viewerOf } from '../helpers/rooms.ts';

const admin = viewerOf('admin');
/** Statements that say that their rows come from events are believed. */
const WITHOUT_EVENT = `with s as materialized (select length(set_config('regreen.rows_come_from_events', 'on', true)) as said)`;

const ALL_PASSAGES = `land_passages(array(select id from mine), '-infinity', 'infinity')`;

describeOnBothDatabases('verify of the land ledger', getDb => {
  let land: LandService;
  let mineId: number;

  beforeAll(async () => {
    const db = getDb();
    const rooms = createRooms(db);
    land = createLandService({ db, mines: rooms.mines });
    mineId = (await makeMine(rooms, 'VERIFY-1', 111.95, 34.95)).id;
    const record = (...args: Parameters<typeof landEvent>) => land.events.record(admin, mineId, landEvent(...args));
    await record('DST', '2019-01-01', rectangle(112, 112.01));
    await record('DST', '2019-01-01', rectangle(112.008, 112.02));
    await record('EST', '2020-06-01', rectangle(112, 112.004));
    await record('CMP', '2022-06-01', rectangle(112.001, 112.003));
    await record('LFM', '2019-09-01', rectangle(112.002, 112.012, 35.002, 35.007));
    const { id } = await record('TMP', '2021-01-01', rectangle(112.012, 112.015));
    await land.events.retract(admin, mineId, id, 'wrong field', 1);
    await land.periods.publish(admin, mineId, { asAt: '2021-12-31' });
  });

  const verify = async (): Promise<{ exitCode: number; told: string }> => {
    let told = '';
    const out = { write: (text: string) => (told += text) };
    const exitCode = await runVerifyCommand(getDb(), { stdout: out, stderr: out });
    return { exitCode, told };
  };

  it('calls a ledger sound that was overlapped, back-dated, corrected and published', async () => {
    const { exitCode, told } = await verify();
    expect(told).toBe('Ledgers of 1 mines checked: sound\n');
    expect(exitCode).toBe(0);
  });

  it('keeps a shape only of land that was cut, and says all of it in the schema before and after', async () => {
    const rowsOf = async (sql: string): Promise<unknown[]> => (await getDb().knex.raw<{ rows: unknown[] }>(sql)).rows;
    const cellsOf = (table: string): Promise<unknown[]> =>
      rowsOf(
        `select id, event_id, stage, since, valid_from, valid_to, md5(st_asbinary(geom)) as shape, area_m2 from ${table} order by id`,
      );
    const passagesOf = (table: string): Promise<unknown[]> =>
      rowsOf(`select mine_id, on_date, from_event_id, to_event_id, from_stage, from_scope, to_stage, to_scope, reason, is_rounding,
        round(area_m2::numeric, 6) as area_m2 from ${table} order by on_date, to_event_id, from_event_id`);
    const before = [await cellsOf('land_ground'), await passagesOf(ALL_PASSAGES)];
    const [kept] = await rowsOf(`
      select count(*) filter (where c.cut_geom is null) > 0 as has_whole, count(c.cut_geom) > 0 as has_cut,
        count(*) filter (where c.cut_geom = e.geom) as needless
      from land_cell c join land_event e on e.id = c.event_id`);
    expect(kept).toEqual({ has_whole: true, has_cut: true, needless: 0 });

    expect(await migrateDown(getDb(), migrations, '0048_places_in_quarters')).toEqual(['0049_land_left']);
    expect([await cellsOf('land_cell'), await passagesOf('land_transition')]).toEqual(before);
    await migrate(getDb(), migrations);
    expect([await cellsOf('land_ground'), await passagesOf(ALL_PASSAGES)]).toEqual(before);
    expect((await verify()).told).toBe('Ledgers of 1 mines checked: sound\n');
  });

  describe('names mine, date and fault when', () => {
    const tamper: readonly [what: string, sql: string, told: RegExp][] = [
      [
        'a cell is missing',
        `delete from land_cell where id = (select max(id) from land_cell where stage = 'CMP')`,
        /VERIFY-1: 2022-06-01 cells-differ-from-events event \d+ expected \d+\.\d\d m², found 0\.00 m²/,
      ],
      [
        'a cell was moved',
        `update land_cell c set cut_geom = st_translate(g.geom, 0.001, 0) from land_ground g where g.id = c.id and c.stage = 'LFM'`,
        /VERIFY-1: 2019-09-01 cells-differ-from-events event \d+ .* m² in the wrong place/,
      ],
      [
        'a cell was enlarged',
        `update land_cell c set cut_geom = st_multi(st_buffer(g.geom, 0.0005)) from land_ground g
         where g.id = c.id and c.stage = 'EST' and c.valid_to is null`,
        /sum-differs-from-union/,
      ],
      [
        'a cell says another stage',
        `update land_cell set stage = 'CRT' where stage = 'CMP'`,
        /cell-differs-from-event/,
      ],
      [
        'a cell outlives its event',
        `update land_event set retracted_at = clock_timestamp(), retract_reason = 'behind its back' where stage = 'CMP'`,
        /cell-of-retracted-event/,
      ],
      [
        'two rows of an event hold at a time',
        `update land_cell set valid_to = null where stage = 'EST' and valid_to is not null`,
        /cells-overlap-in-time/,
      ],
      [
        'a passage was forged',
        `update land_transition set area_m2 = area_m2 * 1.01 where to_stage = 'EST'`,
        /VERIFY-1: 2020-06-01 passages-differ-from-cells stage (DST|EST)/,
      ],
      [
        'a cell has no event',
        `${WITHOUT_EVENT} insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, cut_geom)
         select mine_id, 987654 + 0 * said, stage, stage_rank, scope, evidence_grade, since, valid_from, geom from land_ground, s where stage = 'CMP'`,
        /VERIFY-1: 2022-06-01 cell-of-another-mine event 987654/,
      ],
      [
        'a passage has no event',
        `${WITHOUT_EVENT} insert into land_transition (mine_id, on_date, from_event_id, to_event_id, from_stage, from_scope, to_stage, to_scope, area_m2)
         select mine_id, on_date, 987654 + 0 * said, to_event_id, 'DST', from_scope, 'DST', to_scope, 1 from land_transition, s where to_stage = 'CMP'`,
        /VERIFY-1: 2022-06-01 passage-of-another-mine event \d+/,
      ],
      [
        'a published row was changed',
        `alter table published_cell disable trigger all;
         update published_cell set evidence_grade = 'E5' where stage = 'DST';
         update published_cell set scope = 'LEG' where stage = 'EST'`,
        /VERIFY-1: 2021-12-31 published-hash-differs period \d+/,
      ],
    ];

    it.each(tamper)('%s', async (_what, sql, expected) => {
      const rollback = new Error('as if nothing had happened');
      const outcome: { exitCode?: number; told: string } = { told: '' };
      await getDb()
        .transaction(async tx => {
          for (const statement of sql.split(';')) await tx.raw(statement);
          const out = { write: (text: string) => (outcome.told += text) };
          const inside = { ...getDb(), knex: tx, transaction: <T>(work: (t: typeof tx) => Promise<T>) => work(tx) };
          outcome.exitCode = await runVerifyCommand(inside, { stdout: out, stderr: out });
          throw rollback;
        })
        .catch((error: unknown) => {
          if (error !== rollback) throw error;
        });
      expect(outcome.told).toMatch(expected);
      expect(outcome.exitCode).toBe(1);
    });
  });

  describe('mends what differs from the events, and nothing else:', () => {
    const mend = async (): Promise<{ exitCode: number; told: string }> => {
      let told = '';
      const out = { write: (text: string) => (told += text) };
      const exitCode = await runMendCommand(getDb(), land.events, { stdout: out, stderr: out });
      return { exitCode, told };
    };
    const rowsOf = async (sql: string): Promise<unknown[]> => (await getDb().knex.raw<{ rows: unknown[] }>(sql)).rows;
    const cells = (): Promise<unknown[]> =>
      rowsOf(`select event_id, stage, scope, evidence_grade, since, valid_from, valid_to, st_astext(geom) as shape, area_m2
        from land_ground order by event_id, valid_from`);
    const passages = (): Promise<unknown[]> =>
      rowsOf(`select on_date, from_event_id, to_event_id, from_stage, to_stage, reason, is_rounding, round(area_m2::numeric, 4) as area_m2
        from ${ALL_PASSAGES} order by 1, 2, 3, 4`);
    const kept = (): Promise<unknown[]> =>
      rowsOf(
        `select (select json_agg(e order by id) from land_event e) as events, (select json_agg(c order by id) from published_cell c) as published`,
      );
    const ids = (): Promise<unknown[]> => rowsOf('select id from land_cell order by id');
    const revision = (): Promise<unknown[]> => rowsOf('select land_revision from mine');

    it('a sound ledger is not touched', async () => {
      const before = [await ids(), await passages(), await revision()];
      expect(await mend()).toEqual({ exitCode: 0, told: 'Ledgers of 1 mines checked: sound\n' });
      expect([await ids(), await passages(), await revision()]).toEqual(before);
    });

    it('of wrong passages the cells stay the same rows', async () => {
      const before = [await ids(), await cells(), await passages(), await kept()];
      await getDb().knex.raw(`delete from land_transition where to_stage = 'LFM'`);
      await getDb().knex.raw('update land_transition set area_m2 = 2 * area_m2');
      const { exitCode, told } = await mend();
      expect(told).toMatch(
        /VERIFY-1: passages derived anew, (\d+) of \1 faults mended\nLedgers of 1 mines checked: sound/,
      );
      expect(exitCode).toBe(0);
      expect([await ids(), await cells(), await passages(), await kept()]).toEqual(before);
      expect((await rowsOf(`select subject_id from audit_entry where action = 'ledger.mend'`)).length).toBe(1);
    });

    it('wrong cells are made again with their passages', async () => {
      const before = [await cells(), await passages(), await kept()];
      await getDb().knex.raw(`delete from land_cell where stage = 'CMP'`);
      await getDb().knex.raw(
        `update land_cell c set cut_geom = st_translate(g.geom, 0.001, 0) from land_ground g where g.id = c.id and c.stage = 'LFM'`,
      );
      const { exitCode, told } = await mend();
      expect(told).toMatch(/VERIFY-1: cells and passages derived anew, (\d+) of \1 faults mended\n/);
      expect(exitCode).toBe(0);
      expect([await cells(), await passages(), await kept()]).toEqual(before);
    });
  });
});
