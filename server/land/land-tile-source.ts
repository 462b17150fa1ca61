import type { StageCode } from '../../gis/ledger/stages.ts';
import type { EvidenceGrade, Scope } from '../../gis/ledger/vocabulary.ts';
import type { Box } from '../../gis/types.ts';
import type { Queryable } from '../platform/db/database.ts';
import { loadSql } from '../platform/db/load-sql.ts';

/** A cell of the layer `land`. Area m², WKB in EPSG:4326. `id` is the cell's. */
export interface LandTileRow {
  readonly id: number;
  readonly mineId: number;
  readonly eventId: number;
  readonly stage: StageCode;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly since: string;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

/** A finding of the layer `findings`. Area m², WKB in EPSG:4326. */
export interface FindingTileRow {
  readonly id: number;
  readonly mineId: number;
  readonly eventId: number | null;
  readonly boundaryId: number | null;
  readonly code: string;
  readonly severity: string;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

const workingSql = loadSql<LandTileRow>('land/sql/tiles/land.sql');
const publishedSql = loadSql<LandTileRow>('land/sql/tiles/land-published.sql');
const findingsSql = loadSql<FindingTileRow>('land/sql/findings/tile-rows.sql');

const edges = (box: Box | undefined) => {
  const [west = null, south = null, east = null, north = null] = box ?? [];
  return { west, south, east, north };
};

/**
 * Land cells valid on a date whose box meets `box` (absent = everywhere). `published` = the newest published period of each mine, with
 * the date held to its last day. Who may see which is decided by the caller.
 */
export const landTileRows = (
  db: Queryable,
  audience: 'working' | 'published',
  asAt: string,
  box?: Box,
): Promise<LandTileRow[]> => (audience === 'working' ? workingSql : publishedSql).rows(db, { asAt, ...edges(box) });

/** Findings about events and boundaries in force on a date. Working ledger only: never for the public. */
export const findingTileRows = (db: Queryable, asAt: string, box?: Box): Promise<FindingTileRow[]> =>
  findingsSql.rows(db, { asAt, ...edges(box) });
