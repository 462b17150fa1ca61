import { describe, expect, test } from 'vitest';
import { encodeWkb } from '../../gis/geometry/wkb.ts';
import { BinaryRows } from '../../server/platform/db/copy/binary-rows.ts';
import { copyIn } from '../../server/platform/db/copy/copy-in.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';

const BOW_TIE = "'SRID=4326;POLYGON((0 0,1 1,1 0,0 1,0 0))'::geometry";
const SQUARE = "'SRID=4326;POLYGON((0 0,2 0,2 2,0 2,0 0))'::geometry";
const UNCLOSED = `st_geomfromgeojson('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}')`;

describeOnBothDatabases('the database door', (getDb, kind) => {
  const scratch = async (): Promise<void> => {
    await getDb().knex.raw('drop table if exists scratch');
    await getDb().knex.raw(`
      create table scratch (
        id bigint generated always as identity primary key,
        n int constraint chk_scratch_n check (n > 0),
        geom geometry(Polygon, 4326) constraint chk_scratch_geom_valid check (st_isvalid(geom))
      )`);
  };
  const count = async (): Promise<number> => {
    const { rows } = await getDb().knex.raw<{ rows: { count: number }[] }>('select count(*) from scratch');
    return rows[0]?.count ?? -1;
  };

  test('gives the same types from both databases', async () => {
    const { rows } = await getDb().knex.raw<{ rows: Record<string, unknown>[] }>(
      `select 9007199254740991::int8 as big, 1.5::numeric as amount, 0.1::float8 as part, date '2022-12-31' as day,
              timestamptz '2022-12-31 23:59:59.123+08' as instant, '{"a":[1]}'::jsonb as doc, '\\x0102'::bytea as bytes,
              array[1,2]::int8[] as ids, array['2020-01-01']::date[] as days, true as flag, null as nothing, ?::int as bound`,
      [7],
    );
    expect(rows[0]).toEqual({
      big: 9007199254740991,
      amount: 1.5,
      part: 0.1,
      day: '2022-12-31',
      instant: '2022-12-31T15:59:59.123Z',
      doc: { a: [1] },
      bytes: Buffer.from([1, 2]),
      ids: [1, 2],
      days: ['2020-01-01'],
      flag: true,
      nothing: null,
      bound: 7,
    });
  });

  test('refuses an integer that a number cannot hold', async () => {
    await expect(getDb().knex.raw('select 9007199254740993::int8')).rejects.toThrow('safe range');
  });

  test.each([
    ['intersection of an invalid polygon', `select st_area(st_intersection(${BOW_TIE}, ${SQUARE}))`],
    ['union of an invalid polygon', `select st_area(st_union(${BOW_TIE}, ${SQUARE}))`],
    ['difference of an invalid polygon', `select st_area(st_difference(${BOW_TIE}, ${SQUARE}))`],
    ['buffer of an unclosed ring', `select st_area(st_buffer(${UNCLOSED}, 1))`],
    ['validity of an unclosed ring', `select st_isvalid(${UNCLOSED})`],
  ])('never answers nothing at all: %s', async (_case, sql) => {
    // PostgreSQL either repairs the input, says false or throws; silence is the one thing that may not happen.
    const outcome = await getDb()
      .knex.raw<{ rows: unknown[] }>(sql)
      .then(
        ({ rows }) => rows.length,
        (error: unknown) => (error as { code?: string }).code,
      );
    expect([1, 'XX000']).toContain(outcome);
    if (getDb().kind === 'embedded') expect(outcome).toBe('XX000');
    const bound = await getDb()
      .knex.raw<{ rows: unknown[] }>(
        `${sql} + ?::int`.replace(/^select st_isvalid\((.*)\) \+ /, 'select st_isvalid($1)::int + '),
        [1],
      )
      .then(
        ({ rows }) => rows.length,
        (error: unknown) => (error as { code?: string }).code,
      );
    expect(bound).toBe(outcome);
  });

  test('an insert from a failed overlay throws and inserts nothing', async () => {
    await scratch();
    const insert = `insert into scratch (n, geom) select 1, st_buffer(st_difference(${UNCLOSED}, ${BOW_TIE}), 1)`;
    await expect(getDb().knex.raw(insert)).rejects.toMatchObject({
      code: expect.stringMatching(/^(XX000|22023)$/) as string,
    });
    expect(await count()).toBe(0);
  });

  test('a lost statement fails its transaction, even for one who catches the error', async () => {
    await scratch();
    const work = getDb().transaction(async tx => {
      await tx.raw(`insert into scratch (n, geom) values (1, ${SQUARE})`);
      await tx.raw(`select st_area(st_buffer(${UNCLOSED}, 1))`).catch(() => undefined);
      if (getDb().kind === 'postgres') await tx.raw('select 1/0').catch(() => undefined);
      await tx.raw(`insert into scratch (n, geom) values (2, ${SQUARE})`);
    });
    await expect(work).rejects.toMatchObject({ code: '25P02' });
    expect(await count()).toBe(0);
  });

  test('a script of several statements throws when one of them is lost', async () => {
    const script = `select 1; select st_area(st_buffer(${UNCLOSED}, 1)); select 1/0`;
    await expect(getDb().knex.raw(script)).rejects.toMatchObject({ severity: 'ERROR' });
    expect((await getDb().knex.raw<{ rows: unknown[] }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('a broken check is an error with the name of the constraint', async () => {
    await scratch();
    await expect(getDb().knex('scratch').insert({ n: 0 })).rejects.toMatchObject({
      code: '23514',
      constraint: 'chk_scratch_n',
    });
    await expect(getDb().knex.raw(`insert into scratch (n, geom) values (1, ${BOW_TIE})`)).rejects.toMatchObject({
      code: '23514',
      constraint: 'chk_scratch_geom_valid',
    });
    await expect(getDb().transaction(tx => tx('scratch').insert({ n: -1 }))).rejects.toMatchObject({
      name: 'AppError',
      code: 'rule-broken',
      params: { constraint: 'chk_scratch_n' },
    });
    expect(await count()).toBe(0);
  });

  test('works as before after two hundred lost statements', async () => {
    for (let i = 0; i < 200; i++) {
      await getDb()
        .knex.raw(`select st_area(st_buffer(${UNCLOSED}, ?::int))`, [i])
        .catch(() => undefined);
    }
    const { rows } = await getDb().knex.raw<{ rows: { area: number }[] }>(`select st_area(${SQUARE}) as area`);
    expect(rows).toEqual([{ area: 4 }]);
  });

  test('rolls back what throws, and refuses the pool inside a transaction instead of waiting for itself', async () => {
    await scratch();
    const failing = getDb().transaction(async tx => {
      await tx('scratch').insert({ n: 1 });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const selfish = getDb().transaction(async tx => {
      await tx('scratch').insert({ n: 1 });
      await getDb().knex('scratch').insert({ n: 2 });
    });
    await expect(selfish).rejects.toThrow('use `tx` instead');
    expect(await count()).toBe(0);
  });

  test('serves many callers at once, transactions among them', async () => {
    await scratch();
    await Promise.all(
      Array.from({ length: 20 }, (_unused, index) =>
        getDb().transaction(async tx => {
          await tx('scratch').insert({ n: index + 1 });
          await tx.raw('select pg_sleep(0.001)');
        }),
      ),
    );
    expect(await count()).toBe(20);
  });

  // The embedded database is not copied to.
  if (kind === 'embedded') return;
  describe('copied rows', () => {
    const COPY = 'copy scratch (id, n, part, words, on_date, outline) from stdin (format binary)';
    const wide = async (): Promise<void> => {
      await scratch();
      await getDb().knex.raw(
        'alter table scratch alter id drop identity, add part float8, add words text, add on_date date, add outline geometry(MultiPolygon, 4326)',
      );
    };
    const SQUARE_WKB = Buffer.from(
      encodeWkb({ type: 'MultiPolygon', coordinates: [[[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]] }, 4326), // prettier-ignore
    ).toString('hex');
    const row = (rows: BinaryRows, id: number, n: number): void => {
      rows.row(6);
      rows.int8(id);
      rows.int4(n);
      rows.float8(null);
      rows.text(null);
      rows.date('2000-01-01');
      rows.hex(SQUARE_WKB);
    };

    test('arrive as they are: numbers of eight bytes, other scripts, days before the epoch, outlines, nothing', async () => {
      await wide();
      const rows = new BinaryRows();
      row(rows, Number.MAX_SAFE_INTEGER, 1);
      rows.row(6);
      rows.int8(-5_000_000_000);
      rows.int4(2_147_483_647);
      rows.float8(-0.1);
      rows.text('损毁土地 𠮷 Ä');
      rows.date('1000-02-28');
      rows.hex(SQUARE_WKB);
      await getDb().transaction(tx => copyIn(tx, COPY, rows.finish()));
      const { rows: found } = await getDb().knex.raw<{ rows: unknown[] }>(
        `select id, n, part, words, on_date, st_equals(outline, ${SQUARE}) as same from scratch order by id`,
      );
      expect(found).toEqual([
        { id: -5_000_000_000, n: 2_147_483_647, part: -0.1, words: '损毁土地 𠮷 Ä', on_date: '1000-02-28', same: true },
        { id: Number.MAX_SAFE_INTEGER, n: 1, part: null, words: null, on_date: '2000-01-01', same: true },
      ]);
    });

    test('are many, grow as they must, and are all taken back where one breaks a rule', async () => {
      await wide();
      const rows = new BinaryRows();
      for (let id = 1; id <= 5_000; id++) row(rows, id, id);
      await getDb().transaction(tx => copyIn(tx, COPY, rows.finish()));
      const broken = new BinaryRows();
      row(broken, 5_001, 1);
      row(broken, 5_002, 0);
      const copied = getDb().transaction(tx => copyIn(tx, COPY, broken.finish()));
      await expect(copied).rejects.toMatchObject({ code: 'rule-broken', params: { constraint: 'chk_scratch_n' } });
      expect(await count()).toBe(5_000);
    });

    test('leave the connection as it was where the statement itself is refused', async () => {
      await wide();
      const refused = getDb().transaction(tx =>
        copyIn(tx, 'copy nowhere from stdin (format binary)', new BinaryRows().finish()),
      );
      await expect(refused).rejects.toMatchObject({ code: '42P01' });
      await Promise.all(Array.from({ length: 12 }, () => count()));
    });
  });
});
