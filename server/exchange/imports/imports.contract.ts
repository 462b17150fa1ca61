import { z } from 'zod';
import { multiPolygonAnswer } from '../../mines/mines.contract.ts';
import { pageOf, pageQuery } from '../../platform/http/page.ts';
import { SURVEY_FORMATS } from '../survey-files/survey-file.ts';
import { mappingSchema } from './mapping/mapping.ts';

export const importParams = z.object({ id: z.coerce.number().int().positive() });

export const importQuery = z.object({
  mine: z.coerce.number().int().positive(),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true')
    .describe('true = say what is in the file, write nothing'),
});

export const importListQuery = z.object({ ...pageQuery, mine: z.coerce.number().int().positive() });

const wording = z.object({ en: z.string(), zh: z.string() });
const fix = z.object({
  code: z.string(),
  label: wording,
  params: z.record(z.string(), z.unknown()).optional(),
  fixes: z.record(z.string(), z.unknown()).describe('merge into the field `fixes` and send the file again'),
});

const importFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  row: z.int().optional(),
  point: z.string().optional(),
  position: z.tuple([z.number(), z.number()]).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  message: wording,
  fix: fix.optional(),
  choices: z.array(fix).optional(),
});
export type ImportFinding = z.output<typeof importFinding>;

const attribute = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const importFeature = z.object({
  type: z.literal('Feature'),
  id: z.int(),
  geometry: multiPolygonAnswer,
  properties: z.object({
    row: z.int(),
    name: z.string().nullable(),
    areaM2: z.number().describe('on the ellipsoid'),
    planeAreaM2: z.number().nullable().describe('in the three-degree zone of the place'),
    declaredAreaM2: z.number().nullable(),
    stage: z.string().nullable(),
    effectiveOn: z.string().nullable(),
    scope: z.string().nullable(),
    points: z
      .array(z.array(z.array(z.string().nullable())))
      .optional()
      .describe(
        'what the file and the findings call the corners of the geometry, closing ones left out; null = made by a repair; absent where they are counted from 1',
      ),
    attributes: z.record(z.string(), attribute),
  }),
});

const brokenRow = z.object({
  row: z.int(),
  lines: z.array(z.array(z.array(z.number()))).describe('its rings, each as positions `[lng, lat]`, open or closed'),
});
export type BrokenRow = z.output<typeof brokenRow>;

const importState = z.enum(['checked', 'refused', 'writing', 'written', 'failed']);

export const importAnswer = z.object({
  id: z.int(),
  mineId: z.int(),
  fileName: z.string(),
  sha256: z.string(),
  state: importState,
  format: z.enum(SURVEY_FORMATS).nullable(),
  encoding: z.string().nullable(),
  crs: z.object({
    declared: z.string().nullable(),
    detected: z.string().nullable(),
    used: z.string().nullable(),
    name: wording.optional().describe('of the system that is used'),
  }),
  order: z.string().nullable(),
  notation: z.string().nullable(),
  fields: z.array(z.string()),
  layers: z
    .array(
      z.object({
        name: z.string(),
        colour: z.string().nullable().describe('#rrggbb'),
        isFrozen: z.boolean(),
        isOff: z.boolean(),
        isTaken: z.boolean().describe('whether its outlines are among the rows'),
        count: z.int().describe('closed outlines'),
        box: z.array(z.number()).length(4).nullable(),
      }),
    )
    .describe('of a drawing: its layers with outlines'),
  rowCount: z.int(),
  readyCount: z.int().describe('rows that could be written'),
  areaM2: z.number(),
  bbox: z.array(z.number()).length(4).nullable(),
  features: z.array(importFeature).describe('the first rows; `readyCount` says how many there are'),
  broken: z
    .array(brokenRow)
    .optional()
    .describe(
      'the first rows that cannot be written as they are, as they were drawn; absent in answers of earlier versions',
    ),
  findings: z.array(importFinding),
  rows: z
    .object({ unready: z.array(z.int()), errors: z.array(z.int()), warnings: z.array(z.int()) })
    .describe('numbers of the rows that cannot be written as they are, of those with errors, of those with warnings'),
  faults: z
    .object({ ofFile: z.int(), errors: z.array(z.int()) })
    .describe(
      'what forbids writing: how many errors of the file as a whole; for each error of a row its number, then that of the other row it takes for the error, or 0',
    ),
  mapping: mappingSchema.nullable(),
  suggestedMapping: mappingSchema,
  mappingSource: z.enum(['sent', 'remembered', 'guessed']),
  values: z
    .record(z.string(), z.array(z.string()))
    .describe('what stands in the columns, for mapping stages and scopes'),
  written: z.int(),
  job: z.object({ id: z.string(), state: z.enum(['queued', 'running', 'done', 'failed']) }).nullable(),
  createdAt: z.string(),
});
export type ImportAnswer = z.output<typeof importAnswer>;

export const verdictAnswer = z.object({
  content: z.string().describe('what is signed: JSON, of which the UTF-8 bytes count'),
  sha256: z.string(),
  signature: z.string().describe('Ed25519, base64'),
  publicKeyPem: z.string(),
  fingerprint: z.string(),
});
export type VerdictAnswer = z.output<typeof verdictAnswer>;

export const importList = pageOf(
  importAnswer.pick({
    id: true,
    mineId: true,
    fileName: true,
    state: true,
    format: true,
    rowCount: true,
    written: true,
    createdAt: true,
  }),
);
export type ImportItem = z.output<typeof importList>['items'][number];
