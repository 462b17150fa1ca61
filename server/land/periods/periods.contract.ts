import { z } from 'zod';
import { isoDate } from '../../platform/http/geojson.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';

const year = z.int().min(1900).max(2200);

export const newPeriod = z.strictObject({
  asAt: isoDate,
  reportYear: year.optional().describe('year that the period is reported as; without it the calendar year of `asAt`'),
  confirmReportYear: z
    .boolean()
    .default(false)
    .describe('a reporting year that is not the calendar year of `asAt` is meant'),
});
export type NewPeriod = z.output<typeof newPeriod>;

/** Whether the areas of a plan are those of each year, or running totals; one plan never mixes them. */
const planAreas = z.enum(['incremental', 'cumulative']);

export const periodAnswer = z.object({
  id: z.int(),
  asAt: z.string(),
  reportYear: z.int(),
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

const planAnswer = z.object({
  year: z.int(),
  plannedM2: z.number(),
  areas: planAreas,
  source: z.string().nullable(),
  revision: z.int(),
});
export type PlanAnswer = z.output<typeof planAnswer>;
export const planList = z.object({ items: z.array(planAnswer) });

export const putPlan = z.strictObject({
  year,
  plannedM2: z.number().min(0).max(1e11),
  areas: planAreas
    .default('incremental')
    .describe('`cumulative` = running total; what a year adds is then known where the year before has a total'),
  source: z.string().trim().max(500).nullable().default(null),
});
export type PutPlan = z.output<typeof putPlan>;

/** A plan that was just set, with what is worth a word about it. */
export const recordedPlan = planAnswer.extend({
  warnings: z.array(
    z.object({
      code: z.string(),
      params: z.record(z.string(), z.unknown()),
      message: z.object({ en: z.string(), zh: z.string() }),
    }),
  ),
});
export type RecordedPlan = z.output<typeof recordedPlan>;
