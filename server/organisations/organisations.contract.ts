import { z } from 'zod';
import { inBoth } from '../platform/http/schema/in-both.ts';

const ORGANISATION_KINDS = ['group', 'company', 'mine', 'regulator', 'consultant', 'public'] as const;

export const organisationCode = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    inBoth('1 to 40 letters, digits, dots, hyphens and underscores', '应为 1 至 40 个字母、数字、点、连字符或下划线'),
  );

/** An organisation as everyone sees it; `parentCode` null = top of its tree. */
export const organisationAnswer = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  parentCode: z.string().nullable(),
  kind: z.enum(ORGANISATION_KINDS),
  revision: z.number().int(),
});
export type OrganisationAnswer = z.infer<typeof organisationAnswer>;

export const organisationListQuery = z.object({
  q: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  cursor: z.string().max(200).optional(),
});
export type OrganisationListQuery = z.infer<typeof organisationListQuery>;

export const organisationList = z.object({ items: z.array(organisationAnswer), nextCursor: z.string().nullable() });

export const newOrganisation = z.strictObject({
  code: organisationCode,
  nameZh: z.string().trim().min(1).max(200),
  nameEn: z.string().trim().min(1).max(200),
  parentCode: organisationCode.nullable().default(null),
  kind: z.enum(ORGANISATION_KINDS),
});
export type NewOrganisation = z.infer<typeof newOrganisation>;
