import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { notFound } from '../errors.ts';
import { packageRoot } from '../threads.ts';

export interface Statement<Row> {
  readonly text: string;
  rows(db: Knex, params: Readonly<Record<string, unknown>>): Promise<Row[]>;
  /** Throws `not-found` when there is no row. */
  one(db: Knex, params: Readonly<Record<string, unknown>>): Promise<Row>;
  find(db: Knex, params: Readonly<Record<string, unknown>>): Promise<Row | undefined>;
}

const PLACEHOLDER = /(?<![:\w]):([A-Za-z_]\w*)/g;

/**
 * One named statement from a file below `server/`, e.g. `land/sql/partition-at.sql`. Its first lines are
 * `-- params: mineId asAt` (may be empty) and `-- returns: …`; placeholders are `:mineId`.
 * `keepPlan`: the server keeps the plan of the statement with the connection. For long statements that run often: planning five joins
 * takes longer than running them over one event's land. Not for statements whose best plan depends on the values.
 * Throws at load when header and placeholders differ: the query builder would leave a missing name in the text, and
 * would rewrite a cast `::geography` were a parameter called so.
 */
export function loadSql<Row>(pathBelowServer: string, options: { keepPlan?: boolean } = {}): Statement<Row> {
  const text = readFileSync(join(packageRoot, 'server', pathBelowServer), 'utf8');
  const names = declaredParams(pathBelowServer, text);
  const { sql, order } = compile(text);
  const missing = [...new Set(order)].filter(name => !names.includes(name));
  const unused = names.filter(name => !order.includes(name));
  if (missing.length > 0 || unused.length > 0)
    throw new Error(`${pathBelowServer}: header lacks [${missing.join(' ')}], statement lacks [${unused.join(' ')}]`);

  // Also tells versions of a file apart that two processes run on one server.
  const statementName = `${pathBelowServer.replace(/^.*\/|\.sql$/g, '')}-${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`;

  const rows = async (db: Knex, params: Readonly<Record<string, unknown>>): Promise<Row[]> => {
    const absent = names.filter(name => params[name] === undefined);
    if (absent.length > 0) throw new Error(`${pathBelowServer}: no value for ${absent.join(' ')}`);
    const values = order.map(name => params[name]) as Knex.RawBinding[];
    const query = db.raw<{ rows: Row[] }>(sql, values);
    return (await (options.keepPlan === true ? query.options({ name: statementName }) : query)).rows;
  };
  const find = async (db: Knex, params: Readonly<Record<string, unknown>>): Promise<Row | undefined> =>
    (await rows(db, params))[0];
  return {
    text,
    rows,
    find,
    async one(db, params) {
      const row = await find(db, params);
      if (row === undefined) throw notFound(pathBelowServer.replace(/^.*\/|\.sql$/g, ''), '');
      return row;
    },
  };
}

function declaredParams(path: string, text: string): string[] {
  const [first = '', second = ''] = text.split('\n');
  const params = /^-- params:(.*)$/.exec(first);
  if (!params || !second.startsWith('-- returns:'))
    throw new Error(`${path}: begins with "-- params:" and "-- returns:"`);
  return (params[1] ?? '').trim().split(/\s+/).filter(Boolean);
}

/** The query builder's positional form. Strings and comments are left alone; its own `?` is escaped everywhere. */
function compile(text: string): { sql: string; order: string[] } {
  const order: string[] = [];
  const body = text.split('\n').slice(2).join('\n').trim().replace(/;$/, '');
  const parts = body.split(/('(?:[^']|'')*'|--[^\n]*|\$\$[\s\S]*?\$\$)/);
  const sql = parts
    .map((part, index) => {
      const isLiteral = index % 2 === 1;
      if (isLiteral && part.startsWith('--')) return '';
      const escaped = part.replaceAll('?', '\\?');
      if (isLiteral) return escaped;
      return escaped.replace(PLACEHOLDER, (_match, name: string) => {
        order.push(name);
        return '?';
      });
    })
    .join('');
  return { sql, order };
}
