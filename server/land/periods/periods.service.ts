import { DEFINITION_VERSION } from '../../../gis/ledger/definitions.ts';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError, staleRevision } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { lockMine } from '../mine-lock.ts';
import type {
  NewPeriod,
  PeriodAnswer,
  PeriodListQuery,
  PlanAnswer,
  PutPlan,
  RecordedPlan,
} from './periods.contract.ts';
import * as repository from './periods.repository.ts';
import { assertPlanFits, judgePlanTotal } from './plan-rules.ts';

/** What is published, with the defaults of the contract. */
export type NewPeriodInput = Pick<NewPeriod, 'asAt'> & Partial<NewPeriod>;

export interface PeriodsService {
  /** What was published of a mine, newest first; anybody may see it. */
  list(mineId: number, query: PeriodListQuery): Promise<{ items: PeriodAnswer[]; nextCursor: string | null }>;
  /** Makes the mine's ledger up to `asAt`, as it is known now, public and final. @throws AppError `period-in-future`, `report-year-differs`, `forbidden` */
  publish(viewer: Viewer, mineId: number, period: NewPeriodInput): Promise<PeriodAnswer>;
  /** Last day of the newest period of any mine; null when nothing is published. */
  getLatestPublishedAsAt(): Promise<string | null>;
  /** Days as at which a mine was published, oldest first: those that an event dated on or before them restates. */
  listPublishedDays(mineId: number): Promise<readonly string[]>;
  listPlans(viewer: Viewer, mineId: number): Promise<{ items: PlanAnswer[] }>;
  /** Sets the plan of a year; an existing one needs its revision. @throws AppError `plan-areas-mixed`, `plan-total-decreases`, `if-match-required`, `stale-revision`, `forbidden` */
  putPlan(viewer: Viewer, mineId: number, plan: PutPlan, ifMatch: number | undefined): Promise<RecordedPlan>;
}

/** Before every day that a period may have. */
const FIRST_DAY = '0001-01-01';

export function createPeriodsService(deps: { db: Database; mines: MinesService; now?: () => Date }): PeriodsService {
  const { db, mines, now = () => new Date() } = deps;
  return {
    async list(mineId, { cursor, limit }) {
      await mines.getOwner(mineId);
      const [afterId = null] = startAfter(cursor, cursorKey.id);
      const rows = await repository.listPeriods(db.knex, mineId, { afterId, limit: limit + 1 });
      return cutPage(rows, limit, row => [row.id]);
    },

    async publish(viewer, mineId, { asAt, confirmReportYear = false, ...given }) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'period.publish', { organisationId });
      if (asAt > now().toISOString().slice(0, 10)) throw new AppError('period-in-future', { asAt });
      const calendarYear = Number(asAt.slice(0, 4));
      const reportYear = given.reportYear ?? calendarYear;
      if (reportYear !== calendarYear && !confirmReportYear)
        throw new AppError('report-year-differs', { asAt, reportYear });
      return db.transaction(async tx => {
        // No event may slip in between the hash and the copy.
        await lockMine(tx, mineId);
        const accountId = viewer.accountId;
        const id = await repository.insertPeriod(tx, {
          mineId,
          asAt,
          accountId,
          definitionVersion: DEFINITION_VERSION,
          reportYear,
        });
        const after = await repository.findPeriod(tx, mineId, id);
        if (!after) throw new Error(`published period ${id} vanished in its own transaction`);
        await recordAudit(tx, viewer, {
          action: 'period.publish',
          subjectKind: 'published-period',
          subjectId: id,
          before: null,
          after: { ...after, mineId },
        });
        await bumpLayer(tx, 'land-published');
        return after;
      });
    },

    getLatestPublishedAsAt: () => repository.findLatestPublished(db.knex),

    listPublishedDays: mineId => repository.listPublishedFrom(db.knex, mineId, FIRST_DAY),

    async listPlans(viewer, mineId) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', { organisationId });
      return { items: await repository.listPlans(db.knex, mineId) };
    },

    async putPlan(viewer, mineId, plan, ifMatch) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'plan.write', { organisationId });
      return db.transaction(async tx => {
        const before = await repository.findPlan(tx, mineId, plan.year);
        if (before && ifMatch === undefined) throw new AppError('if-match-required');
        if (before && ifMatch !== before.revision) throw staleRevision(before.revision);
        // Two years of one plan must not be set against each other at once.
        await lockMine(tx, mineId);
        assertPlanFits(plan, await repository.listPlans(tx, mineId));
        if (before) await repository.replacePlan(tx, mineId, plan, before.revision);
        else await repository.insertPlan(tx, mineId, plan);
        const after = { ...plan, revision: (before?.revision ?? 0) + 1 };
        await recordAudit(tx, viewer, {
          action: 'plan.put',
          subjectKind: 'annual-plan',
          subjectId: `${mineId}/${plan.year}`,
          before: before ?? null,
          after,
        });
        const plans = await repository.listPlans(tx, mineId);
        const responsibilityM2 = await repository.findResponsibilityM2(tx, mineId);
        return { ...after, warnings: judgePlanTotal(plans, responsibilityM2) };
      });
    },
  };
}
