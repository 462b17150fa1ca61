import { en } from './en.ts';
import { locale } from './locale.ts';
import { zhCN } from './zh-CN.ts';

export type Catalogue = typeof en;
export type Key = keyof Catalogue;

/** Names between braces in a text: `'{count} of {total}'` needs `{count, total}`. */
type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type Arguments<K extends Key> = [Placeholders<Catalogue[K]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholders<Catalogue[K]>, string | number>>];
type PluralKey = Key extends infer K ? (K extends `${infer Stem}.other` ? Stem : never) : never;

const catalogues: Record<'zh-CN' | 'en', Readonly<Record<Key, string>>> = { 'zh-CN': zhCN, en };

/** The text of a key in the current language. A missing key or placeholder is a compile error. */
export function t<K extends Key>(key: K, ...[params]: Arguments<K>): string {
  return fill(catalogues[locale.value][key], params ?? {});
}

/** `t` with a number: chooses `key.one` or `key.other` by the language's plural rules; the number is `{count}`. */
export function tn(key: PluralKey, count: number, shown: string = String(count)): string {
  const one = `${key}.one` as Key;
  const form = new Intl.PluralRules(locale.value).select(count) === 'one' && one in en ? one : (`${key}.other` as Key);
  return fill(catalogues[locale.value][form], { count: shown });
}

/** A code that comes from the server (`facility`, `TSF`): its wording, or the code itself where the list is newer than this client. */
export function tCode(list: string, code: string | null | undefined): string {
  if (code === null || code === undefined || code === '') return '';
  const key = `${list}.${code}`;
  return key in en ? catalogues[locale.value][key as Key] : code;
}

export const hasText = (key: string): key is Key => key in en;

/** For texts whose key is only known at run time (problem codes): fills in what the params hold. */
export const fillText = (key: Key, params: Readonly<Record<string, unknown>>): string =>
  fill(catalogues[locale.value][key], params);

function fill(text: string, params: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
