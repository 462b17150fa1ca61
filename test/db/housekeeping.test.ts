import { expect, it } from 'vitest';
import { createHousekeeping } from '../../server/platform/db/housekeeping.ts';
import { createLog } from '../../server/platform/log.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';

describeOnBothDatabases('housekeeping', getDb => {
  const rowsKnown = async (): Promise<number> => {
    const { rows } = await getDb().knex.raw<{ rows: { reltuples: number }[] }>(
      "select reltuples from pg_class where oid = 'public.heap'::regclass",
    );
    return Number(rows[0]?.reltuples);
  };

  it('gives the planner figures of what was written, once, and again when much has changed', async () => {
    const { kind, knex } = getDb();
    const housekeeping = createHousekeeping(getDb(), createLog('silent'));
    await knex.raw('create table heap as select g as id, 0 as touched from generate_series(1, 20000) g');
    const first = await housekeeping.run();
    if (kind === 'postgres') {
      // Autovacuum looks after a server's tables; ours would only be in its way.
      expect(first).toEqual([]);
      return;
    }
    expect(first).toContain('public.heap');
    expect(await rowsKnown()).toBe(20_000);
    expect(await housekeeping.run()).toEqual([]);
    await knex.raw('update heap set touched = 1 where id <= 100');
    expect(await housekeeping.run()).toEqual([]);
    await knex.raw('delete from heap where id <= 9000');
    expect(await housekeeping.run()).toEqual(['public.heap']);
    expect(await rowsKnown()).toBe(11_000);
  });

  it('lets those who ask be served between two tables', async () => {
    const { kind, knex } = getDb();
    if (kind === 'postgres') return;
    const housekeeping = createHousekeeping(getDb(), createLog('silent'));
    for (const name of ['one', 'two', 'three', 'four'])
      await knex.raw(`create table tidy_${name} as select g as id from generate_series(1, 5000) g`);
    let isDone = false;
    const running = housekeeping.run().finally(() => (isDone = true));
    let served = 0;
    while (!isDone) {
      await knex.raw('select 1');
      served++;
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    expect((await running).length).toBeGreaterThanOrEqual(4);
    expect(served).toBeGreaterThan(4);
  });

  it('ends after the table in hand when it is told to', async () => {
    const { knex } = getDb();
    const housekeeping = createHousekeeping(getDb(), createLog('silent'));
    for (const name of ['five', 'six', 'seven'])
      await knex.raw(`create table tidy_${name} as select g as id from generate_series(1, 5000) g`);
    const running = housekeeping.run();
    await housekeeping.stop();
    expect((await running).length).toBeLessThan(3);
  });
});
