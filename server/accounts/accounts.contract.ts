import { z } from 'zod';

const role = z.enum(['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin']);

export const credentials = z.strictObject({
  username: z.string().min(1).max(100),
  password: z.string().min(1).max(1000).describe('Never stored, never logged'),
});

export const sessionAnswer = z.object({
  account: z
    .object({ id: z.int(), username: z.string(), role, organisationCode: z.string().nullable() })
    .nullable()
    .describe('null = nobody is signed in'),
});

export const newToken = z.strictObject({
  username: z.string().min(1).max(100).optional().describe('With password: instead of a cookie session'),
  password: z.string().min(1).max(1000).optional(),
  name: z.string().min(1).max(100).default('script'),
  expiresInDays: z.int().min(1).max(365).default(90),
});

export const tokenAnswer = z.object({
  id: z.int(),
  token: z.string().describe('Shown once; only its hash is stored'),
  name: z.string(),
  expiresAt: z.string(),
});

export type Credentials = z.infer<typeof credentials>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type NewToken = z.infer<typeof newToken>;
export type TokenAnswer = z.infer<typeof tokenAnswer>;
