import { z } from 'zod';

const term = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });

/** Code lists by name, e.g. `{landStages: [{code: 'DST', nameZh, nameEn}], …}`. */
export const vocabulariesAnswer = z.record(z.string(), z.array(term));
export type VocabulariesAnswer = z.infer<typeof vocabulariesAnswer>;
