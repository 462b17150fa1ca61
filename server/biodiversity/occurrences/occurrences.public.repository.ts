import type { Box } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { OccurrenceAnswer } from './occurrences.contract.ts';

/** A record as either store gives it. */
export interface OccurrenceRow extends Omit<OccurrenceAnswer, 'taxon'> {
  readonly taxonId: number | null;
}

/** A row of the tile layer `occurrences`. WKB of a point in EPSG:4326. */
export interface OccurrenceTileRow {
  readonly id: string;
  readonly mineId: number;
  readonly scientificName: string | null;
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly eventDate: string;
  readonly sensitivity: number;
  readonly wkb: Uint8Array;
}

export interface OccurrenceFilter {
  readonly mineId: number;
  readonly occurrenceId?: string | undefined;
  readonly bbox?: readonly [number, number, number, number] | undefined;
  readonly taxon?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

export function toParams(filter: OccurrenceFilter) {
  const [west = null, south = null, east = null, north = null] = filter.bbox ?? [];
  return {
    mineId: filter.mineId,
    occurrenceId: filter.occurrenceId ?? null,
    west,
    south,
    east,
    north,
    taxonId: filter.taxon ?? null,
    from: filter.from ?? null,
    to: filter.to ?? null,
    afterId: filter.afterId ?? null,
    limit: filter.limit,
  };
}

const listSql = loadSql<OccurrenceRow>('biodiversity/occurrences/sql/list-occurrences.public.sql');
const tileSql = loadSql<OccurrenceTileRow>('biodiversity/occurrences/sql/occurrence-tile-rows.public.sql');

/** Open records only. */
export const listOpenOccurrences = (db: Queryable, filter: OccurrenceFilter): Promise<OccurrenceRow[]> =>
  listSql.rows(db, toParams(filter));

export const listOpenOccurrenceTileRows = (db: Queryable, asAt: string, box: Box): Promise<OccurrenceTileRow[]> =>
  tileSql.rows(db, { asAt, west: box[0], south: box[1], east: box[2], north: box[3] });
