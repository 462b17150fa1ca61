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
const dropOlder = loadSql<{ id: number }>('imagery/sql/drop-older-stats.sql');
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

/** Targets written by one statement: parsing thousands of rows at once would hold up whoever does it. */
const TARGETS_A_STATEMENT = 250;

/** Writes rows by their key, over what is there; drops those of older versions of the same targets. Returns how many. */
export async function storeMeasures(
  db: Queryable,
  sceneId: number,
  version: number,
  results: readonly TargetMeasures[],
): Promise<number> {
  let written = 0;
  for (let from = 0; from < results.length; from += TARGETS_A_STATEMENT) {
    const rows = results
      .slice(from, from + TARGETS_A_STATEMENT)
      .flatMap(({ target, measures }) => measures.map(measure => ({ ...target, ...measure })));
    written += (await storeRows.rows(db, { sceneId, version, rows: JSON.stringify(rows) })).length;
  }
  await dropOlder.rows(db, { sceneId });
  return written;
}

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
