import type { MultiPolygon } from '../../../gis/types.ts';
import type { StageCode } from '../../../gis/ledger/stages.ts';
import type { DamageType, EvidenceGrade, Reason, Scope } from '../../../gis/ledger/vocabulary.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import { nameConstraint } from '../../platform/db/pg-errors.ts';
import type { FindingRow } from '../findings/findings.repository.ts';
import type { EventAnswer } from './events.contract.ts';

nameConstraint('chk_land_event_geom_valid', 'land-geometry-refused');
nameConstraint('chk_never_deleted', 'ledger-record-kept');
nameConstraint('chk_published_final', 'published-final');

/** An event as the ledger keeps it, with the owner that rules ask for. Areas m², lengths m. */
export interface EventRow extends EventAnswer {
  readonly mineId: number;
  readonly organisationId: number;
  readonly perimeterM: number;
  readonly recordedRevision: number;
}

export interface EventInsert {
  readonly mineId: number;
  readonly geometry: MultiPolygon;
  readonly stage: StageCode;
  readonly effectiveOn: string;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly reason: Reason | null;
  readonly rightRef: string | null;
  readonly damageType: DamageType | null;
  readonly severity: number | null;
  readonly facilityId: number | null;
  readonly declaredAreaM2: number | null;
  readonly replacesId: number | null;
  readonly assumedFor: number | null;
  readonly recordedBy: number | null;
  readonly recordedRevision: number;
}

export interface SuspectRow {
  readonly eventId: number;
  /** Whose land it was; null for land that came from nothing. */
  readonly fromEventId: number | null;
  readonly fault:
    | 'reclaimed-never-disturbed'
    | 'backward-without-reason'
    | 'certified-without-right'
    | 'footprint-shrinks'
    | 'accepted-too-early';
  /** First day on which the land has been in its stage long enough, where that is the fault. */
  readonly earliestOn: string | null;
}

/** Land that breaks a rule: area in m² and a point inside it. */
export interface FaultyLand {
  readonly eventId: number;
  readonly effectiveOn: string;
  readonly stage: StageCode;
  readonly fromStage: StageCode | null;
  readonly areaM2: number;
  readonly lng: number;
  readonly lat: number;
}

const lockSql = loadSql<{ landRevision: number }>('land/sql/write/lock-mine.sql', { keepPlan: true });
const insertSql = loadSql<{ id: number }>('land/sql/write/insert-event.sql', { keepPlan: true });
const settleSql = loadSql<{ cellIds: number[] }>('land/sql/write/settle.sql', { keepPlan: true });
const retractSql = loadSql<{ id: number }>('land/sql/write/retract-event.sql');
const transitionsSql = loadSql<SuspectRow>('land/sql/write/transitions.sql', { keepPlan: true });
const shapeSql = loadSql<FaultyLand>('land/sql/check/suspect-shape.sql');
const undisturbedSql = loadSql<{ geometryJson: string; areaM2: number }>('land/sql/check/undisturbed-part.sql');
const findingsSql = loadSql<FindingRow>('land/sql/check/findings.sql', { keepPlan: true });
const listSql = loadSql<EventRow>('land/sql/read/list-events.sql', { keepPlan: true });
const placeSql = loadSql<Placement>('land/sql/check/place.sql', { keepPlan: true });
const previewSql = loadSql<PreviewRow>('land/sql/check/preview.sql');
const staleSql = loadSql<{ id: number }>('land/sql/read/events-since-revision.sql');

export interface PreviewRow {
  readonly areaM2: number;
  readonly perimeterM: number;
  readonly insideM2: number;
  readonly byStage: readonly { readonly stage: StageCode; readonly areaM2: number }[];
}

/** Locks the mine's ledger for the transaction and gives this write its revision; undefined when there is no such mine. */
export const lockLedger = async (tx: Queryable, mineId: number): Promise<number | undefined> =>
  (await lockSql.find(tx, { mineId }))?.landRevision;

export async function insertEvent(tx: Queryable, event: EventInsert): Promise<number> {
  const { geometry, ...fields } = event;
  return (await insertSql.one(tx, { ...fields, geometryJson: JSON.stringify(geometry) })).id;
}

/** Brings the cells up to date after events of one date were recorded or retracted; answers the ids of cells that are new. */
export const settleCells = async (tx: Queryable, eventIds: readonly number[]): Promise<number[]> =>
  (await settleSql.one(tx, { eventIds })).cellIds;

/** Rewrites what passed into every event that one of these touches; answers what may break a rule. */
export const writeTransitions = (tx: Queryable, eventIds: readonly number[]): Promise<SuspectRow[]> =>
  transitionsSql.rows(tx, { eventIds });

/** The land of a suspect passage beyond drawing noise; undefined where it is all noise. */
export const findFaultyLand = (tx: Queryable, suspect: SuspectRow): Promise<FaultyLand | undefined> =>
  shapeSql.find(tx, { eventId: suspect.eventId, fromEventId: suspect.fromEventId, fault: suspect.fault });

/** The part of an outline that was never disturbed by the end of the date; undefined where there is none. */
export async function findUndisturbedPart(
  tx: Queryable,
  mineId: number,
  geometry: MultiPolygon,
  effectiveOn: string,
): Promise<MultiPolygon | undefined> {
  const row = await undisturbedSql.find(tx, { mineId, geometryJson: JSON.stringify(geometry), effectiveOn });
  return row === undefined ? undefined : (JSON.parse(row.geometryJson) as MultiPolygon);
}

/** Judges events against boundaries, other mines and scopes, stores what is worth a warning and answers it. */
export const writeFindings = (tx: Queryable, eventIds: readonly number[]): Promise<FindingRow[]> =>
  findingsSql.rows(tx, { eventIds });

export const markRetracted = async (
  tx: Queryable,
  retraction: { eventId: number; accountId: number | null; retractReason: string; landRevision: number },
): Promise<boolean> => (await retractSql.find(tx, retraction)) !== undefined;

/** Assumed damage that was recorded for the sake of an event, is still in force, and from which nothing else has passed on. */
export async function listAssumedOnlyFor(tx: Queryable, eventId: number): Promise<number[]> {
  const rows = (await tx('land_event as e')
    .where({ assumed_for: eventId })
    .whereNull('retracted_at')
    .whereNotExists(tx('land_transition as t').where('t.from_event_id', tx.ref('e.id')))
    .orderBy('id')
    .select('id')) as { id: number }[];
  return rows.map(row => row.id);
}

export function listEvents(
  db: Queryable,
  mineId: number,
  filter: { afterId: number | null; asAt: string | null; limit: number },
): Promise<EventRow[]> {
  return listSql.rows(db, { mineId, eventId: null, ...filter });
}

export const findEvent = (db: Queryable, mineId: number, eventId: number): Promise<EventRow | undefined> =>
  listSql.find(db, { mineId, eventId, afterId: null, asAt: null, limit: 1 });

/** `distanceM` from the nearest outline of the mine, null where it meets one or there is none to go by; a point inside the drawing. */
export interface Placement {
  readonly distanceM: number | null;
  readonly lng: number;
  readonly lat: number;
}

/** How far an outline lies from those of its mine. */
export const findPlacement = (
  db: Queryable,
  mineId: number,
  geometry: MultiPolygon,
  effectiveOn: string,
): Promise<Placement> => placeSql.one(db, { mineId, geometryJson: JSON.stringify(geometry), effectiveOn });

/** The events of a mine that were not retracted, in the order in which they lie over each other. */
export const listStanding = async (db: Queryable, mineId: number): Promise<{ id: number; effectiveOn: string }[]> =>
  (await db('land_event')
    .where({ mine_id: mineId })
    .whereNull('retracted_at')
    .orderBy(['effective_on', 'id'])
    .select({ id: 'id', effectiveOn: 'effective_on' })) as { id: number; effectiveOn: string }[];

/** Ids of events recorded or retracted after a revision of the ledger, oldest first. */
export const listEventsSince = async (db: Queryable, mineId: number, landRevision: number): Promise<number[]> =>
  (await staleSql.rows(db, { mineId, landRevision })).map(row => row.id);

export async function belongsToMine(db: Queryable, facilityId: number, mineId: number): Promise<boolean> {
  return (await db('facility').where({ id: facilityId, mine_id: mineId }).first('id')) !== undefined;
}

/** What an outline would cover on a date, without storing anything. Areas m². */
export const previewOutline = (
  db: Queryable,
  mineId: number,
  geometry: MultiPolygon,
  effectiveOn: string,
): Promise<PreviewRow> => previewSql.one(db, { mineId, geometryJson: JSON.stringify(geometry), effectiveOn });
