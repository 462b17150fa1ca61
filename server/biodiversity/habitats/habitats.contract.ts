import { z } from 'zod';
import { inBoth } from '../../platform/http/schema/in-both.ts';
import { multiPolygonAnswer } from '../../mines/mines.contract.ts';
import { bboxParam, featureOf, isoDate, polygonalGeometry } from '../../platform/http/geojson.ts';
import { HABITAT_CODES, HABITAT_USES } from '../reference/vocabulary.ts';
import { taxonBrief } from '../taxa/taxa.contract.ts';

const name = z.string().trim().min(1).max(200);
const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, inBoth('month and day such as 04-15', '应为月和日，例如 04-15'));
const habitatCode = z.enum(HABITAT_CODES as [string, ...string[]]);

export const habitatParams = z.object({ id: z.coerce.number().int().positive(), hid: z.uuid() });

/**
 * A habitat patch. A sensitive one exists only for viewers who may read its exact place; there is no blurred form.
 * `quality` 0..1; season as MM-DD, may run over the new year; `geometry` null only in the answer to a writer who may not read it.
 */
export const habitatAnswer = z.object({
  id: z.uuid(),
  mineId: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  habitatCode: z.string(),
  habitatNameZh: z.string(),
  habitatNameEn: z.string(),
  uses: z.array(z.enum(HABITAT_USES)),
  seasonFrom: z.string().nullable(),
  seasonTo: z.string().nullable(),
  quality: z.number().nullable(),
  sensitivity: z.number().int().min(0).max(4),
  taxa: z.array(taxonBrief),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  supersedes: z.uuid().nullable(),
  areaM2: z.number().nullable(),
  geometry: multiPolygonAnswer.nullable(),
  revision: z.number().int(),
});
export type HabitatAnswer = z.infer<typeof habitatAnswer>;

export const habitatListQuery = z.object({
  bbox: bboxParam.optional(),
  asAt: isoDate.optional(),
  habitatCode: habitatCode.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type HabitatListQuery = z.infer<typeof habitatListQuery>;

export const habitatList = z.object({ items: z.array(habitatAnswer), nextCursor: z.string().nullable() });

const properties = {
  nameZh: name,
  nameEn: name,
  habitatCode,
  uses: z.array(z.enum(HABITAT_USES)).max(6),
  seasonFrom: monthDay.nullable(),
  seasonTo: monthDay.nullable(),
  quality: z.number().min(0).max(1).nullable(),
  /** May tighten the category that the taxa call for; only a steward may loosen it, with a reason. */
  sensitivity: z.number().int().min(0).max(4),
  sensitivityReason: z.string().trim().min(3).max(1000),
  taxonIds: z.array(z.number().int().positive()).max(200),
  validFrom: isoDate,
  validTo: isoDate.nullable(),
};

/** `supersedes`: id of the patch version that ends where this one begins. */
export const newHabitat = featureOf(
  polygonalGeometry,
  z.strictObject({
    ...properties,
    uses: properties.uses.default([]),
    seasonFrom: properties.seasonFrom.default(null),
    seasonTo: properties.seasonTo.default(null),
    quality: properties.quality.default(null),
    sensitivity: properties.sensitivity.optional(),
    sensitivityReason: properties.sensitivityReason.optional(),
    taxonIds: properties.taxonIds.default([]),
    validTo: properties.validTo.default(null),
    supersedes: z.uuid().optional(),
  }),
);
export type NewHabitat = z.infer<typeof newHabitat>;

export const habitatPatch = z.strictObject({ ...properties, geometry: polygonalGeometry }).partial();
export type HabitatPatch = z.infer<typeof habitatPatch>;
