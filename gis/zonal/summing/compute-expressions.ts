import { planZonal } from '../compute-zonal.ts';
import type { ZonalResult, ZonalResults } from '../compute-zonal.ts';
import { compileExpression } from '../expression.ts';
import type { BandRole, Expression } from '../expression.ts';
import type { ZonalPlan, ZonalRequest } from '../zonal-plan.ts';
import { sumTogether } from './sum-together.ts';

/** One band as it was read: by the caller's numbers where there are any, else by those that the file states. */
export interface UsedBand {
  readonly role: BandRole;
  readonly band: number;
  /** Value = sample * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  readonly noData: number | undefined;
  readonly scaleFrom: 'caller' | 'file';
}

export interface ExpressionsResult {
  /** What the figures rest on. */
  readonly bands: readonly UsedBand[];
  /** By expression, zone by zone in the order of the request. */
  readonly results: Partial<Readonly<Record<Expression, ZonalResult[]>>>;
}

/**
 * Several expressions in one pass: zones are shaped once, blocks are read and decoded once for all expressions on the same grid, and the
 * answer states the scale and offset of each band.
 */
export async function computeExpressions(
  request: Omit<ZonalRequest, 'expression'>,
  expressions: readonly Expression[],
): Promise<ExpressionsResult> {
  const plans: ZonalPlan[] = [];
  for (const expression of new Set(expressions)) {
    const asked = { ...request, expression };
    const shared = plans.find(plan => gridImage(plan.request) === gridImage(asked));
    const { roles } = compileExpression(expression, request.expressionOptions);
    const isWhole = roles.every(role => request.bands[role] !== undefined);
    plans.push(shared !== undefined && isWhole ? { ...shared, request: asked } : planZonal(asked));
  }
  const results: Partial<Record<Expression, ZonalResult[]>> = {};
  const all = await sumTogether(plans);
  for (const [index, { request: asked }] of plans.entries()) {
    results[asked.expression ?? 'band'] = [...(all[index] as ZonalResults)];
  }
  return { bands: describeBands(plans), results };
}

const gridImage = ({ bands, expression, expressionOptions }: ZonalPlan['request']) =>
  bands[compileExpression(expression ?? 'band', expressionOptions).roles[0] as BandRole]?.file.image;

function describeBands(plans: readonly ZonalPlan[]): UsedBand[] {
  const used = new Map<BandRole, UsedBand>();
  for (const { request } of plans) {
    for (const role of compileExpression(request.expression ?? 'band', request.expressionOptions).roles) {
      const source = request.bands[role];
      if (source === undefined) continue;
      const { band, file } = source;
      const known = file.bands[band - 1];
      const scaleFrom = source.scale === undefined && source.offset === undefined ? 'file' : 'caller';
      const [scale, offset] = [source.scale ?? known?.scale ?? 1, source.offset ?? known?.offset ?? 0];
      used.set(role, { role, band, scale, offset, noData: source.noData ?? file.noData, scaleFrom });
    }
  }
  return [...used.values()];
}
