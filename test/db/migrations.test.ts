import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { migrate, migrateDown, pendingMigrations, type NamedMigration } from '../../server/platform/db/migrate.ts';
import { describeOnBothDatabases, OUTPUT, withDatabase } from '../helpers/databases.ts';

const names = migrations.map(([name]) => name);

describeOnBothDatabases('migrations', getDb => {
  test('are listed in order, each once', () => {
    expect(names).toEqual([...new Set(names)].toSorted());
  });

  test('go up, all the way down and up again', async () => {
    expect(await pendingMigrations(getDb(), migrations)).toEqual([]);
    expect(await migrateDown(getDb(), migrations)).toEqual(names.toReversed());
    expect(await migrate(getDb(), migrations)).toEqual(names);
    expect(await migrate(getDb(), migrations)).toEqual([]);
  });

  test('leave nothing half done when one fails', async () => {
    const failing: NamedMigration = [
      '9998_fails',
      {
        async up(knex) {
          await knex.raw('create table half_done (n int)');
          await knex.raw('select 1/0');
        },
        async down() {},
      },
    ];
    await expect(migrate(getDb(), [...migrations, failing])).rejects.toMatchObject({ code: '22012' });
    const { rows } = await getDb().knex.raw<{ rows: unknown[] }>("select to_regclass('half_done')::text as found");
    expect(rows).toEqual([{ found: null }]);
    expect(await pendingMigrations(getDb(), [...migrations, failing])).toEqual(['9998_fails']);
  });

  test('of a newer version are refused by name', async () => {
    await expect(migrate(getDb(), migrations.slice(0, -1))).rejects.toMatchObject({
      code: 'database-newer',
      params: { migrations: names.at(-1) },
    });
  });
});

const url = process.env['TEST_DATABASE_URL'];
describe.skipIf(url === undefined)('a PostgreSQL server', () => {
  const made: string[] = [];
  async function withAdmin(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(sql);
    await admin.end();
  }
  async function emptyDatabase(): Promise<string> {
    const name = `regreen_empty_${process.pid}_${made.length}`;
    made.push(name);
    await withAdmin(`create database ${name}`);
    return withDatabase(url ?? '', name);
  }
  afterEach(async () => {
    for (const name of made.splice(0)) await withAdmin(`drop database if exists ${name} with (force)`);
  });

  it('is migrated once by processes that start at the same time', async () => {
    const empty = await emptyDatabase();
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url: empty, dataDir: OUTPUT })));
    try {
      const applied = await Promise.all(databases.map(database => migrate(database, migrations)));
      expect(applied.filter(list => list.length > 0)).toEqual([names]);
    } finally {
      await Promise.all(databases.map(database => database.close()));
    }
  });

  it('that is not there is refused by name', async () => {
    const dataDir = await mkdtemp(join(OUTPUT, 'data-'));
    const nobody = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', dataDir });
    await expect(nobody).rejects.toMatchObject({ code: 'database-unreachable' });
    await rm(dataDir, { recursive: true });
  });
});
