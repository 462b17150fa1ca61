import { woundPolygonsFromWkb } from '../../../gis/geometry/wound-polygons-from-wkb.ts';
import type { StageArea } from '../../../gis/ledger/areas.ts';
import type { Transition } from '../../../gis/ledger/reconciliation.ts';
import type { StageCode } from '../../../gis/ledger/stages.ts';
import type { EvidenceGrade, Scope } from '../../../gis/ledger/vocabulary.ts';
import type { Box, MultiPolygon } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { LedgerView } from './ledger-view.ts';

/** A mine with what its rates need besides areas. Areas m². */
export interface MineFacts {
  readonly mineId: number;
  readonly code: string;
  readonly organisationId: number;
  readonly province: string | null;
  readonly mineral: string;
  readonly landRevision: number;
  /** Periods published so far. */
  readonly publishedCount: number;
  readonly plannedM2: number | null;
  readonly responsibilityM2: number | null;
  readonly periodId: number | null;
  readonly periodAsAt: string | null;
  readonly periodPlans: Readonly<Record<string, number>> | null;
}

/** One cell's share of a partition, without its geometry. */
export interface ShareRow extends StageArea {
  readonly eventId: number;
  readonly since: string;
}

/** Where the partition was derived afresh there is no stored cell, and `id` is the event's. */
export interface CellRow extends ShareRow {
  readonly id: number;
  readonly geometry: MultiPolygon;
}

export interface DatedTransition extends Transition {
  readonly onDate: string;
}

type RawCell = Omit<CellRow, 'geometry'> & { readonly wkb: string };
type RawTransition = DatedTransition & { readonly isRounding: boolean };

/** A stored cell for the rooms that measure it. `wkb` in EPSG:4326. Its shape never changes; only `validTo` may be set later. */
export interface StoredCell {
  readonly id: number;
  readonly mineId: number;
  readonly eventId: number;
  readonly stage: StageCode;
  readonly stageRank: number;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly since: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

const factsSql = loadSql<MineFacts>('land/sql/group/mine-facts.sql');
const changedSql = loadSql<{ changed: boolean }>('land/sql/known/changed-since.sql');
const partitionSql = loadSql<RawCell>('land/sql/read/partition.sql');
const knownPartitionSql = loadSql<RawCell>('land/sql/known/partition.sql');
const publishedPartitionSql = loadSql<RawCell>('land/sql/published/partition.sql');
const sharesSql = loadSql<ShareRow>('land/sql/read/shares.sql');
const knownSharesSql = loadSql<ShareRow>('land/sql/known/shares.sql');
const publishedSharesSql = loadSql<ShareRow>('land/sql/published/shares.sql');
const transitionsSql = loadSql<RawTransition>('land/sql/read/transitions.sql');
const knownTransitionsSql = loadSql<RawTransition>('land/sql/known/transitions.sql');
const publishedTransitionsSql = loadSql<RawTransition>('land/sql/published/transitions.sql');
const cellsSql = loadSql<Omit<StoredCell, 'wkb'> & { wkb: string }>('land/sql/read/cells.sql');
const nearSql = loadSql<{ wkb: string }>('land/sql/read/cells-near.sql');
const outOfBoundsSql = loadSql<{ areaM2: number }>('land/sql/read/out-of-bounds.sql');

/** Every mine, with the plan of `year` and the responsibility range valid on `asAt`. */
export const listMineFacts = (db: Queryable, asAt: string, year: number): Promise<MineFacts[]> =>
  factsSql.rows(db, { asAt, year, mineId: null });

export const findMineFacts = (
  db: Queryable,
  mineId: number,
  asAt: string,
  year: number,
): Promise<MineFacts | undefined> => factsSql.find(db, { asAt, year, mineId });

/** Whether the mine's ledger has learnt anything after an instant. */
export const hasChangedSince = async (db: Queryable, mineId: number, knownAt: string): Promise<boolean> =>
  (await changedSql.one(db, { mineId, knownAt })).changed;

/** The partition of a view at its date, ordered by event. */
export async function listCells(db: Queryable, view: LedgerView): Promise<CellRow[]> {
  // Sorted here: the database would sort whole geometries.
  const rows = (await rawCells(db, view)).toSorted((a, b) => a.eventId - b.eventId);
  return rows.map(({ wkb, ...cell }) => ({ ...cell, geometry: woundPolygonsFromWkb(fromBase64(wkb)) }));
}

function rawCells(db: Queryable, view: LedgerView): Promise<RawCell[]> {
  if (view.source === 'working') return partitionSql.rows(db, { mineId: view.mineId, asAt: view.asAt });
  if (view.source === 'known') {
    return knownPartitionSql.rows(db, { mineId: view.mineId, asAt: view.asAt, knownAt: view.knownAt });
  }
  if (view.source === 'published') return publishedPartitionSql.rows(db, { periodId: view.periodId, asAt: view.asAt });
  return Promise.resolve([]);
}

/** The shares of a view's partition on a date, ordered by event. */
export function listShares(db: Queryable, view: LedgerView, asAt: string): Promise<ShareRow[]> {
  if (view.source === 'working') return sharesSql.rows(db, { mineId: view.mineId, asAt });
  if (view.source === 'known') return knownSharesSql.rows(db, { mineId: view.mineId, asAt, knownAt: view.knownAt });
  if (view.source === 'published') return publishedSharesSql.rows(db, { periodId: view.periodId, asAt });
  return Promise.resolve([]);
}

/**
 * What passed from stage to stage in (afterDate, untilDate], by day. What the overlay grid rounded away counts as a correction, so that
 * it neither vanishes from the sums nor poses as land.
 */
export async function listTransitions(
  db: Queryable,
  view: LedgerView,
  afterDate: string,
  untilDate: string,
): Promise<DatedTransition[]> {
  const rows = await rawTransitions(db, view, { afterDate, untilDate });
  return rows.map(asTransition);
}

export function asTransition<T extends Transition & { readonly isRounding: boolean }>(row: T): T {
  return row.isRounding ? { ...row, reason: 'CORR' } : row;
}

function rawTransitions(
  db: Queryable,
  view: LedgerView,
  range: { afterDate: string; untilDate: string },
): Promise<RawTransition[]> {
  if (view.source === 'working') return transitionsSql.rows(db, { mineId: view.mineId, ...range });
  if (view.source === 'known') {
    return knownTransitionsSql.rows(db, { mineId: view.mineId, knownAt: view.knownAt, ...range });
  }
  if (view.source === 'published') return publishedTransitionsSql.rows(db, { periodId: view.periodId, ...range });
  return Promise.resolve([]);
}

/** Cells by id, or those of a mine whose validity meets [fromDate, toDate]; what is not given does not restrict. */
export async function listStoredCells(
  db: Queryable,
  filter: {
    mineId?: number | undefined;
    cellIds?: readonly number[] | undefined;
    fromDate?: string | undefined;
    toDate?: string | undefined;
  },
): Promise<StoredCell[]> {
  const rows = await cellsSql.rows(db, {
    mineId: filter.mineId ?? null,
    cellIds: filter.cellIds === undefined ? null : `{${filter.cellIds.join(',')}}`,
    fromDate: filter.fromDate ?? null,
    toDate: filter.toDate ?? null,
  });
  return rows.map(row => ({ ...row, wkb: fromBase64(row.wkb) }));
}

/** Outlines of the land that is recorded of a mine without end and meets one of the boxes, at most `most` of them. */
export async function listOutlinesNear(
  db: Queryable,
  near: { readonly mineId: number; readonly boxes: readonly Box[]; readonly most: number },
): Promise<MultiPolygon[]> {
  const side = (index: 0 | 1 | 2 | 3): string => `{${near.boxes.map(box => box[index]).join(',')}}`;
  const sides = { wests: side(0), souths: side(1), easts: side(2), norths: side(3) };
  const rows = await nearSql.rows(db, { mineId: near.mineId, most: near.most, ...sides });
  return rows.map(({ wkb }) => woundPolygonsFromWkb(fromBase64(wkb)));
}

/** Disturbed land outside every boundary that allows it, overlaps counted once, m². */
export const sumOutOfBounds = async (db: Queryable, mineId: number, asAt: string): Promise<number> =>
  (await outOfBoundsSql.one(db, { mineId, asAt })).areaM2;

const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
