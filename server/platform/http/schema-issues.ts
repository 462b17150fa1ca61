import { z } from 'zod';
import type { ErrorDetail } from '../errors.ts';

type Words = (issue: z.core.$ZodRawIssue) => string | { message: string } | null | undefined;

const { zhCN, en } = z.locales;
const WORDS = { zh: zhCN().localeError as Words, en: en().localeError as Words };

/** A sentence of our own for a refinement, in both languages: the second argument of `refine`. */
export const inBoth = (en: string, zh: string) => ({ error: en, params: { zh } });

/**
 * One fault that a schema found, as a detail of a problem: code `schema-…`, where it is, and a sentence in both
 * languages. The Chinese comes from the schema library's own catalogue, so that no fault is told by its code alone.
 */
export function schemaDetail(issue: z.core.$ZodIssue, pointer: string): ErrorDetail {
  const code = `schema-${issue.code.replaceAll('_', '-')}`;
  return { code, pointer, params: { message: { en: issue.message, zh: inChinese(issue) } } };
}

function inChinese(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.['zh'] === 'string') return issue.params['zh'];
  const zh = say(WORDS.zh, issue);
  // Where our own schema gave the sentence (a refinement, a `{ error }`) the catalogue knows only a general one.
  const ours = issue.code === 'custom' || (issue.message !== say(WORDS.en, issue) && zh === '无效输入');
  return ours ? `${zh}：${issue.message}` : zh;
}

function say(words: Words, issue: z.core.$ZodIssue): string {
  const said = words(issue as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}
