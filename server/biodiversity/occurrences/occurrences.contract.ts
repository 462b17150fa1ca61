import { z } from 'zod';
import { bboxParam, featureOf, isoDate, pointGeometry } from '../../platform/http/geojson.ts';
import { BASES_OF_RECORD, HABITAT_USES, OCCURRENCE_STATUSES } from '../reference/vocabulary.ts';
import { taxonBrief } from '../taxa/taxa.contract.ts';

const text = z.string().trim().min(1).max(2000);

export const occurrenceParams = z.object({ id: z.coerce.number().int().positive(), oid: z.uuid() });

/** One record of a taxon at a place on a day (Darwin Core terms). A sensitive one exists only for viewers who may read its exact place. */
export const occurrenceAnswer = z.object({
  id: z.uuid(),
  mineId: z.number().int(),
  surveyId: z.uuid().nullable(),
  taxon: taxonBrief.nullable(),
  eventDate: z.string(),
  individualCount: z.number().int().nullable(),
  basisOfRecord: z.enum(BASES_OF_RECORD),
  occurrenceStatus: z.enum(OCCURRENCE_STATUSES),
  coordinateUncertaintyM: z.number().nullable(),
  lifeStage: z.string().nullable(),
  behavior: z.string().nullable(),
  use: z.enum(HABITAT_USES).nullable(),
  recordedBy: z.string().nullable(),
  remarks: z.string().nullable(),
  sensitivity: z.number().int().min(0).max(4),
  geometry: z.object({ type: z.literal('Point'), coordinates: z.array(z.number()) }).nullable(),
  revision: z.number().int(),
});
export type OccurrenceAnswer = z.infer<typeof occurrenceAnswer>;

export const occurrenceListQuery = z.object({
  bbox: bboxParam.optional(),
  taxon: z.coerce.number().int().positive().optional(),
  from: isoDate.optional(),
  to: isoDate.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type OccurrenceListQuery = z.infer<typeof occurrenceListQuery>;

export const occurrenceList = z.object({ items: z.array(occurrenceAnswer), nextCursor: z.string().nullable() });

/**
 * The taxon by `taxonId` or by `scientificName` (matched exactly; an unknown one is refused). A record without taxon is
 * hidden as category 2 until it has one. `use` says what the animal used the place for, and decides the category.
 */
export const newOccurrence = featureOf(
  pointGeometry,
  z.strictObject({
    taxonId: z.number().int().positive().nullable().default(null),
    scientificName: z.string().trim().min(3).max(200).optional(),
    surveyId: z.uuid().nullable().default(null),
    eventDate: isoDate,
    individualCount: z.number().int().min(0).max(10_000_000).nullable().default(null),
    basisOfRecord: z.enum(BASES_OF_RECORD).default('HumanObservation'),
    occurrenceStatus: z.enum(OCCURRENCE_STATUSES).default('detected'),
    coordinateUncertaintyM: z.number().positive().max(1_000_000).nullable().default(null),
    use: z.enum(HABITAT_USES).nullable().default(null),
    lifeStage: text.nullable().default(null),
    behavior: text.nullable().default(null),
    recordedBy: text.nullable().default(null),
    remarks: text.nullable().default(null),
    sensitivity: z.number().int().min(0).max(4).optional(),
    sensitivityReason: z.string().trim().min(3).max(1000).optional(),
  }),
);
export type NewOccurrence = z.infer<typeof newOccurrence>;
