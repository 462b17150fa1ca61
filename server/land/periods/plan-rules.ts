import { AppError } from '../../platform/errors.ts';
import { wordProblem } from '../../platform/http/problem.ts';
import type { PlanAnswer, PutPlan, RecordedPlan } from './periods.contract.ts';

/**
 * A plan's areas are all of a year or all running totals, and running totals never fall. A plan of one year may change
 * from the one to the other.
 * @throws AppError `plan-areas-mixed`, `plan-total-decreases`
 */
export function assertPlanFits(plan: PutPlan, known: readonly PlanAnswer[]): void {
  const others = known.filter(({ year }) => year !== plan.year);
  const other = others.find(({ areas }) => areas !== plan.areas);
  if (other) throw new AppError('plan-areas-mixed', { existing: other.areas, given: plan.areas });
  if (plan.areas !== 'cumulative') return;
  const falls = others.find(({ year, plannedM2 }) =>
    year < plan.year ? plannedM2 > plan.plannedM2 : plannedM2 < plan.plannedM2,
  );
  if (!falls) return;
  const { year, plannedM2 } = plan;
  throw new AppError('plan-total-decreases', { year, plannedM2, otherYear: falls.year, otherM2: falls.plannedM2 });
}

/** All that a plan means to reclaim, m². */
const totalPlannedM2 = (plans: readonly PlanAnswer[]): number =>
  plans.reduce((sum, { areas, plannedM2 }) => (areas === 'cumulative' ? Math.max(sum, plannedM2) : sum + plannedM2), 0);

/** Says so where more is planned than the responsibility range holds. */
export function judgePlanTotal(
  plans: readonly PlanAnswer[],
  responsibilityM2: number | null,
): RecordedPlan['warnings'] {
  const totalM2 = totalPlannedM2(plans);
  if (responsibilityM2 === null || totalM2 <= responsibilityM2) return [];
  const code = 'plan-exceeds-responsibility';
  const params = { totalM2: Math.round(totalM2), responsibilityM2: Math.round(responsibilityM2) };
  return [{ code, params, message: wordProblem(code, params) }];
}
