import { z } from 'zod';
import { featureOf, isoDate, polygonalGeometry } from '../platform/http/geojson.ts';
import { multiPolygonAnswer } from './mines.contract.ts';
import { BOUNDARY_KINDS } from './reference/vocabulary.ts';
import { findingAnswer } from './finding.contract.ts';

const boundaryKind = z.enum(BOUNDARY_KINDS);
export type BoundaryKind = z.infer<typeof boundaryKind>;

/** One version of an outline. Validity is half-open: valid on `validFrom`, no longer on `validTo` (null = still valid). */
const boundaryAnswer = z.object({
  id: z.number().int(),
  kind: boundaryKind,
  validFrom: z.string(),
  validTo: z.string().nullable(),
  areaM2: z.number(),
  declaredAreaM2: z.number().nullable(),
  docRef: z.string().nullable(),
  geometry: multiPolygonAnswer,
  revision: z.number().int(),
});
export type BoundaryAnswer = z.infer<typeof boundaryAnswer>;

export const boundaryListQuery = z.object({
  kind: boundaryKind.optional(),
  asAt: isoDate.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  cursor: z.string().max(200).optional(),
});
export type BoundaryListQuery = z.infer<typeof boundaryListQuery>;

/** A version that was just added, with what is worth a warning about it. */
export const recordedBoundary = boundaryAnswer.extend({ findings: z.array(findingAnswer) });
export type RecordedBoundary = z.infer<typeof recordedBoundary>;

export const boundaryList = z.object({ items: z.array(boundaryAnswer), nextCursor: z.string().nullable() });

/** `supersedes`: id of the version of the same kind that ends where this one begins. */
export const newBoundary = featureOf(
  polygonalGeometry,
  z.strictObject({
    kind: boundaryKind,
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null),
    docRef: z.string().max(200).nullable().default(null),
    declaredAreaM2: z
      .number()
      .positive()
      .max(1e12)
      .nullable()
      .default(null)
      .describe('area that the document gives, m²; compared with the one that the outline has'),
    supersedes: z.number().int().positive().optional(),
  }),
);
export type NewBoundary = z.infer<typeof newBoundary>;
