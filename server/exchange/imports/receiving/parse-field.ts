import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';

/** A field of the form that holds JSON; undefined where it is absent or empty. @throws AppError `import-field-invalid` */
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
    throw new AppError('import-field-invalid', { field, reason: 'JSON' });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('import-field-invalid', {
    field,
    reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  });
}
