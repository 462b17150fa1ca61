import { z } from 'zod';
import { RATE_CODES } from '../../../gis/ledger/definitions.ts';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { BASES, EVIDENCE_GRADES, SCOPES, type Scope } from '../../../gis/ledger/vocabulary.ts';
import { isoDate } from '../../platform/http/geojson.ts';
import { atQuery, landSource } from '../partition/partition.contract.ts';

const wording = z.object({ en: z.string(), zh: z.string() });

/** `?scope=LIC,LEG`: in the order of the code list, each once. */
const scopeList = z
  .string()
  .transform(text => text.split(','))
  .pipe(z.array(z.enum(SCOPES)).min(1))
  .transform(given => SCOPES.filter(scope => given.includes(scope)));

const definitionQuery = {
  basis: z.enum(BASES).default('A'),
  scope: scopeList.default(['LIC'] as Scope[]),
  numeratorScope: scopeList
    .optional()
    .describe('scopes of the reclaimed land, where they differ from `scope`; refused unless all of them are in it'),
};

export const restorationQuery = z.object({ ...atQuery, ...definitionQuery });
export type RestorationQuery = z.output<typeof restorationQuery>;

const GROUPINGS = ['organisation', 'province', 'mineral', 'mine'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const groupedQuery = z.object({
  groupBy: z.enum(GROUPINGS).default('organisation'),
  asAt: isoDate.optional(),
  ...definitionQuery,
});
export type GroupedQuery = z.output<typeof groupedQuery>;

export const seriesQuery = z.object({
  from: isoDate.describe('opening date of the first period: the state at the end of this day'),
  to: isoDate,
  step: z.enum(['year', 'month']).default('year'),
  knownAt: atQuery.knownAt,
  ...definitionQuery,
});
export type SeriesQuery = z.output<typeof seriesQuery>;

const areas = z.object({
  grossDisturbed: z.number(),
  inUse: z.number(),
  due: z.number(),
  activeWorks: z.number(),
  ready: z.number(),
  reclaimedE: z.number(),
  reclaimedA: z.number(),
  reclaimedC: z.number(),
  exempt: z.number(),
  netOutstanding: z.number(),
});

const rate = z.object({
  value: z.number().nullable(),
  reason: z.string().optional(),
  reasonText: wording.optional(),
  numeratorM2: z.number(),
  denominatorM2: z.number(),
  basis: z.enum(BASES),
  name: wording,
  definition: wording,
});

const perKey = <T extends z.ZodType>(keys: readonly string[], value: T) =>
  z.object(Object.fromEntries(keys.map(key => [key, value])) as Record<string, T>);

const figures = {
  basis: z.enum(BASES),
  scope: z.array(z.enum(SCOPES)),
  source: landSource,
  areasM2: areas,
  stagesM2: perKey(STAGE_CODES, z.number()),
  rates: perKey(RATE_CODES, rate),
  evidence: perKey(EVIDENCE_GRADES, z.number().nullable()),
  definitionVersion: z.string(),
  ledgerHash: z.string(),
};

export const restorationAnswer = z.object({
  asAt: z.string(),
  knownAt: z.string().nullable(),
  ...figures,
  outOfBoundsM2: z
    .number()
    .nullable()
    .describe('disturbed land outside every boundary that allows it; working ledger only'),
  overdue: z.object({
    areaM2: z.number().nullable().describe('null where nothing was published'),
    before: z.string().describe('land that has waited since an earlier day counts'),
    definition: wording,
  }),
});

export const groupedAnswer = z.object({
  groupBy: z.enum(GROUPINGS),
  asAt: z.string(),
  items: z.array(
    z.object({
      key: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      mineCount: z.int().describe('mines whose ledger is in the figures'),
      asAt: z.string(),
      knownAt: z.null(),
      sharedM2: z
        .number()
        .describe('land in the ledgers of these mines that another mine answers for, already taken off the areas'),
      ...figures,
    }),
  ),
});

const ratio = z.object({ value: z.number().nullable(), reason: z.string().optional(), reasonText: wording.optional() });

export const seriesAnswer = z.object({
  from: z.string(),
  to: z.string(),
  step: z.enum(['year', 'month']),
  items: z.array(
    z.object({
      from: z.string().describe('opening date: the figures at the end of this day are the opening ones'),
      asAt: z.string(),
      knownAt: z.string().nullable(),
      ...figures,
      reconciliation: z.object({
        gross: z.object({
          opening: z.number(),
          newlyDisturbed: z.number(),
          corrections: z.number(),
          closing: z.number(),
        }),
        reclaimed: z.object({
          opening: z.number(),
          newlyReclaimed: z.number(),
          reDisturbed: z.number(),
          failed: z.number(),
          corrections: z.number(),
          closing: z.number(),
        }),
      }),
      annual: z.object({ AR1: ratio, AR2: ratio, deltaRR1Pp: z.number().nullable() }),
    }),
  ),
});
