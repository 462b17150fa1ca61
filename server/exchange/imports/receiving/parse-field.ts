import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import { schemaDetail } from '../../../platform/http/schema/schema-detail.ts';
import { hasHalfPair } from '../../../platform/http/serving/half-pair.ts';

const MAX_ERRORS = 20;

/** A field of the form that holds JSON; undefined where it is absent or empty. @throws AppError `import-field-invalid`, `text-unusable` */
export function parseField<T extends z.ZodType>(
  field: string,
  text: string | undefined,
  schema: T,
): z.output<T> | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('import-field-not-json', { field });
  }
  if (hasHalfPair(text)) throw new AppError('text-unusable');
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, MAX_ERRORS)
    .map(issue => schemaDetail(issue, `/${[field, ...issue.path.map(String)].join('/')}`));
  throw new AppError('import-field-invalid', { field }, { errors });
}
