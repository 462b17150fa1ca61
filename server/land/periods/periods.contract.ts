import { z } from 'zod';
import { isoDate } from '../../platform/http/geojson.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';

export const newPeriod = z.strictObject({ asAt: isoDate });

export const periodAnswer = z.object({
  id: z.int(),
  asAt: z.string(),
  knownAt: z.string(),
  publishedAt: z.string(),
  landRevision: z.int(),
  definitionVersion: z.string(),
  ledgerHash: z.string(),
});
export type PeriodAnswer = z.output<typeof periodAnswer>;

export const periodListQuery = z.object(pageQuery);
export type PeriodListQuery = z.output<typeof periodListQuery>;
export const periodList = pageOf(periodAnswer);

export const planAnswer = z.object({
  year: z.int(),
  plannedM2: z.number(),
  source: z.string().nullable(),
  revision: z.int(),
});
export type PlanAnswer = z.output<typeof planAnswer>;
export const planList = z.object({ items: z.array(planAnswer) });

export const putPlan = z.strictObject({
  year: z.int().min(1900).max(2200),
  plannedM2: z.number().min(0).max(1e11),
  source: z.string().trim().max(500).nullable().default(null),
});
export type PutPlan = z.output<typeof putPlan>;
