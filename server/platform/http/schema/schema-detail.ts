import type { z } from 'zod';
import type { ErrorDetail } from '../../errors.ts';
import { chineseOf } from './in-both.ts';
import { wordSchemaIssue } from './word-schema-issue.ts';

/**
 * One fault that a schema found, as a detail of a problem: code `schema-…`, where it is, and a sentence in both languages: ours where the
 * schema gives one (`inBoth`), otherwise one by the kind of fault. The issue should carry its input (`reportInput`), to say what was received.
 */
export function schemaDetail(issue: z.core.$ZodIssue, pointer: string): ErrorDetail {
  const code = `schema-${issue.code.replaceAll('_', '-')}`;
  const zh = chineseOf(issue.message);
  const message = zh === undefined ? wordSchemaIssue(issue) : { en: issue.message, zh };
  return { code, pointer, params: { message } };
}
