import { z } from 'zod';
import { inBoth } from '../../platform/http/schema/in-both.ts';

/** One protection that a list gives: level `I`/`II` (national), IUCN `CR`…`LC`, CITES `I`/`II`/`III`. */
const taxonStatus = z.object({ list: z.string(), level: z.string() });
export type TaxonStatus = z.infer<typeof taxonStatus>;

export const taxonAnswer = z.object({
  id: z.number().int(),
  scientificName: z.string(),
  nameZh: z.string().nullable(),
  nameEn: z.string().nullable(),
  rank: z.string(),
  kingdom: z.string().nullable(),
  class: z.string().nullable(),
  family: z.string().nullable(),
  genus: z.string().nullable(),
  gbifKey: z.number().int().nullable(),
  statuses: z.array(taxonStatus),
  revision: z.number().int(),
});
export type TaxonAnswer = z.infer<typeof taxonAnswer>;

/** A taxon inside a habitat or an occurrence. */
export const taxonBrief = z.object({
  taxonId: z.number().int(),
  scientificName: z.string(),
  nameZh: z.string().nullable(),
  nameEn: z.string().nullable(),
  statuses: z.array(taxonStatus),
});
export type TaxonBrief = z.infer<typeof taxonBrief>;

export const taxonListQuery = z.object({
  /** Part of the scientific, Chinese or English name. */
  q: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type TaxonListQuery = z.infer<typeof taxonListQuery>;

export const taxonList = z.object({ items: z.array(taxonAnswer), nextCursor: z.string().nullable() });

const text = z.string().trim().min(1).max(200);

/** `scientificName` without author, "cf." or "aff.". */
export const newTaxon = z.strictObject({
  scientificName: z
    .string()
    .trim()
    .regex(
      /^[A-Z][a-z-]+( (?!cf\.|aff\.)[a-z-]+){0,2}$/,
      inBoth(
        'a Latin name such as Syrmaticus ellioti, without author, "cf." or "aff."',
        '应为学名，例如 Syrmaticus ellioti，不含命名人、“cf.”或“aff.”',
      ),
    )
    .max(200),
  nameZh: text.nullable().default(null),
  nameEn: text.nullable().default(null),
  rank: z
    .enum(['kingdom', 'phylum', 'class', 'order', 'family', 'genus', 'species', 'subspecies', 'variety'])
    .default('species'),
  kingdom: text.nullable().default(null),
  class: text.nullable().default(null),
  family: text.nullable().default(null),
  genus: text.nullable().default(null),
  gbifKey: z.number().int().positive().nullable().default(null),
});
export type NewTaxon = z.infer<typeof newTaxon>;
