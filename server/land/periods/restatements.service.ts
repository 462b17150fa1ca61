import { computeAreas } from '../../../gis/ledger/areas.ts';
import type { Basis } from '../../../gis/ledger/vocabulary.ts';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { LedgerView } from '../partition/ledger-view.ts';
import * as ledger from '../partition/partition.repository.ts';
import { listPeriods } from './periods.repository.ts';
import { hashShares } from '../rates/ledger-hash.ts';
import type { Restatement, RestatementQuery } from './restatements.contract.ts';

const learntSince = loadSql<Restatement['events'][number]>('land/sql/publish/learnt-since.sql');
const MAX_PERIODS = 200;
/** Figures that agree to this are the same figure: less than a hand's breadth of land. */
const SAME_M2 = 0.01;

export interface RestatementsService {
  /**
   * What published periods would say if they were published again today, newest first: only those that would say something else. A
   * period that a later one of the same day has replaced is not asked again.
   * @throws AppError `not-found`, `forbidden`, `sign-in-required`
   */
  list(viewer: Viewer, mineId: number, query: RestatementQuery): Promise<{ items: Restatement[] }>;
}

export function createRestatementsService(deps: { db: Database; mines: MinesService }): RestatementsService {
  const { db, mines } = deps;
  return {
    async list(viewer, mineId, { basis }) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', { organisationId });
      const periods = await listPeriods(db.knex, mineId, { afterId: null, limit: MAX_PERIODS });
      const newest = periods.filter((period, i) => periods.findIndex(other => other.asAt === period.asAt) === i);
      const items: Restatement[] = [];
      for (const { id: periodId, asAt, reportYear, publishedAt, knownAt } of newest) {
        const published = await figuresOf(db.knex, { source: 'published', periodId, asAt }, basis);
        const present = await figuresOf(db.knex, { source: 'working', mineId, asAt, knownAt: null }, basis);
        if (published.ledgerHash === present.ledgerHash || areSame(published, present)) continue;
        const changePp = published.RR1 === null || present.RR1 === null ? null : 100 * (present.RR1 - published.RR1);
        const events = await learntSince.rows(db.knex, { mineId, asAt, knownAt });
        items.push({ periodId, asAt, reportYear, publishedAt, knownAt, published, present, changePp, events });
      }
      return { items };
    },
  };
}

async function figuresOf(db: Queryable, view: LedgerView, basis: Basis): Promise<Restatement['published']> {
  const shares = await ledger.listShares(db, view, view.asAt);
  const areas = computeAreas(
    shares.filter(row => row.scope === 'LIC'),
    basis,
  );
  const reclaimedM2 = areas[`reclaimed${basis}`];
  return {
    grossDisturbedM2: areas.grossDisturbed,
    reclaimedM2,
    RR1: areas.grossDisturbed > 0 ? reclaimedM2 / areas.grossDisturbed : null,
    ledgerHash: hashShares(shares),
  };
}

const areSame = (a: Restatement['published'], b: Restatement['published']): boolean =>
  Math.abs(a.grossDisturbedM2 - b.grossDisturbedM2) < SAME_M2 && Math.abs(a.reclaimedM2 - b.reclaimedM2) < SAME_M2;
