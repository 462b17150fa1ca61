import type { SensitivityCategory } from '../../../gis/sensitivity/category.ts';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database } from '../../platform/db/database.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { mayReadExact } from '../policy.ts';
import type { PublicReader } from '../public-reader.ts';
import type { NewSurvey, SurveyAnswer, SurveyListQuery } from './surveys.contract.ts';
import { insertSurvey, listSurveys, type SurveyFilter } from './surveys.repository.ts';

export interface SurveysService {
  /** What the viewer may know of. @throws AppError `not-found` (mine) */
  list(
    viewer: Viewer,
    mineId: number,
    query: SurveyListQuery,
  ): Promise<{ items: SurveyAnswer[]; nextCursor: string | null }>;
  /** undefined when it does not exist for the viewer. */
  find(viewer: Viewer, mineId: number, id: string): Promise<SurveyAnswer | undefined>;
  /** @throws AppError `forbidden`, `not-found` (mine) */
  create(viewer: Viewer, mineId: number, survey: NewSurvey): Promise<SurveyAnswer>;
}

const CATEGORIES: readonly SensitivityCategory[] = [0, 1, 2, 3, 4];

export function createSurveysService(deps: {
  db: Database;
  mines: MinesService;
  readAsPublic: PublicReader;
}): SurveysService {
  const { db, mines, readAsPublic } = deps;

  const read = async (viewer: Viewer, filter: Omit<SurveyFilter, 'categories'>): Promise<SurveyAnswer[]> => {
    await mines.getOwner(filter.mineId);
    const categories = CATEGORIES.filter(category => mayReadExact(viewer, category));
    return categories.length === 1
      ? readAsPublic(open => listSurveys(open, { ...filter, categories }))
      : listSurveys(db.knex, { ...filter, categories });
  };

  return {
    async list(viewer, mineId, { limit, cursor }) {
      const [afterId] = startAfter(cursor, cursorKey.uuid);
      const rows = await read(viewer, { mineId, afterId, limit: limit + 1 });
      return cutPage(rows, limit, row => [row.id]);
    },

    find: async (viewer, mineId, id) => (await read(viewer, { mineId, id, limit: 1 }))[0],

    async create(viewer, mineId, survey) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'occurrence.write', { organisationId });
      return db.transaction(async tx => {
        const id = await insertSurvey(tx, mineId, survey);
        const [after] = await listSurveys(tx, { mineId, id, categories: CATEGORIES, limit: 1 });
        if (!after) throw new Error('survey vanished in its own transaction');
        await recordAudit(tx, viewer, {
          action: 'survey.create',
          subjectKind: 'survey',
          subjectId: id,
          before: null,
          after,
        });
        return after;
      });
    },
  };
}
