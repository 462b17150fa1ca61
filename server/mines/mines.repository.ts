import type { Box, MultiPolygon } from '../../gis/types.ts';
import type { Queryable } from '../platform/db/database.ts';
import { loadSql } from '../platform/db/load-sql.ts';
import { nameConstraint } from '../platform/db/pg-errors.ts';
import type { MineItem, MineListQuery } from './mines.contract.ts';

nameConstraint('uq_mine_code', 'mine-code-taken');

/** A mine as the database knows it: what a list shows, what it shows alone, and the owner that rules ask for. */
export interface MineRow extends MineItem {
  readonly organisationId: number;
  readonly startOn: string | null;
  readonly endOn: string | null;
  readonly licenceNo: string | null;
  readonly landRevision: number;
  /** Periods published so far. */
  readonly publishedCount: number;
  readonly geometry: MultiPolygon | null;
}

export interface MineFields {
  readonly organisationId: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly province: string | null;
  readonly mineral: string;
  readonly method: string;
  readonly status: string;
  readonly startOn: string | null;
  readonly endOn: string | null;
  readonly licenceNo: string | null;
}

/** A row of the tile layer `mines`: one boundary version. Areas in m², WKB in EPSG:4326. */
export interface MineTileRow {
  readonly id: number;
  readonly mineId: number;
  readonly kind: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly mineral: string;
  readonly status: string;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

const listSql = loadSql<MineRow>('mines/sql/list-mines.sql');
const ownerSql = loadSql<MineOwner>('mines/sql/find-mine-owner.sql');
const tileSql = loadSql<MineTileRow>('mines/sql/mine-tile-rows.sql');

const NO_FILTER = {
  mineId: null,
  west: null,
  south: null,
  east: null,
  north: null,
  q: null,
  organisation: null,
  province: null,
  mineral: null,
  status: null,
  afterCode: null,
  limit: 1,
  withGeometry: false,
};

export function listMines(
  db: Queryable,
  filter: Omit<MineListQuery, 'cursor'> & { afterCode: string | undefined },
): Promise<MineRow[]> {
  const [west = null, south = null, east = null, north = null] = filter.bbox ?? [];
  return listSql.rows(db, {
    ...NO_FILTER,
    west,
    south,
    east,
    north,
    q: filter.q || null,
    organisation: filter.organisation ?? null,
    province: filter.province ?? null,
    mineral: filter.mineral ?? null,
    status: filter.status ?? null,
    afterCode: filter.afterCode ?? null,
    limit: filter.limit,
  });
}

export const findMine = (db: Queryable, mineId: number): Promise<MineRow | undefined> =>
  listSql.find(db, { ...NO_FILTER, mineId, withGeometry: true });

export interface MineOwner {
  readonly id: number;
  readonly code: string;
  readonly organisationId: number;
  readonly province: string | null;
  readonly startOn: string | null;
  readonly endOn: string | null;
  /** First day without a licence; null while the last version of it has no end. */
  readonly licenceEndOn: string | null;
  readonly landRevision: number;
}

export const findMineOwner = (db: Queryable, mineId: number): Promise<MineOwner | undefined> =>
  ownerSql.find(db, { mineId });

const columnsOf = (fields: MineFields) => ({
  organisation_id: fields.organisationId,
  name_zh: fields.nameZh,
  name_en: fields.nameEn,
  province: fields.province,
  mineral: fields.mineral,
  method: fields.method,
  status: fields.status,
  start_on: fields.startOn,
  end_on: fields.endOn,
  licence_no: fields.licenceNo,
});

export async function insertMine(db: Queryable, code: string, fields: MineFields): Promise<number> {
  const [row] = (await db('mine')
    .insert({ code, ...columnsOf(fields) })
    .returning('id')) as { id: number }[];
  if (!row) throw new Error('insert into mine returned no row');
  return row.id;
}

/** False when the revision is no longer the current one. */
export async function updateMine(db: Queryable, id: number, revision: number, fields: MineFields): Promise<boolean> {
  const changed = await db('mine')
    .where({ id, revision })
    .update({ ...columnsOf(fields), revision: revision + 1 });
  return changed === 1;
}

export const listMineTileRows = (db: Queryable, asAt: string, box: Box): Promise<MineTileRow[]> =>
  tileSql.rows(db, { asAt, west: box[0], south: box[1], east: box[2], north: box[3] });

export const listMineIdsOf = async (db: Queryable, organisationIds: readonly number[]): Promise<number[]> =>
  (await db('mine')
    .whereIn('organisation_id', [...organisationIds])
    .pluck('id')) as number[];

export async function sumLandRevisions(db: Queryable, organisationIds: readonly number[]): Promise<number> {
  const row = (await db('mine')
    .whereIn('organisation_id', [...organisationIds])
    .sum({ total: 'land_revision' })
    .first()) as { total: number | null } | undefined;
  return Number(row?.total ?? 0);
}
