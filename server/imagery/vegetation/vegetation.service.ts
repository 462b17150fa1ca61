// What the scenes say about a mine: rows, means by stage, reference areas, agreement.
import { can } from '../../accounts/policy.ts';
import type { BiodiversityService } from '../../biodiversity/biodiversity.service.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database } from '../../platform/db/database.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { getIndex, isOfPlants } from '../indices.ts';
import { ALGORITHM_VERSION } from '../statistics/judge-zone.ts';
import { judgeAgreement, SCENES_TO_AGREE } from './judge-agreement.ts';
import { METHOD } from './method.ts';
import type { AgreementRow, VegetationAnswer, VegetationQuery, VegetationRow } from './vegetation.contract.ts';
import * as repository from './vegetation.repository.ts';
import type { LandSource, RowPage, StatisticsFilter } from './vegetation.repository.ts';

export interface VegetationService {
  /**
   * The public sees the land of the newest published period, and no scene later than it; who may read the working ledger
   * sees that. @throws AppError `not-found` when there is no such mine
   */
  read(viewer: Viewer, mineId: number, query: VegetationQuery): Promise<VegetationAnswer>;
}

interface View {
  readonly source: VegetationAnswer['source'];
  readonly land: LandSource;
  /** Last day that may be shown of land. */
  readonly until: string | null;
}

export function createVegetationService(deps: {
  db: Database;
  mines: MinesService;
  biodiversity: BiodiversityService;
  jobs: Jobs;
  now?: () => Date;
}): VegetationService {
  const { db, mines, biodiversity, jobs, now = () => new Date() } = deps;

  async function viewOf(viewer: Viewer, mineId: number, organisationId: number): Promise<View> {
    if (can(viewer, 'land.readWorking', { organisationId })) {
      return { source: 'working', land: { mineId, periodId: null }, until: null };
    }
    const period = await repository.findLatestPeriod(db.knex, mineId);
    if (period === null) return { source: 'none', land: { mineId, periodId: 0 }, until: null };
    return { source: 'published', land: { mineId, periodId: period.id }, until: period.asAt };
  }

  async function readRows(
    viewer: Viewer,
    view: View,
    query: VegetationQuery,
    filter: StatisticsFilter,
  ): Promise<{ items: VegetationRow[]; nextCursor: string | null }> {
    const [acquiredOn, sceneId, targetId] = startAfter(query.cursor, cursorKey.dateIdAndTarget);
    const hasStart = acquiredOn !== undefined && sceneId !== undefined && targetId !== undefined;
    const page: RowPage = {
      targetId: query.targetId ?? null,
      limit: query.limit + 1,
      after: hasStart ? { acquiredOn, sceneId, targetId } : null,
    };
    const rows = await listRows(viewer, view, query, filter, page);
    return cutPage(rows, query.limit, row => [row.acquiredOn, row.sceneId, row.targetId]);
  }

  function listRows(
    viewer: Viewer,
    { land, until }: View,
    { target }: VegetationQuery,
    filter: StatisticsFilter,
    page: RowPage,
  ): Promise<VegetationRow[]> {
    if (target === 'facilities') return repository.listFacilityRows(db.knex, land.mineId, filter, page);
    if (target === 'habitats') {
      return listHabitatRows(viewer, land.mineId, filter, page);
    }
    return repository.listLandRows(db.knex, land, untilDay(filter, until), page);
  }

  /** The store is chosen before the query is made; what is read of hidden habitats is written down as a place is. */
  async function listHabitatRows(
    viewer: Viewer,
    mineId: number,
    filter: StatisticsFilter,
    page: RowPage,
  ): Promise<VegetationRow[]> {
    const { scope } = biodiversity.audienceOf(viewer);
    if (scope.store === 'public') {
      return biodiversity.readAsPublic(open => repository.listOpenHabitatRows(open, mineId, filter, page));
    }
    const rows = await repository.listExactHabitatRows(db.knex, mineId, scope.categories, filter, page);
    const shown = new Map(rows.map(({ targetId, sensitivity }) => [String(targetId), sensitivity]));
    const read = [...shown].map(([id, sensitivity]) => ({ id, sensitivity }));
    await biodiversity.logExactAccess(viewer, 'vegetation', 'habitat', read);
    return rows.map(({ sensitivity: _sensitivity, ...row }) => row);
  }

  async function readAgreement(land: LandSource, filter: StatisticsFilter, ofPlants: boolean): Promise<AgreementRow[]> {
    const asAt = filter.to ?? now().toISOString().slice(0, 10);
    const cells = await repository.listReclaimed(db.knex, land, asAt);
    if (cells.length === 0) return [];
    if (!ofPlants) {
      return cells.map(cell => ({
        ...cell,
        status: 'insufficient-data',
        reason: 'index-not-of-plants',
        have: 0,
        need: SCENES_TO_AGREE,
      }));
    }
    const byEvent = new Map<number, repository.ObservationRow[]>();
    for (const row of await repository.listObservations(db.knex, land, filter)) {
      byEvent.set(row.eventId, [...(byEvent.get(row.eventId) ?? []), row]);
    }
    const hasReference = await repository.hasReferenceArea(db.knex, land.mineId);
    return cells.map(cell => judgeAgreement({ ...cell, observations: byEvent.get(cell.eventId) ?? [] }, hasReference));
  }

  return {
    async read(viewer, mineId, query) {
      const { organisationId } = await mines.getOwner(mineId);
      const view = await viewOf(viewer, mineId, organisationId);
      const filter: StatisticsFilter = {
        index: query.index,
        bands: getIndex(query.index).bands,
        version: ALGORITHM_VERSION,
        from: query.from ?? null,
        to: query.to ?? null,
        sceneId: query.scene ?? null,
        publicOnly: viewer.role === 'public',
      };
      const ofLand = untilDay(filter, view.until);
      const { items, nextCursor } = await readRows(viewer, view, query, filter);
      const isLand = query.target === 'land';
      const answer: VegetationAnswer = {
        index: query.index,
        target: query.target,
        source: view.source,
        items,
        nextCursor,
        byStage: isLand ? await repository.listStageRows(db.knex, view.land, ofLand) : [],
        reference: await repository.listReferenceRows(db.knex, mineId, filter),
        agreement: isLand ? await readAgreement(view.land, ofLand, isOfPlants(query.index)) : [],
        method: METHOD,
      };
      await askForMissing(mineId, answer);
      return answer;
    },
  };

  /**
   * Land, facilities, habitats and reference areas change in rooms that know nothing of scenes: whoever finds a number
   * missing has it computed. At most one such job a mine is open at a time.
   */
  async function askForMissing(mineId: number, { items, reference }: VegetationAnswer): Promise<void> {
    const missing = [...items, ...reference].filter(row => row.status === 'not-computed');
    if (missing.length === 0) return;
    // Scenes still being taken in have a job of their own.
    const isReady = await repository.anySceneReady(db.knex, [...new Set(missing.map(row => row.sceneId))]);
    if (!isReady) return;
    await db.transaction(tx =>
      jobs.enqueue(tx, 'zonal-mine', { mineId }, { key: `mine:${mineId}`, subject: { kind: 'mine', id: mineId } }),
    );
  }
}

function untilDay(filter: StatisticsFilter, until: string | null): StatisticsFilter {
  if (until === null) return filter;
  return { ...filter, to: filter.to !== null && filter.to < until ? filter.to : until };
}
