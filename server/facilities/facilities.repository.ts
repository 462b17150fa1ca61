import type { Box, MultiPolygon } from '../../gis/types.ts';
import type { Queryable } from '../platform/db/database.ts';
import { loadSql } from '../platform/db/load-sql.ts';
import type { FacilityAnswer, FacilityListQuery } from './facilities.contract.ts';

export interface FacilityFields {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly geometry: MultiPolygon | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly status: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A row of the tile layer `facilities`. Areas in m², WKB in EPSG:4326. */
export interface FacilityTileRow {
  readonly id: number;
  readonly mineId: number;
  readonly type: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly status: string;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

const listSql = loadSql<FacilityAnswer>('facilities/sql/list-facilities.sql');
const insertSql = loadSql<{ id: number }>('facilities/sql/insert-facility.sql');
const updateSql = loadSql<{ id: number; revision: number }>('facilities/sql/update-facility.sql');
const tileSql = loadSql<FacilityTileRow>('facilities/sql/facility-tile-rows.sql');

export function listFacilities(
  db: Queryable,
  mineId: number,
  filter: Omit<FacilityListQuery, 'cursor'> & { afterId: number | undefined },
): Promise<FacilityAnswer[]> {
  return listSql.rows(db, {
    mineId,
    facilityId: null,
    type: filter.type ?? null,
    status: filter.status ?? null,
    asAt: filter.asAt ?? null,
    afterId: filter.afterId ?? null,
    limit: filter.limit,
  });
}

export const findFacility = (db: Queryable, mineId: number, facilityId: number): Promise<FacilityAnswer | undefined> =>
  listSql.find(db, { mineId, facilityId, type: null, status: null, asAt: null, afterId: null, limit: 1 });

const toParams = (fields: FacilityFields) => ({
  ...fields,
  geometry: fields.geometry === null ? null : JSON.stringify(fields.geometry),
  attributes: JSON.stringify(fields.attributes),
});

export async function insertFacility(
  db: Queryable,
  mineId: number,
  type: string,
  fields: FacilityFields,
): Promise<number> {
  return (await insertSql.one(db, { mineId, type, ...toParams(fields) })).id;
}

/** False when the revision is no longer the current one. */
export async function updateFacility(
  db: Queryable,
  facilityId: number,
  revision: number,
  fields: FacilityFields,
): Promise<boolean> {
  return (await updateSql.find(db, { facilityId, revision, ...toParams(fields) })) !== undefined;
}

export const listFacilityTileRows = (db: Queryable, asAt: string, box: Box): Promise<FacilityTileRow[]> =>
  tileSql.rows(db, { asAt, west: box[0], south: box[1], east: box[2], north: box[3] });
