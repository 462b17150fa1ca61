import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { PeriodAnswer, PlanAnswer, PutPlan } from './periods.contract.ts';

const insertSql = loadSql<{ id: number }>('land/sql/publish/insert-period.sql');
const copySql = loadSql<{ copied: number }>('land/sql/publish/copy-cells.sql');
const listSql = loadSql<PeriodAnswer>('land/sql/publish/list-periods.sql');

/** Copies the mine's ledger up to a date into a new, final period. */
export async function insertPeriod(
  tx: Queryable,
  period: { mineId: number; asAt: string; accountId: number | null; definitionVersion: string; reportYear: number },
): Promise<number> {
  const { id } = await insertSql.one(tx, period);
  await copySql.one(tx, { periodId: id });
  return id;
}

/** Newest first. */
export const listPeriods = (
  db: Queryable,
  mineId: number,
  page: { afterId: number | null; limit: number },
): Promise<PeriodAnswer[]> => listSql.rows(db, { mineId, periodId: null, ...page });

export const findPeriod = (db: Queryable, mineId: number, periodId: number): Promise<PeriodAnswer | undefined> =>
  listSql.find(db, { mineId, periodId, afterId: null, limit: 1 });

/** Last day of the newest period of all mines; null when nothing is published. */
export async function findLatestPublished(db: Queryable): Promise<string | null> {
  const row = (await db('published_period').max({ asAt: 'as_at' }).first()) as { asAt: string | null } | undefined;
  return row?.asAt ?? null;
}

/** Days as at which the mine was published, on or after a day, oldest first. */
export async function listPublishedFrom(db: Queryable, mineId: number, day: string): Promise<string[]> {
  const rows = (await db('published_period')
    .where({ mine_id: mineId })
    .where('as_at', '>=', day)
    .distinct({ asAt: 'as_at' })
    .orderBy('asAt')) as { asAt: string }[];
  return rows.map(({ asAt }) => asAt);
}

const planColumns = {
  year: 'year',
  plannedM2: 'planned_m2',
  areas: 'areas',
  source: 'source',
  revision: 'revision',
} as const;

export const listPlans = async (db: Queryable, mineId: number): Promise<PlanAnswer[]> =>
  (await db('annual_plan').where({ mine_id: mineId }).orderBy('year').select(planColumns)) as PlanAnswer[];

export const findPlan = async (db: Queryable, mineId: number, year: number): Promise<PlanAnswer | undefined> =>
  (await db('annual_plan').where({ mine_id: mineId, year }).forUpdate().first(planColumns)) as PlanAnswer | undefined;

export async function insertPlan(tx: Queryable, mineId: number, plan: PutPlan): Promise<void> {
  await tx('annual_plan').insert({
    mine_id: mineId,
    year: plan.year,
    planned_m2: plan.plannedM2,
    areas: plan.areas,
    source: plan.source,
  });
}

export async function replacePlan(tx: Queryable, mineId: number, plan: PutPlan, revision: number): Promise<void> {
  await tx('annual_plan')
    .where({ mine_id: mineId, year: plan.year })
    .update({ planned_m2: plan.plannedM2, areas: plan.areas, source: plan.source, revision: revision + 1 });
}

/** Area of the responsibility range in force today, m²; null where there is none. */
export async function findResponsibilityM2(db: Queryable, mineId: number): Promise<number | null> {
  const row = (await db('boundary')
    .where({ mine_id: mineId, kind: 'RESP' })
    .whereRaw('valid_from <= current_date and (valid_to is null or valid_to > current_date)')
    .first({ areaM2: 'area_m2' })) as { areaM2: number } | undefined;
  return row?.areaM2 ?? null;
}
