import type { Database, Queryable } from '../../../platform/db/database.ts';
import { loadSql } from '../../../platform/db/load-sql.ts';
import type { Placement } from '../events.repository.ts';
import type { BulkEvent } from './bulk.contract.ts';

interface RecordedBatch {
  /** Of the events, in their order. */
  readonly ids: number[];
  readonly cellIds: number[];
  /** Events on land of earlier ones, which have no cells yet. */
  readonly met: number[];
}

/** Boxes round land that was recorded before a file came, EWKB in hexadecimal; null where there is none. */
export interface Neighbours {
  readonly earlier: string | null;
  readonly others: string | null;
}

const neighboursSql = loadSql<Neighbours>('land/sql/bulk/neighbours.sql');
const recordSql = loadSql<RecordedBatch>('land/sql/bulk/record-alone.sql');
const lookSql = loadSql<{ id: number }>('land/sql/bulk/worth-a-look.sql');
const farSql = loadSql<Placement & { id: number }>('land/sql/bulk/far-off.sql');

/** To be asked before the first event is written. */
export const findNeighbours = (tx: Queryable, mineId: number): Promise<Neighbours> => neighboursSql.one(tx, { mineId });

/** What was measured before is believed by the statements of this transaction, until it is told otherwise. */
const believeMeasures = (tx: Queryable, isOn: boolean): Promise<unknown> =>
  tx.raw(`select set_config('regreen.land_is_measured', ?, true)`, [isOn ? 'on' : 'off']);

/** Inserts events in their order, and the cells of those on fresh land: no event with an id below `beforeId` covers it. */
export async function recordAlone(
  tx: Queryable,
  common: {
    mineId: number;
    importId: number;
    recordedBy: number | null;
    recordedRevision: number;
    beforeId: number;
    earlier: string | null;
  },
  events: readonly BulkEvent[],
): Promise<RecordedBatch> {
  const of = <T>(read: (properties: BulkEvent['properties']) => T): T[] => events.map(event => read(event.properties));
  await believeMeasures(tx, true);
  const recorded = await recordSql.one(tx, {
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
  });
  await believeMeasures(tx, false);
  return recorded;
}

/** Ids of events that have to be judged one by one. */
export const listWorthALook = async (
  tx: Queryable,
  mineId: number,
  ids: readonly number[],
  others: string | null,
): Promise<number[]> => (await lookSql.rows(tx, { mineId, ids, others })).map(row => row.id);

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
  if (kind === 'postgres' && written >= MANY) await knex.raw('analyze land_event, land_cell, land_transition');
}
