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
  /** Names of the bands that the index needs. */
  readonly bands: readonly string[];
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

/** With the category that decides whether the reading is written down. */
export interface HabitatRow extends VegetationRow {
  readonly sensitivity: number;
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

const land = loadSql<VegetationRow>('imagery/vegetation/sql/vegetation-land.sql');
const facilities = loadSql<VegetationRow>('imagery/vegetation/sql/vegetation-facilities.sql');
const openHabitats = loadSql<VegetationRow>('imagery/vegetation/sql/vegetation-habitats.public.sql');
const exactHabitats = loadSql<HabitatRow>('imagery/vegetation/sql/vegetation-habitats.exact.sql');
const byStage = loadSql<StageSums>('imagery/vegetation/sql/vegetation-by-stage.sql');
const reference = loadSql<ReferenceRow>('imagery/vegetation/sql/vegetation-reference.sql');
const reclaimed = loadSql<ReclaimedRow>('imagery/vegetation/sql/reclaimed-cells.sql');
const observations = loadSql<ObservationRow>('imagery/vegetation/sql/reclaimed-observations.sql');

const filterParams = ({ bands, ...filter }: StatisticsFilter) => ({ ...filter, bands: JSON.stringify(bands) });

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
): Promise<VegetationRow[]> => land.rows(db, { ...source, ...filterParams(filter), ...pageParams(page) });

export const listFacilityRows = (
  db: Queryable,
  mineId: number,
  filter: StatisticsFilter,
  page: RowPage,
): Promise<VegetationRow[]> => facilities.rows(db, { mineId, ...filterParams(filter), ...pageParams(page) });

/** Open habitats alone; runs under the role of public reads. */
export const listOpenHabitatRows = (
  db: Queryable,
  mineId: number,
  filter: StatisticsFilter,
  page: RowPage,
): Promise<VegetationRow[]> => openHabitats.rows(db, { mineId, ...filterParams(filter), ...pageParams(page) });

/** Open habitats, and hidden ones of the given categories: each reading of those is to be written down. */
export const listExactHabitatRows = (
  db: Queryable,
  mineId: number,
  categories: readonly number[],
  filter: StatisticsFilter,
  page: RowPage,
): Promise<HabitatRow[]> =>
  exactHabitats.rows(db, {
    mineId,
    categories: JSON.stringify(categories),
    ...filterParams(filter),
    ...pageParams(page),
  });

export async function listStageRows(db: Queryable, source: LandSource, filter: StatisticsFilter): Promise<StageRow[]> {
  const rows = await byStage.rows(db, { ...source, ...filterParams(filter) });
  return rows.map(({ leftOutCount, leftOutM2, reason, ...row }) => ({
    ...row,
    leftOut: { cellCount: leftOutCount, areaM2: leftOutM2 },
    status: row.cellCount > 0 ? 'ok' : (reason ?? 'not-computed'),
  }));
}

export const listReferenceRows = (db: Queryable, mineId: number, filter: StatisticsFilter): Promise<ReferenceRow[]> =>
  reference.rows(db, { mineId, ...filterParams(filter) });

export const listReclaimed = (db: Queryable, source: LandSource, asAt: string): Promise<ReclaimedRow[]> =>
  reclaimed.rows(db, { ...source, asAt });

export const listObservations = (
  db: Queryable,
  source: LandSource,
  { sceneId: _sceneId, bands: _bands, ...filter }: StatisticsFilter,
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
