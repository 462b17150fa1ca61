// Queries over zonal statistics; no rules.
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { CellObservation } from './judge-agreement.ts';
import type { ReferenceRow, StageRow, VegetationRow } from './vegetation.contract.ts';

/** Whose cells: the working ledger of the mine, or the copy of one published period. */
export interface LandSource {
  readonly mineId: number;
  readonly periodId: number | null;
}

export interface StatisticsFilter {
  readonly index: string;
  readonly version: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly sceneId: number | null;
  /** Leave out scenes that the public may not see. */
  readonly publicOnly: boolean;
}

export interface RowPage {
  readonly targetId: string | null;
  readonly limit: number;
  /** Last row of the page before. */
  readonly after: { readonly acquiredOn: string; readonly sceneId: number; readonly targetId: number | string } | null;
}

interface StageSums extends Omit<StageRow, 'leftOut' | 'status'> {
  readonly leftOutCount: number;
  readonly leftOutM2: number;
  readonly reason: StageRow['status'] | null;
}

export interface ReclaimedRow {
  readonly cellId: number;
  readonly eventId: number;
  readonly stage: string;
  readonly areaM2: number;
}

export interface ObservationRow extends CellObservation {
  readonly eventId: number;
}

const land = loadSql<VegetationRow>('imagery/sql/vegetation-land.sql');
const facilities = loadSql<VegetationRow>('imagery/sql/vegetation-facilities.sql');
const habitats = loadSql<VegetationRow>('imagery/sql/vegetation-habitats.sql');
const byStage = loadSql<StageSums>('imagery/sql/vegetation-by-stage.sql');
const reference = loadSql<ReferenceRow>('imagery/sql/vegetation-reference.sql');
const reclaimed = loadSql<ReclaimedRow>('imagery/sql/reclaimed-cells.sql');
const observations = loadSql<ObservationRow>('imagery/sql/reclaimed-observations.sql');

const pageParams = ({ targetId, limit, after }: RowPage): Record<string, unknown> => ({
  targetId,
  limit,
  afterOn: after?.acquiredOn ?? null,
  afterScene: after?.sceneId ?? null,
  afterTarget: after?.targetId ?? null,
});

export const listLandRows = (
  db: Queryable,
  source: LandSource,
  filter: StatisticsFilter,
  page: RowPage,
): Promise<VegetationRow[]> => land.rows(db, { ...source, ...filter, ...pageParams(page) });

export const listFacilityRows = (
  db: Queryable,
  mineId: number,
  filter: StatisticsFilter,
  page: RowPage,
): Promise<VegetationRow[]> => facilities.rows(db, { mineId, ...filter, ...pageParams(page) });

/** Open habitats, and those of the given categories. */
export const listHabitatRows = (
  db: Queryable,
  mineId: number,
  categories: readonly number[],
  filter: StatisticsFilter,
  page: RowPage,
): Promise<VegetationRow[]> =>
  habitats.rows(db, { mineId, categories: `{${categories.join(',')}}`, ...filter, ...pageParams(page) });

export async function listStageRows(db: Queryable, source: LandSource, filter: StatisticsFilter): Promise<StageRow[]> {
  const rows = await byStage.rows(db, { ...source, ...filter });
  return rows.map(({ leftOutCount, leftOutM2, reason, ...row }) => ({
    ...row,
    leftOut: { cellCount: leftOutCount, areaM2: leftOutM2 },
    status: row.cellCount > 0 ? 'ok' : (reason ?? 'not-computed'),
  }));
}

export const listReferenceRows = (db: Queryable, mineId: number, filter: StatisticsFilter): Promise<ReferenceRow[]> =>
  reference.rows(db, { mineId, ...filter });

export const listReclaimed = (db: Queryable, source: LandSource, asAt: string): Promise<ReclaimedRow[]> =>
  reclaimed.rows(db, { ...source, asAt });

export const listObservations = (
  db: Queryable,
  source: LandSource,
  { sceneId: _sceneId, ...filter }: StatisticsFilter,
): Promise<ObservationRow[]> => observations.rows(db, { ...source, ...filter });

/** The latest published period of the mine; null when nothing is published. */
export async function findLatestPeriod(
  db: Queryable,
  mineId: number,
): Promise<{ readonly id: number; readonly asAt: string } | null> {
  const row = (await db('published_period')
    .where({ mine_id: mineId })
    .orderBy([
      { column: 'as_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('id', { asAt: 'as_at' })) as { id: number; asAt: string } | undefined;
  return row ?? null;
}

export async function hasReferenceArea(db: Queryable, mineId: number): Promise<boolean> {
  return (await db('reference_area').where({ mine_id: mineId }).first('id')) !== undefined;
}

export async function anySceneReady(db: Queryable, sceneIds: readonly number[]): Promise<boolean> {
  const row = (await db('scene')
    .whereIn('id', [...sceneIds])
    .where('state', 'ready')
    .first('id')) as { id: number } | undefined;
  return row !== undefined;
}
