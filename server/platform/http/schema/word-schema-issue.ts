import type { z } from 'zod';
import type { InBoth } from './in-both.ts';
import { limitWords } from './limit-words.ts';
import { kindOf, kindWords, shortened } from './kind-words.ts';

/** Forms of a text that a schema may ask for, with an example of each. */
const FORMS: Readonly<Record<string, InBoth>> = {
  date: { en: 'a calendar date such as 2026-05-31', zh: '实际存在的日期，例如 2026-05-31' },
  datetime: {
    en: 'an instant with its zone, such as 2026-05-31T08:00:00Z',
    zh: '带时区的时刻，例如 2026-05-31T08:00:00Z',
  },
  uuid: { en: 'a UUID', zh: 'UUID' },
  guid: { en: 'a UUID', zh: 'UUID' },
  email: { en: 'an e-mail address', zh: '电子邮箱地址' },
  url: { en: 'a URL', zh: '网址（URL）' },
};

/** Alternatives of a union that are told; more would hide what to do. */
const TOLD_ALTERNATIVES = 4;
/** Fields that nobody knows, of as many as whoever sends them likes. */
const TOLD_FIELDS = 10;

/**
 * What is wrong with a value, and what it should be, in the words of either language. The library's own catalogues speak of `int`, `string`
 * and `record`, say nothing of the alternatives of a union, and know only the name of a pattern.
 */
export function wordSchemaIssue(issue: z.core.$ZodIssue): InBoth {
  switch (issue.code) {
    case 'invalid_type':
      return expect(kindWords(issue.expected), issue.input);
    case 'invalid_value':
      return expect(oneOf(issue.values), issue.input);
    case 'too_small':
      return limitWords(issue.origin, 'least', issue.minimum, issue);
    case 'too_big':
      return limitWords(issue.origin, 'most', issue.maximum, issue);
    case 'not_multiple_of':
      return { en: `Must be a multiple of ${issue.divisor}`, zh: `必须是 ${issue.divisor} 的倍数` };
    case 'invalid_format':
      return expect(formOf(issue), issue.input);
    case 'unrecognized_keys':
      return unknownFields(issue.keys);
    case 'invalid_key':
    case 'invalid_element': {
      const [inner] = issue.issues;
      const why = inner ? wordSchemaIssue(inner) : { en: 'it is not permitted', zh: '不允许' };
      return { en: `This name cannot be used: ${why.en}`, zh: `不能使用此名称：${why.zh}` };
    }
    case 'invalid_union':
      return alternatives(issue);
    case 'custom':
      return { en: issue.message, zh: `输入无效：${issue.message}` };
  }
}

function unknownFields(names: readonly string[]): InBoth {
  const told = names.slice(0, TOLD_FIELDS).map(shortened);
  const left = names.length - told.length;
  return {
    en: `Not a known field: ${told.join(', ')}${left > 0 ? ` and ${left} more` : ''}`,
    zh: `未知的字段：${told.join('、')}${left > 0 ? ` 等 ${names.length} 个` : ''}`,
  };
}

function expect(wanted: InBoth, input: unknown): InBoth {
  if (input === undefined) return { en: `Missing; expected ${wanted.en}`, zh: `缺少此项，应为${spaced(wanted.zh)}` };
  const got = kindOf(input);
  return { en: `Expected ${wanted.en}, got ${got.en}`, zh: `应为${spaced(wanted.zh)}，实际为${spaced(got.zh)}` };
}

function oneOf(values: readonly unknown[]): InBoth {
  const told = values.map(value => (typeof value === 'string' ? value : JSON.stringify(value)));
  if (told.length === 1) return { en: told.join(''), zh: told.join('') };
  return { en: `one of ${told.join(', ')}`, zh: `以下之一：${told.join('、')}` };
}

function formOf(issue: Extract<z.core.$ZodIssue, { readonly code: 'invalid_format' }>): InBoth {
  const known = FORMS[issue.format];
  if (known) return known;
  const pattern = 'pattern' in issue && issue.pattern !== undefined ? issue.pattern : issue.format;
  return { en: `text of the form ${pattern}`, zh: `符合以下格式的文本：${pattern}` };
}

function alternatives(issue: Extract<z.core.$ZodIssue, { readonly code: 'invalid_union' }>): InBoth {
  if ('options' in issue && Array.isArray(issue.options)) {
    const given = (issue.input as Readonly<Record<string, unknown>> | null | undefined)?.[String(issue.discriminator)];
    return expect(oneOf(issue.options as readonly unknown[]), given);
  }
  const ways = issue.errors
    .map(([first]) => first)
    .filter(first => first !== undefined)
    .slice(0, TOLD_ALTERNATIVES)
    .map(first => {
      const { en, zh } = wordSchemaIssue(first);
      const place = first.path.length > 0 ? first.path.map(String).join('/') : undefined;
      return place === undefined ? { en, zh } : { en: `${place}: ${en}`, zh: `${place}：${zh}` };
    });
  if (ways.length === 0) return { en: 'None of the permitted forms fits', zh: '不符合任何允许的形式' };
  return {
    en: `None of the permitted forms fits (${ways.map(way => way.en).join('; or: ')})`,
    zh: `不符合任何允许的形式（${ways.map(way => way.zh).join('；或：')}）`,
  };
}

/** A space between Chinese and what begins with a Latin letter or a digit. */
const spaced = (zh: string): string => (/^[\u4e00-\u9fff“]/.test(zh) ? zh : ` ${zh}`);
