import type { MultiPolygon } from '../../../gis/types.ts';
import type { StageCode } from '../../../gis/ledger/stages.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';

/** What a finding says, before it is worded: area m², and a point inside the land. */
export interface FindingRow {
  readonly id: number;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly params: Readonly<Record<string, unknown>>;
  readonly areaM2: number;
  readonly lng: number;
  readonly lat: number;
}

export interface ListedFindingRow extends FindingRow {
  readonly eventId: number | null;
  readonly boundaryId: number | null;
  readonly onDate: string;
  readonly stage: StageCode | null;
  readonly createdAt: string;
  readonly geometry: MultiPolygon;
}

export interface FindingFilter {
  readonly asAt: string | null;
  readonly code: string | null;
  readonly severity: string | null;
  readonly afterId: number | null;
  readonly limit: number;
}

const listSql = loadSql<ListedFindingRow>('land/sql/findings/list.sql');

const boundarySql = loadSql<FindingRow & { mineId: number }>('land/sql/findings/boundary.sql');

/** Judges a new version of an outline, stores what is worth a warning, about its own mine and about others that it meets. */
export const writeBoundaryFindings = (
  db: Queryable,
  boundaryId: number,
): Promise<(FindingRow & { mineId: number })[]> => boundarySql.rows(db, { boundaryId });

/** Findings of a mine that stand, newest first. */
export const listFindings = (db: Queryable, mineId: number, filter: FindingFilter): Promise<ListedFindingRow[]> =>
  listSql.rows(db, { mineId, ...filter });
