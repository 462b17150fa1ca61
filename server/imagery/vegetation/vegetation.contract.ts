// Shapes of what the scenes say about a mine: rows by scene and piece of land, means by stage, reference areas, and
// whether the satellite agrees with the claimed stage of each reclaimed cell.
import { z } from 'zod';
import { featureOf, isoDate, polygonalGeometry } from '../../platform/http/geojson.ts';
import { INDEX_CODES } from '../indices.ts';
import { polygonalShape } from '../scenes/scene.contract.ts';

const TARGETS = ['land', 'facilities', 'habitats'] as const;

const zonalStatus = z.enum([
  'ok',
  'low-coverage',
  'too-small',
  'no-valid-pixels',
  'outside',
  'not-computed',
  'bands-missing',
]);
export type ZonalStatus = z.infer<typeof zonalStatus>;

export const vegetationQuery = z.object({
  index: z.enum(INDEX_CODES).default('ndvi'),
  target: z.enum(TARGETS).default('land'),
  from: isoDate.optional(),
  to: isoDate.optional(),
  scene: z.coerce.number().int().positive().optional(),
  targetId: z.string().max(64).optional().describe('only this cell, facility or habitat'),
  limit: z.coerce.number().int().min(1).max(10_000).default(5000),
  cursor: z.string().max(200).optional(),
});
export type VegetationQuery = z.infer<typeof vegetationQuery>;

const measured = z.object({
  areaM2: z.number(),
  mean: z.number().nullable(),
  stdev: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  median: z.number().nullable(),
  vegetatedAreaM2: z
    .number()
    .nullable()
    .describe(
      'ellipsoidal area where index >= method.vegetatedFrom; null for indices that say nothing of plants (nbr, ndmi, bsi)',
    ),
  validFraction: z.number().nullable(),
  nEff: z.number().nullable(),
  status: zonalStatus,
  missingBands: z
    .array(z.string())
    .nullable()
    .describe('with status bands-missing: what the scene lacks for the index'),
});

const vegetationRow = measured.extend({
  sceneId: z.number().int(),
  acquiredOn: isoDate,
  targetId: z.union([z.number().int(), z.string()]).describe('cell or facility number, habitat key'),
  stage: z.string().optional(),
  since: isoDate.optional(),
  eventId: z.number().int().optional(),
});
export type VegetationRow = z.infer<typeof vegetationRow>;

const stageRow = z.object({
  sceneId: z.number().int(),
  acquiredOn: isoDate,
  stage: z.string(),
  mean: z.number().nullable().describe('weighted by cell area over the cells with status ok'),
  fvc: z.number().nullable().describe('fractional vegetation cover, weighted the same way'),
  areaM2: z.number().describe('of the cells that count'),
  cellCount: z.number().int(),
  validFraction: z.number().nullable().describe('of all cells of the stage, counted or not'),
  leftOut: z.object({ cellCount: z.number().int(), areaM2: z.number() }),
  status: zonalStatus.describe('ok when any cell counts, else why most do not'),
});
export type StageRow = z.infer<typeof stageRow>;

const referenceRow = measured.extend({
  sceneId: z.number().int(),
  acquiredOn: isoDate,
  referenceAreaId: z.number().int(),
  ecosystemZh: z.string(),
  ecosystemEn: z.string(),
});
export type ReferenceRow = z.infer<typeof referenceRow>;

const agreementReason = z.enum([
  'no-reference-area',
  'no-scene-since-stage',
  'no-usable-scene',
  'no-disturbed-land-that-day',
  'no-reference-that-day',
  'reference-not-greener',
  'one-low-scene-only',
  'too-close-to-call',
  'index-not-of-plants',
]);
const agreementRow = z.object({
  cellId: z.number().int(),
  eventId: z.number().int(),
  stage: z.string(),
  areaM2: z.number(),
  status: z.enum(['agrees', 'disagrees', 'insufficient-data']),
  reason: agreementReason.optional(),
  recoveryIndex: z.number().optional().describe('of the latest usable scene'),
  recoveryLow: z.number().optional().describe('95 % interval of the recovery index'),
  recoveryHigh: z.number().optional(),
  sceneId: z.number().int().optional(),
  have: z.number().int().describe('usable scenes'),
  need: z.number().int(),
});
export type AgreementRow = z.infer<typeof agreementRow>;

const worded = z.object({ en: z.string(), zh: z.string() });

export const vegetationAnswer = z.object({
  index: z.string(),
  target: z.string(),
  source: z.enum(['working', 'published', 'none']),
  items: z.array(vegetationRow),
  nextCursor: z.string().nullable(),
  byStage: z.array(stageRow),
  reference: z.array(referenceRow),
  agreement: z.array(agreementRow),
  method: z.object({
    algorithmVersion: z.number().int(),
    vegetatedFrom: z.number(),
    minValidFraction: z.number(),
    minEffectivePixels: z.number(),
    minCells: z.number().describe('smaller than this many raster cells: too small to judge'),
    recoveryAgreesFrom: z.number(),
    minReferenceContrast: z.number(),
    scenesToDisagree: z.number().int(),
    definition: worded,
    agreementDefinition: worded,
    caution: worded,
  }),
});
export type VegetationAnswer = z.infer<typeof vegetationAnswer>;

export const referenceAreaBody = featureOf(
  polygonalGeometry,
  z.strictObject({
    ecosystemZh: z.string().trim().min(1).max(120),
    ecosystemEn: z.string().trim().min(1).max(120),
    validFrom: isoDate,
    validTo: isoDate.nullable().optional(),
  }),
);
export type ReferenceAreaBody = z.infer<typeof referenceAreaBody>;

export const referenceAreaShape = z.object({
  id: z.number().int(),
  mineId: z.number().int(),
  ecosystemZh: z.string(),
  ecosystemEn: z.string(),
  validFrom: isoDate,
  validTo: isoDate.nullable(),
  areaM2: z.number(),
  geometry: polygonalShape,
  revision: z.number().int(),
});
export type ReferenceAreaShape = z.infer<typeof referenceAreaShape>;
