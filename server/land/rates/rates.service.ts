import type { z } from 'zod';
import { computeAreas } from '../../../gis/ledger/areas.ts';
import { computeAnnualTerms } from '../../../gis/ledger/annual.ts';
import { isOverdue, OVERDUE_DEFINITION, overdueBefore } from '../../../gis/ledger/overdue.ts';
import { reconcile } from '../../../gis/ledger/reconciliation.ts';
import type { Scope } from '../../../gis/ledger/vocabulary.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { sourceName, type LedgerView } from '../partition/ledger-view.ts';
import * as ledger from '../partition/partition.repository.ts';
import { resolveView } from '../partition/resolve-view.ts';
import { dayAfter, dayBefore } from './calendar-days.ts';
import { assertDefinition, makeFigures, type Definition } from './figures.ts';
import { hashShares } from './ledger-hash.ts';
import { periodsBetween } from './periods-between.ts';
import type { restorationAnswer, RestorationQuery, seriesAnswer, SeriesQuery } from './rates.contract.ts';

export interface RatesService {
  /** Areas and rates of a mine on a date. @throws AppError `not-found`, `scope-mismatch`, `known-at-not-public` */
  getRestoration(viewer: Viewer, mineId: number, query: RestorationQuery): Promise<z.input<typeof restorationAnswer>>;
  /** The same over time, each period with its reconciliation. @throws AppError as above, `series-reversed`, `series-too-long` */
  getSeries(viewer: Viewer, mineId: number, query: SeriesQuery): Promise<z.input<typeof seriesAnswer>>;
}

export function createRatesService(deps: { db: Database; now?: () => Date }): RatesService {
  const { db, now = () => new Date() } = deps;
  const today = (): string => now().toISOString().slice(0, 10);

  const getFacts = async (mineId: number, asAt: string): Promise<ledger.MineFacts> => {
    const mine = await ledger.findMineFacts(db.knex, mineId, asAt, yearOf(asAt));
    if (!mine) throw notFound('mine', mineId);
    return mine;
  };

  const figuresAt = async (
    view: LedgerView,
    mine: ledger.MineFacts,
    asAt: string,
    definition: Definition,
    shares: readonly ledger.ShareRow[],
    yearToDate: readonly ledger.DatedTransition[],
  ) => {
    // Plan and responsibility range are those of the date that is answered, which may be earlier than the one asked for.
    const facts = await getFacts(mine.mineId, asAt);
    const plan = view.source === 'published' ? (mine.periodPlans?.[String(yearOf(asAt))] ?? null) : facts.plannedM2;
    return makeFigures(
      {
        shares,
        yearToDate,
        plannedM2: plan,
        responsibilityM2: facts.responsibilityM2,
        source: sourceName(view),
        ledgerHash: hashShares(shares),
      },
      definition,
    );
  };

  return {
    async getRestoration(viewer, mineId, query) {
      assertDefinition(query);
      const mine = await getFacts(mineId, query.asAt ?? today());
      const view = await resolveView(db.knex, viewer, mine, query, today());
      const { asAt } = view;
      const shares = await ledger.listShares(db.knex, view, asAt);
      const yearToDate = await ledger.listTransitions(db.knex, view, lastDayBeforeYear(asAt), asAt);
      const isWorking = sourceName(view) === 'working';
      return {
        asAt,
        knownAt: knownAtOf(view),
        ...(await figuresAt(view, mine, asAt, query, shares, yearToDate)),
        outOfBoundsM2: isWorking ? await ledger.sumOutOfBounds(db.knex, mineId, asAt) : null,
        overdue: {
          areaM2: view.source === 'none' ? null : sumOverdue(shares, asAt, query.scope),
          before: overdueBefore(asAt),
          definition: OVERDUE_DEFINITION,
        },
      };
    },

    async getSeries(viewer, mineId, query) {
      const { from, to, step, basis, scope } = query;
      if (from > to) throw new AppError('series-reversed', { from, to });
      assertDefinition(query);
      const mine = await getFacts(mineId, to);
      const view = await resolveView(db.knex, viewer, mine, { asAt: to, knownAt: query.knownAt }, today());
      if (view.source === 'none' || view.asAt <= from) return { from, to, step, items: [] };
      const periods = periodsBetween(from, view.asAt, step);
      const passed = await ledger.listTransitions(db.knex, view, lastDayBeforeYear(dayAfter(from)), view.asAt);
      const sharesAt = (asAt: string) => ledger.listShares(db.knex, view, asAt);
      const areasOf = (shares: readonly ledger.ShareRow[]) =>
        computeAreas(
          shares.filter(row => scope.includes(row.scope)),
          basis,
        );
      const items: z.input<typeof seriesAnswer>['items'] = [];
      let opening = await sharesAt(from);
      let openingRR1 = makeFigures(noContext(opening, sourceName(view)), query).rates.RR1.value;
      for (const period of periods) {
        const closing = await sharesAt(period.asAt);
        const yearToDate = passed.filter(t => t.onDate > lastDayBeforeYear(period.asAt) && t.onDate <= period.asAt);
        const within = passed.filter(t => t.onDate > period.from && t.onDate <= period.asAt);
        const figures = await figuresAt(view, mine, period.asAt, query, closing, yearToDate);
        const reconciliation = reconcile(areasOf(opening), areasOf(closing), within, basis, scope);
        const closingRR1 = figures.rates.RR1.value;
        items.push({
          from: period.from,
          asAt: period.asAt,
          knownAt: knownAtOf(view),
          ...figures,
          reconciliation,
          annual: computeAnnualTerms(reconciliation, areasOf(opening).netOutstanding, openingRR1, closingRR1),
        });
        opening = closing;
        openingRR1 = closingRR1;
      }
      return { from, to: view.asAt, step, items };
    },
  };
}

export const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The day before the first of January of a date's year. */
export const lastDayBeforeYear = (date: string): string => dayBefore(`${date.slice(0, 4)}-01-01`);

const knownAtOf = (view: LedgerView): string | null => ('knownAt' in view ? view.knownAt : null);

const sumOverdue = (shares: readonly ledger.ShareRow[], asAt: string, scope: readonly Scope[]): number =>
  shares.reduce((sum, row) => (scope.includes(row.scope) && isOverdue(row, asAt) ? sum + row.areaM2 : sum), 0);

const noContext = (shares: readonly ledger.ShareRow[], source: 'working' | 'published' | 'none') => ({
  shares,
  yearToDate: [],
  plannedM2: null,
  responsibilityM2: null,
  source,
  ledgerHash: '',
});
