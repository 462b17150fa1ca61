import { signal } from '@preact/signals';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The language of everything shown. Chinese first; the URL and the switch in the header change it. */
export const locale = signal<Locale>('zh-CN');

/** Picks the name in the current language, and the other one where it is missing. */
export function nameOf(thing: {
  readonly nameZh?: string | null | undefined;
  readonly nameEn?: string | null | undefined;
}): string {
  const [first, second] = locale.value === 'en' ? [thing.nameEn, thing.nameZh] : [thing.nameZh, thing.nameEn];
  return first || second || '';
}
