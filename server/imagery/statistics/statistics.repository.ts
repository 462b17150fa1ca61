// Which numbers are missing, and where they are written; no rules.
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql, type Statement } from '../../platform/db/load-sql.ts';
import { INDEX_CODES, getIndex, type IndexCode } from '../indices.ts';
import type { ZoneMeasure } from './measure-zones.ts';

export interface MissingTarget {
  readonly kind: 'land' | 'facilities' | 'habitats' | 'reference';
  readonly targetId: string;
  readonly targetVersion: number;
  readonly areaM2: number;
  readonly wkb: Uint8Array;
  /** Those of the indices asked for that it lacks. */
  readonly indices: readonly IndexCode[];
}

/** Open land, or the hidden habitats: chosen before a query is made, never read together. */
export type TargetStore = 'open' | 'restricted';

export interface TargetMeasures {
  readonly target: Pick<MissingTarget, 'kind' | 'targetId' | 'targetVersion'>;
  readonly measures: readonly ZoneMeasure[];
}

const missing: Readonly<Record<TargetStore, Statement<MissingTarget>>> = {
  open: loadSql('imagery/statistics/sql/targets-missing.open.sql'),
  restricted: loadSql('imagery/statistics/sql/targets-missing.restricted.sql'),
};
const missingScenes: Readonly<Record<TargetStore, Statement<{ id: number }>>> = {
  open: loadSql('imagery/statistics/sql/scenes-missing.open.sql'),
  restricted: loadSql('imagery/statistics/sql/scenes-missing.restricted.sql'),
};
const openCount = loadSql<{ missing: number }>('imagery/statistics/sql/target-count.open.sql');
const scenesBehind = loadSql<{ id: number }>('imagery/statistics/sql/scenes-behind.sql');
const storeRows = loadSql<{ id: number }>('imagery/statistics/sql/store-zonal-stats.sql');
const dropOlder = loadSql<{ id: number }>('imagery/statistics/sql/drop-older-stats.sql');

/** What each index needs, for questions over scenes with different bands. */
const INDEX_BANDS = JSON.stringify(Object.fromEntries(INDEX_CODES.map(code => [code, getIndex(code).bands])));

/** One scene, one version of the computation, and the indices that the scene's bands allow. */
export interface Wanted {
  readonly sceneId: number;
  readonly version: number;
  readonly indices: readonly IndexCode[];
}

const wantedParams = ({ sceneId, version, indices }: Wanted) => ({
  sceneId,
  version,
  indices: JSON.stringify(indices),
});

/** At most `limit` targets and about `maxPoints` vertices, neighbours together. */
export const listMissingTargets = (
  db: Queryable,
  store: TargetStore,
  wanted: Wanted,
  limit: number,
  maxPoints: number,
): Promise<MissingTarget[]> => missing[store].rows(db, { ...wantedParams(wanted), limit, maxPoints });

/** Open targets only: how many hidden ones there are is nobody's to know, not even from a job's progress. */
export const countOpenMissing = async (db: Queryable, wanted: Wanted): Promise<number> =>
  (await openCount.one(db, wantedParams(wanted))).missing;

/** Ready scenes on which something of the mine, open or hidden, lacks rows of this version. */
export async function listScenesMissing(db: Queryable, mineId: number, version: number): Promise<number[]> {
  const open = await missingScenes.open.rows(db, { mineId, version, indexBands: INDEX_BANDS });
  const hidden = await missingScenes.restricted.rows(db, { mineId, version, indexBands: INDEX_BANDS });
  return [...new Set([...open, ...hidden].map(({ id }) => id))].toSorted((a, b) => a - b);
}

/** Ready scenes computed before an index was, or by an older version. */
export async function listScenesBehind(db: Queryable, version: number): Promise<number[]> {
  return (await scenesBehind.rows(db, { version, indexBands: INDEX_BANDS })).map(({ id }) => id);
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

/** Cells asked about by one statement: of a file's hundred thousand the first few nearly always tell. */
const CELLS_A_QUESTION = 2_000;

/** Whether one of the cells lies on a ready scene of its time: else there is nothing to compute. */
export async function anyCellSeen(db: Queryable, cellIds: readonly number[]): Promise<boolean> {
  if ((await db('scene').where('state', 'ready').first('id')) === undefined) return false;
  for (let from = 0; from < cellIds.length; from += CELLS_A_QUESTION) {
    const row = (await db('land_ground as c')
      .join('scene as s', join => join.on(db.raw('s.footprint && c.geom')))
      .whereIn('c.id', cellIds.slice(from, from + CELLS_A_QUESTION))
      .where('s.state', 'ready')
      .whereRaw('c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)')
      .first('c.id')) as { id: number } | undefined;
    if (row !== undefined) return true;
  }
  return false;
}
