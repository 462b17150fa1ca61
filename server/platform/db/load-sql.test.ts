import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../threads.ts';
import { loadSql } from './load-sql.ts';

const folder = join(packageRoot, 'test', 'output', 'sql');
let count = 0;

/** Writes a statement where the loader can read it and returns its address below `server/`. */
function statement(text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${++count}.sql`);
  writeFileSync(path, text);
  return relative(join(packageRoot, 'server'), path);
}

/** A query builder that only tells what it was asked. */
const recorder = (rows: unknown[] = []) => {
  const asked: { sql: string; values: unknown }[] = [];
  const db = { raw: async (sql: string, values: unknown) => (asked.push({ sql, values }), { rows }) };
  return { asked, db: db as unknown as Knex };
};

describe('a statement in a file', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is bound by name, as often as a name stands in it', async () => {
    const { asked, db } = recorder([{ n: 1 }]);
    const sql = loadSql<{ n: number }>(
      statement(
        '-- params: asAt mineId\n-- returns: n\nselect 1 as n where :mineId = :mineId and :asAt::date > now();\n',
      ),
    );
    expect(await sql.rows(db, { mineId: 7, asAt: '2020-01-01' })).toEqual([{ n: 1 }]);
    expect(asked).toEqual([{ sql: 'select 1 as n where ? = ? and ?::date > now()', values: [7, 7, '2020-01-01'] }]);
  });

  it('keeps casts, literals and the question marks of jsonb, and drops comments', async () => {
    const { asked, db } = recorder();
    await loadSql(
      statement(
        "-- params:\n-- returns: x\nselect '{\"a\"}'::text ? 'it''s :not a name' -- what :about this?\nfrom t\n",
      ),
    ).rows(db, {});
    expect(asked[0]?.sql).toBe("select '{\"a\"}'::text \\? 'it''s :not a name' \nfrom t");
  });

  it.each([
    ['a name that the header lacks', '-- params: a\n-- returns: x\nselect :a, :b'],
    ['a name that the statement lacks', '-- params: a b\n-- returns: x\nselect :a'],
    ['no header', 'select 1'],
    ['no word about what it returns', '-- params: a\nselect :a'],
  ])('is refused at load for %s', (_case, text) => {
    expect(() => loadSql(statement(text))).toThrow(/header|begins with/);
  });

  it('is not run without a value for every name; null is a value', async () => {
    const { db } = recorder();
    const sql = loadSql(statement('-- params: a\n-- returns: x\nselect :a'));
    await expect(sql.rows(db, {})).rejects.toThrow('no value for a');
    await expect(sql.rows(db, { a: null })).resolves.toEqual([]);
  });

  it('tells a missing row from an answer', async () => {
    const sql = loadSql(statement('-- params:\n-- returns: x\nselect 1'));
    expect(await sql.find(recorder().db, {})).toBeUndefined();
    await expect(sql.one(recorder().db, {})).rejects.toMatchObject({ code: 'not-found' });
  });
});
