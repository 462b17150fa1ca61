import type { InBoth } from './in-both.ts';

const KINDS: Readonly<Record<string, InBoth>> = {
  string: { en: 'text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list', zh: '列表' },
  tuple: { en: 'a list', zh: '列表' },
  object: { en: 'an object', zh: '对象' },
  record: { en: 'an object', zh: '对象' },
  null: { en: 'null', zh: 'null' },
  undefined: { en: 'nothing', zh: '无此项' },
  nonoptional: { en: 'a value', zh: '具体的值' },
};

/** What a query's letters become where a number is expected, too. */
const NOT_FINITE: InBoth = { en: 'what is no finite number', zh: '非有限数值' };

/** Of a value that is told in full; a longer one is told by its kind and its beginning. */
const TOLD_CHARACTERS = 40;

/** The beginning of a text of any length, never with half of a character at its end. */
export const shortened = (text: string): string =>
  text.length > TOLD_CHARACTERS
    ? `${Array.from(text.slice(0, 2 * TOLD_CHARACTERS))
        .slice(0, TOLD_CHARACTERS)
        .join('')}…`
    : text;

/** What a schema calls a kind of value, in words. */
export const kindWords = (kind: string): InBoth => KINDS[kind] ?? { en: kind, zh: kind };

/** What was received: short texts and numbers as they are, anything else by its kind. */
export function kindOf(value: unknown): InBoth {
  if (typeof value === 'string') {
    const told = shortened(value);
    return { en: `the text "${told}"`, zh: `文本“${told}”` };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return NOT_FINITE;
  if (typeof value === 'number' || typeof value === 'boolean') return { en: String(value), zh: String(value) };
  if (value === null) return kindWords('null');
  return kindWords(Array.isArray(value) ? 'array' : typeof value);
}
