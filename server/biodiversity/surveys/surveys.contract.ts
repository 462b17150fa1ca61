import { z } from 'zod';
import { isoDate } from '../../platform/http/geojson.ts';
import { inBoth } from '../../platform/http/schema/in-both.ts';
import { SURVEY_TYPES } from '../reference/vocabulary.ts';

const text = z.string().trim().min(1).max(2000);

/** A visit, transect, plot… under which occurrences are recorded. It has no geometry of its own. */
export const surveyAnswer = z.object({
  id: z.uuid(),
  mineId: z.number().int(),
  eventType: z.enum(SURVEY_TYPES),
  eventDate: z.string(),
  eventDateTo: z.string().nullable(),
  samplingProtocol: z.string().nullable(),
  sampleSizeValue: z.number().nullable(),
  sampleSizeUnit: z.string().nullable(),
  samplingEffort: z.string().nullable(),
  remarks: z.string().nullable(),
  sensitivity: z.number().int().min(0).max(4),
  revision: z.number().int(),
});
export type SurveyAnswer = z.infer<typeof surveyAnswer>;

export const surveyListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type SurveyListQuery = z.infer<typeof surveyListQuery>;

export const surveyList = z.object({ items: z.array(surveyAnswer), nextCursor: z.string().nullable() });

/** `sampleSizeValue` and `sampleSizeUnit` come together or not at all. Records of a sensitive survey are at least as sensitive. */
export const newSurvey = z
  .strictObject({
    eventType: z.enum(SURVEY_TYPES),
    eventDate: isoDate,
    eventDateTo: isoDate.nullable().default(null),
    samplingProtocol: text.nullable().default(null),
    sampleSizeValue: z.number().positive().nullable().default(null),
    sampleSizeUnit: z.string().trim().min(1).max(50).nullable().default(null),
    samplingEffort: text.nullable().default(null),
    remarks: text.nullable().default(null),
    sensitivity: z.number().int().min(0).max(4).default(0),
  })
  .refine(survey => (survey.sampleSizeValue === null) === (survey.sampleSizeUnit === null), {
    ...inBoth('sampleSizeValue and sampleSizeUnit come together', 'sampleSizeValue 与 sampleSizeUnit 须同时给出'),
    path: ['sampleSizeUnit'],
  })
  .refine(survey => survey.eventDateTo === null || survey.eventDate <= survey.eventDateTo, {
    ...inBoth('eventDateTo is before eventDate', 'eventDateTo 早于 eventDate'),
    path: ['eventDateTo'],
  });
export type NewSurvey = z.infer<typeof newSurvey>;
