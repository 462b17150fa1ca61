import { z } from 'zod';
import type { FacilityType } from '../reference/vocabulary.ts';
import { residueYardAttributes } from './residue-yard.ts';
import { tailingsAttributes } from './tailings.ts';

const anyFacilityAttributes = z.strictObject({ otherInformation: z.string().trim().min(1).max(2000) }).partial();

/** The shape of `attributes` for one type of facility: unknown keys are refused, every known one may be absent. */
export function attributesOf(type: FacilityType): z.ZodType<Record<string, unknown>> {
  if (type === 'TSF') return tailingsAttributes;
  if (type === 'RMY') return residueYardAttributes;
  return anyFacilityAttributes;
}
