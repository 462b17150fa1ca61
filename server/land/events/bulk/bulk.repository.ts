import type { Knex } from 'knex';
import type { Database, Queryable } from '../../../platform/db/database.ts';
import { loadSql } from '../../../platform/db/load-sql.ts';
import type { Placement } from '../events.repository.ts';
import { copyIn } from '../../../platform/db/copy/copy-in.ts';
import type { BulkEvent } from './bulk.contract.ts';
import { COPY_EVENTS, copyRows, type CommonOfEvents } from './copy-rows.ts';

interface SettledBatch {
  /** Of the events, in their order. */
  readonly ids: number[];
  readonly cellIds: number[];
  /** Events on land of earlier ones, which have no cells yet. */
  readonly met: number[];
}

/** What there was before a file came: the last id of an event, and boxes round land, EWKB in hexadecimal; null where there is none. */
export interface Neighbours {
  readonly earlierId: number;
  readonly earlier: string | null;
  readonly others: string | null;
}

const neighboursSql = loadSql<Neighbours>('land/sql/bulk/neighbours.sql');
const insertSql = loadSql<never>('land/sql/bulk/insert-events.sql');
const settleSql = loadSql<SettledBatch>('land/sql/bulk/settle-alone.sql');
const lookSql = loadSql<{ id: number }>('land/sql/bulk/worth-a-look.sql');
const farSql = loadSql<Placement & { id: number }>('land/sql/bulk/far-off.sql');

/** To be asked before the first event is written. */
export const findNeighbours = (tx: Queryable, mineId: number): Promise<Neighbours> => neighboursSql.one(tx, { mineId });

/**
 * What was measured before is believed by the statements of this transaction, and that their cells have events, until it is told
 * otherwise: from before `recordAlone` to before anything else is written.
 */
export async function believe(tx: Queryable, isOn: boolean): Promise<void> {
  const value = isOn ? 'on' : 'off';
  await tx.raw(
    `select set_config('regreen.land_is_measured', ?, true), set_config('regreen.rows_come_from_events', ?, true)`,
    [value, value],
  );
}

/** Room for the rows of one batch, which would be written to disk and read again: of the usual few megabytes they are more. */
export const makeRoom = (tx: Queryable): Promise<unknown> => tx.raw(`set local work_mem = '32MB'`);

/** Events in the form in which a database takes many: nothing is left to be done for them but to be sent. */
export type EventRows = { readonly copied: Uint8Array } | { readonly inserted: Readonly<Record<string, unknown>> };

export function toRows(kind: Database['kind'], common: CommonOfEvents, events: readonly BulkEvent[]): EventRows {
  if (kind === 'postgres') return { copied: copyRows(common, events) };
  const of = <T>(read: (properties: BulkEvent['properties']) => T): T[] => events.map(event => read(event.properties));
  const inserted = {
    ...common,
    geometries: events.map(event => event.geometryHex),
    stages: of(one => one.stage),
    dates: of(one => one.effectiveOn),
    reasons: of(one => one.reason),
    rightRefs: of(one => one.rightRef),
    damageTypes: of(one => one.damageType),
    scopes: of(one => one.scope),
    evidenceGrades: of(one => one.evidenceGrade),
    declaredAreas: of(one => one.declaredAreaM2),
    areas: events.map(event => event.areaM2),
  };
  return { inserted };
}

/** Events of an import after one that was its last until now. */
export interface Newcomers {
  readonly mineId: number;
  readonly importId: number;
  readonly lastId: number;
}

/** Inserts events in their order, and the cells of those on fresh land; believed by a transaction that was told to. */
export async function recordAlone(
  tx: Knex.Transaction,
  rows: EventRows,
  { mineId, importId, lastId }: Newcomers,
  { earlierId, earlier }: Neighbours,
): Promise<SettledBatch> {
  if ('copied' in rows) await copyIn(tx, COPY_EVENTS, rows.copied);
  else await insertSql.rows(tx, rows.inserted);
  return settleSql.one(tx, { mineId, importId, lastId, earlierId, earlier });
}

/** Ids of events that have to be judged one by one. */
export const listWorthALook = async (
  tx: Queryable,
  { mineId, importId, lastId }: Newcomers,
  { others }: Neighbours,
): Promise<number[]> => (await lookSql.rows(tx, { mineId, importId, lastId, others })).map(row => row.id);

/** Licensed events that meet no outline of their mine, by id. */
export const findFarOff = async (
  tx: Queryable,
  mineId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Placement>> =>
  new Map((await farSql.rows(tx, { mineId, ids })).map(row => [row.id, row]));

/** Marks events that were recorded one by one as coming from an import. */
export async function markImported(tx: Queryable, eventId: number, importId: number): Promise<void> {
  await tx('land_event').where({ id: eventId }).orWhere({ assumed_for: eventId }).update({ import_id: importId });
}

const MANY = 5_000;

/**
 * The planner's figures after many rows came at once: until a server's own upkeep comes by, minutes later, it would join a hundred thousand
 * cells as if they were ten. The embedded database has upkeep of its own.
 */
export async function refreshFigures({ kind, knex }: Database, written: number): Promise<void> {
  if (kind !== 'postgres' || written < MANY) return;
  await knex.transaction(async tx => {
    // A tenth of the usual sample tells the order of magnitude, which is what was wrong.
    await tx.raw('set local default_statistics_target = 10');
    await tx.raw('analyze land_event, land_cell, land_transition');
  });
}
