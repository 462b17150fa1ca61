import { z } from 'zod';
import { inBoth } from '../../platform/http/schema/in-both.ts';
import { INDEX_CODES, TRUECOLOUR } from '../indices.ts';

const DIGITS = inBoth('a number in digits, without sign or zeros before it', '应为不带符号和前导零的数字');

/** Digits only: `1e3`, ` 7` and `+7` are no tile numbers. */
const whole = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})$/, DIGITS)
  .transform(Number);

export const sceneTileParams = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, DIGITS)
    .transform(Number),
  index: z.enum([...INDEX_CODES, TRUECOLOUR]),
  z: whole,
  x: whole,
  y: whole,
});
export type SceneTileParams = z.infer<typeof sceneTileParams>;

export const sceneTileQuery = z.object({
  v: z.string().max(40).optional().describe('revision: the answer may be kept'),
});

const indexLegend = z.object({
  code: z.string(),
  nameEn: z.string(),
  nameZh: z.string(),
  min: z.number(),
  max: z.number(),
  stops: z.array(z.object({ value: z.number(), color: z.string() })),
  formula: z.string(),
  bands: z.array(z.string()),
});
export const indexLegends = z.array(indexLegend);
export type IndexLegend = z.infer<typeof indexLegend>;
