import type { Queryable } from '../../../platform/db/database.ts';
import { loadSql } from '../../../platform/db/load-sql.ts';
import type { BulkEvent } from './bulk.contract.ts';

const insertSql = loadSql<{ id: number }>('land/sql/bulk/insert-events.sql');
const settleSql = loadSql<{ cellIds: number[]; met: number[] }>('land/sql/bulk/settle-alone.sql');
const lookSql = loadSql<{ id: number }>('land/sql/bulk/worth-a-look.sql');

/** Inserts events in their order and answers their ids. */
export async function insertEvents(
  tx: Queryable,
  common: { mineId: number; importId: number; recordedBy: number | null; recordedRevision: number },
  events: readonly BulkEvent[],
): Promise<number[]> {
  const of = <T>(read: (properties: BulkEvent['properties']) => T): T[] => events.map(event => read(event.properties));
  const rows = await insertSql.rows(tx, {
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
  });
  return rows.map(row => row.id);
}

/** Makes the cells of events on fresh land; `met` are those that lie on land of events with ids below `beforeId`. */
export const settleAlone = (
  tx: Queryable,
  ids: readonly number[],
  beforeId: number,
): Promise<{ cellIds: number[]; met: number[] }> => settleSql.one(tx, { ids, beforeId });

/** Ids of events that have to be judged one by one. */
export const listWorthALook = async (tx: Queryable, mineId: number, ids: readonly number[]): Promise<number[]> =>
  (await lookSql.rows(tx, { mineId, ids })).map(row => row.id);

/** Marks events that were recorded one by one as coming from an import. */
export async function markImported(tx: Queryable, eventId: number, importId: number): Promise<void> {
  await tx('land_event').where({ id: eventId }).orWhere({ assumed_for: eventId }).update({ import_id: importId });
}
