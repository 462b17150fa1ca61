import { z } from 'zod';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { EVIDENCE_GRADES, SCOPES } from '../../../gis/ledger/vocabulary.ts';
import { multiPolygonAnswer } from '../../mines/mines.contract.ts';
import { isoDate, isoInstant } from '../../platform/http/geojson.ts';

/** `asAt`: the state of the land on that day. `knownAt`: as the ledger knew it at that instant (working ledger only). */
export const atQuery = {
  asAt: isoDate.optional(),
  knownAt: isoInstant.optional(),
};

export const landQuery = z.object(atQuery);
export type LandQuery = z.output<typeof landQuery>;

export const landSource = z.enum(['working', 'published', 'none']);
export type LandSource = z.output<typeof landSource>;

export const landAnswer = z.object({
  type: z.literal('FeatureCollection'),
  asAt: z.string(),
  knownAt: z.string().nullable(),
  landRevision: z
    .int()
    .describe('number of ledger writes so far; for readers of published periods, how many were published'),
  source: landSource,
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.int(),
      geometry: multiPolygonAnswer,
      properties: z.object({
        stage: z.enum(STAGE_CODES),
        areaM2: z.number(),
        since: z.string(),
        eventId: z.int(),
        scope: z.enum(SCOPES),
        evidenceGrade: z.enum(EVIDENCE_GRADES),
      }),
    }),
  ),
});
export type LandAnswer = z.output<typeof landAnswer>;
