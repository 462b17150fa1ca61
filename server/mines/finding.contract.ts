import { z } from 'zod';

/** What is worth a word about a piece of land or the outline of a mine: told with the write that caused it, listed while it stands. */
export const findingAnswer = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  areaM2: z.number(),
  position: z.tuple([z.number(), z.number()]).describe('a point inside the land that it is about'),
  params: z.record(z.string(), z.unknown()),
  message: z.object({ en: z.string(), zh: z.string() }),
});
export type FindingAnswer = z.output<typeof findingAnswer>;
