import { z } from 'zod';
import { multiPolygonAnswer } from '../mines/mines.contract.ts';
import { featureOf, isoDate, polygonalGeometry } from '../platform/http/geojson.ts';
import { FACILITY_STATUSES, FACILITY_TYPES } from './reference/vocabulary.ts';

const name = z.string().trim().min(1).max(200);

export const facilityParams = z.object({
  id: z.coerce.number().int().positive(),
  fid: z.coerce.number().int().positive(),
});

/** A facility; `attributes` hold what only its type has. `geometry` and `areaM2` are null while no outline is drawn. */
export const facilityAnswer = z.object({
  id: z.number().int(),
  mineId: z.number().int(),
  type: z.enum(FACILITY_TYPES),
  nameZh: z.string(),
  nameEn: z.string(),
  status: z.enum(FACILITY_STATUSES),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  areaM2: z.number().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  geometry: multiPolygonAnswer.nullable(),
  revision: z.number().int(),
});
export type FacilityAnswer = z.infer<typeof facilityAnswer>;

export const facilityListQuery = z.object({
  type: z.enum(FACILITY_TYPES).optional(),
  status: z.enum(FACILITY_STATUSES).optional(),
  asAt: isoDate.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type FacilityListQuery = z.infer<typeof facilityListQuery>;

export const facilityList = z.object({ items: z.array(facilityAnswer), nextCursor: z.string().nullable() });

/** `status` may be left out for a tailings facility that gives `attributes.tailingsStatus`; otherwise `operate` is assumed. */
export const newFacility = featureOf(
  polygonalGeometry.nullable(),
  z.strictObject({
    type: z.enum(FACILITY_TYPES),
    nameZh: name,
    nameEn: name,
    status: z.enum(FACILITY_STATUSES).optional(),
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null),
    attributes: z.record(z.string(), z.unknown()).default({}),
  }),
);
export type NewFacility = z.infer<typeof newFacility>;

/** What is given replaces what was; inside `attributes` key by key, null removes a key. The type never changes. */
export const facilityPatch = z
  .strictObject({
    nameZh: name,
    nameEn: name,
    status: z.enum(FACILITY_STATUSES),
    validFrom: isoDate,
    validTo: isoDate.nullable(),
    attributes: z.record(z.string(), z.unknown()),
    geometry: polygonalGeometry.nullable(),
  })
  .partial();
export type FacilityPatch = z.infer<typeof facilityPatch>;
