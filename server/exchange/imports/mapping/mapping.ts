import { z } from 'zod';
import { STAGE_CODES } from '../../../../gis/ledger/stages.ts';
import { DAMAGE_TYPES, EVIDENCE_GRADES, REASONS, SCOPES } from '../../../../gis/ledger/vocabulary.ts';
import { isoDate } from '../../../platform/http/geojson.ts';

const column = z.string().min(1).max(200);
const values = <T extends z.ZodType>(code: T) => z.record(z.string().max(200), code);

/** How columns of a file become events: a column, what its values stand for, and one value for all where there is no column. */
export const mappingSchema = z.strictObject({
  columns: z
    .strictObject({
      stage: column,
      effectiveOn: column,
      scope: column,
      evidenceGrade: column,
      damageType: column,
      reason: column,
    })
    .partial()
    .default({}),
  values: z
    .strictObject({
      stage: values(z.enum(STAGE_CODES)),
      scope: values(z.enum(SCOPES)),
      evidenceGrade: values(z.enum(EVIDENCE_GRADES)),
      damageType: values(z.enum(DAMAGE_TYPES)),
      reason: values(z.enum(REASONS)),
    })
    .partial()
    .default({}),
  defaults: z
    .strictObject({
      stage: z.enum(STAGE_CODES),
      effectiveOn: isoDate,
      scope: z.enum(SCOPES),
      evidenceGrade: z.enum(EVIDENCE_GRADES),
      damageType: z.enum(DAMAGE_TYPES),
      reason: z.enum(REASONS),
      rightRef: z.string().trim().min(1).max(200),
    })
    .partial()
    .default({}),
  layers: z
    .record(z.string().max(255), z.boolean())
    .optional()
    .describe('of drawings: which layers were read and which left out, remembered for the next one'),
  rows: z.array(z.int().positive()).max(200_000).optional().describe('only these rows, by number'),
});
export type Mapping = z.output<typeof mappingSchema>;
export type MappedField = keyof Mapping['columns'];
