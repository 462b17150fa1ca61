import { z } from 'zod';
import { BASES } from '../../../gis/ledger/vocabulary.ts';

const figures = z.object({
  grossDisturbedM2: z.number(),
  reclaimedM2: z.number().describe('on the basis asked for'),
  RR1: z.number().nullable().describe('null where nothing was disturbed'),
  ledgerHash: z.string(),
});

export const restatementQuery = z.object({ basis: z.enum(BASES).default('A') });
export type RestatementQuery = z.output<typeof restatementQuery>;

/** A published period whose past the ledger tells otherwise today. Scope LIC, as the contract's default. */
const restatement = z.object({
  periodId: z.int(),
  asAt: z.string(),
  reportYear: z.int(),
  publishedAt: z.string(),
  knownAt: z.string(),
  published: figures,
  present: figures,
  changePp: z.number().nullable().describe('RR1 at present less RR1 as published, percentage points'),
  events: z.array(
    z.object({
      eventId: z.int(),
      effectiveOn: z.string(),
      recordedAt: z.string(),
      retractedAt: z.string().nullable(),
    }),
  ),
});
export type Restatement = z.output<typeof restatement>;
export const restatementList = z.object({ items: z.array(restatement) });
