import type { Box, MultiPolygon } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { HabitatAnswer } from './habitats.contract.ts';

/** A patch as either store gives it. */
export interface HabitatRow extends Omit<HabitatAnswer, 'habitatNameZh' | 'habitatNameEn' | 'taxa' | 'geometry'> {
  readonly taxonIds: number[];
  readonly geometry: MultiPolygon | null;
}

/** A row of the tile layer `habitats`. WKB in EPSG:4326. */
export interface HabitatTileRow {
  readonly id: string;
  readonly mineId: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly habitatCode: string;
  readonly sensitivity: number;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

export interface HabitatFilter {
  readonly mineId: number;
  readonly patchId?: string | undefined;
  readonly bbox?: readonly [number, number, number, number] | undefined;
  readonly asAt?: string | undefined;
  readonly habitatCode?: string | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

export function toParams(filter: HabitatFilter) {
  const [west = null, south = null, east = null, north = null] = filter.bbox ?? [];
  return {
    mineId: filter.mineId,
    patchId: filter.patchId ?? null,
    west,
    south,
    east,
    north,
    asAt: filter.asAt ?? null,
    habitatCode: filter.habitatCode ?? null,
    afterId: filter.afterId ?? null,
    limit: filter.limit,
  };
}

const listSql = loadSql<HabitatRow>('biodiversity/habitats/sql/list-habitats.public.sql');
const tileSql = loadSql<HabitatTileRow>('biodiversity/habitats/sql/habitat-tile-rows.public.sql');

/** Open patches only. */
export const listOpenHabitats = (db: Queryable, filter: HabitatFilter): Promise<HabitatRow[]> =>
  listSql.rows(db, toParams(filter));

export const listOpenHabitatTileRows = (db: Queryable, asAt: string, box: Box): Promise<HabitatTileRow[]> =>
  tileSql.rows(db, { asAt, west: box[0], south: box[1], east: box[2], north: box[3] });
