// Which numbers are missing, and where they are written; no rules.
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { ZoneMeasure } from './measure-zones.ts';

export interface MissingTarget {
  readonly kind: 'land' | 'facilities' | 'habitats' | 'reference';
  readonly targetId: string;
  readonly targetVersion: number;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
}

export interface TargetMeasures {
  readonly target: Pick<MissingTarget, 'kind' | 'targetId' | 'targetVersion'>;
  readonly measures: readonly ZoneMeasure[];
}

const missing = loadSql<MissingTarget>('imagery/sql/zonal-targets.sql');
const counts = loadSql<{ total: number; missing: number }>('imagery/sql/zonal-target-count.sql');
const storeRows = loadSql<{ id: number }>('imagery/sql/store-zonal-stats.sql');
const missingScenes = loadSql<{ id: number }>('imagery/sql/scenes-missing-stats.sql');

/** At most `limit` targets and about `maxPoints` vertices, neighbours together. */
export const listMissingTargets = (
  db: Queryable,
  sceneId: number,
  version: number,
  limit: number,
  maxPoints: number,
): Promise<MissingTarget[]> => missing.rows(db, { sceneId, version, limit, maxPoints });

export const countTargets = (
  db: Queryable,
  sceneId: number,
  version: number,
): Promise<{ readonly total: number; readonly missing: number }> => counts.one(db, { sceneId, version });

/** Ready scenes on which something of the mine has no rows of this version. */
export async function listScenesMissing(db: Queryable, mineId: number, version: number): Promise<number[]> {
  return (await missingScenes.rows(db, { mineId, version })).map(({ id }) => id);
}

/** Writes rows by their key, over what is there; drops those of older versions of the same targets. Returns how many. */
export async function storeMeasures(
  db: Queryable,
  sceneId: number,
  version: number,
  results: readonly TargetMeasures[],
): Promise<number> {
  const rows = results.flatMap(({ target, measures }) => measures.map(measure => ({ ...target, ...measure })));
  const written = await storeRows.rows(db, { sceneId, version, rows: JSON.stringify(rows.map(toRow)) });
  await db.raw(
    `delete from zonal_stat old using zonal_stat fresh
     where old.scene_id = ? and fresh.scene_id = old.scene_id and fresh.target_kind = old.target_kind
       and fresh.target_id = old.target_id and fresh.index_code = old.index_code
       and (fresh.target_version > old.target_version
         or fresh.target_version = old.target_version and fresh.algorithm_version > old.algorithm_version)
       and old.target_kind <> 'land'`,
    [sceneId],
  );
  return written.length;
}

const toRow = ({ wkb: _wkb, areaM2: _areaM2, ...row }: Partial<MissingTarget> & ZoneMeasure): Record<string, unknown> =>
  row;

/** Whether one of the cells lies on a ready scene of its time: else there is nothing to compute. */
export async function anyCellSeen(db: Queryable, cellIds: readonly number[]): Promise<boolean> {
  if (cellIds.length === 0) return false;
  const row = (await db('land_cell as c')
    .join('scene as s', join => join.on(db.raw('s.footprint && c.geom')))
    .whereIn('c.id', [...cellIds])
    .where('s.state', 'ready')
    .whereRaw('c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)')
    .first('c.id')) as { id: number } | undefined;
  return row !== undefined;
}
