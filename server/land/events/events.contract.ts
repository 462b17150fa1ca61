import { z } from 'zod';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { DAMAGE_TYPES, EVIDENCE_GRADES, REASONS, SCOPES } from '../../../gis/ledger/vocabulary.ts';
import { multiPolygonAnswer } from '../../mines/mines.contract.ts';
import { featureOf, isoDate, polygonalGeometry } from '../../platform/http/geojson.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';
import { findingAnswer } from '../../mines/finding.contract.ts';

export const eventParams = z.object({
  id: z.coerce.number().int().positive(),
  eid: z.coerce.number().int().positive(),
});

const eventProperties = z.strictObject({
  stage: z.enum(STAGE_CODES),
  effectiveOn: isoDate.describe('first day on which the land is in this stage'),
  scope: z.enum(SCOPES).default('LIC'),
  evidenceGrade: z.enum(EVIDENCE_GRADES).default('E0'),
  reason: z.enum(REASONS).nullable().default(null).describe('required where land goes back to a lower stage'),
  damageType: z.enum(DAMAGE_TYPES).nullable().default(null),
  severity: z.int().min(1).max(3).nullable().default(null),
  facilityId: z.int().positive().nullable().default(null),
  rightRef: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('id of the new right under which certified land is taken again'),
  declaredAreaM2: z
    .number()
    .positive()
    .max(1e12)
    .nullable()
    .default(null)
    .describe('area that the drawing was declared with, m²; compared with the one that it has'),
  replaces: z.int().positive().nullable().default(null).describe('event that this one takes the place of'),
});

export const newEvent = featureOf(polygonalGeometry, eventProperties);
export type NewEvent = z.output<typeof newEvent>;

export const eventAnswer = z.object({
  id: z.int(),
  stage: z.enum(STAGE_CODES),
  effectiveOn: z.string(),
  recordedAt: z.string(),
  recordedBy: z.int().nullable(),
  scope: z.enum(SCOPES),
  evidenceGrade: z.enum(EVIDENCE_GRADES),
  reason: z.enum(REASONS).nullable(),
  rightRef: z.string().nullable(),
  damageType: z.enum(DAMAGE_TYPES).nullable(),
  severity: z.int().nullable(),
  facilityId: z.int().nullable(),
  areaM2: z.number(),
  declaredAreaM2: z.number().nullable(),
  retractedAt: z.string().nullable(),
  retractReason: z.string().nullable(),
  replacesId: z.int().nullable(),
  assumed: z.boolean().describe('damage that nobody recorded, assumed beneath works on legacy land'),
  geometry: multiPolygonAnswer,
  revision: z.int(),
});
export type EventAnswer = z.output<typeof eventAnswer>;

const wording = z.object({ en: z.string(), zh: z.string() });

export const recordedEvent = eventAnswer.extend({
  landRevision: z.int(),
  assumedEventId: z.int().nullable(),
  findings: z.array(findingAnswer),
  repairs: z.array(z.string()),
});
export type RecordedEvent = z.output<typeof recordedEvent>;

export const retractBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export const eventListQuery = z.object({ ...pageQuery, asAt: isoDate.optional() });
export type EventListQuery = z.output<typeof eventListQuery>;
export const eventList = pageOf(eventAnswer);

export const previewAnswer = z.object({
  areaM2: z.number().nullable().describe('null, like the next three, where the outline itself is faulty'),
  perimeterM: z.number().nullable(),
  insideBoundaryM2: z.number().nullable(),
  outsideBoundaryM2: z.number().nullable(),
  issues: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      position: z.tuple([z.number(), z.number()]).optional(),
      message: wording,
    }),
  ),
  repairs: z.array(z.string()),
  byStage: z.array(z.object({ stage: z.enum(STAGE_CODES), areaM2: z.number() })),
});
export type PreviewAnswer = z.output<typeof previewAnswer>;
