/** A sentence in either language. */
export interface InBoth {
  readonly en: string;
  readonly zh: string;
}

const CHINESE = new Map<string, string>();

/** A sentence of our own for any check of a schema, in both languages: `z.string().regex(pattern, inBoth(en, zh))`, the second argument of `refine`. */
export function inBoth(en: string, zh: string): { readonly error: string } {
  CHINESE.set(en, zh);
  return { error: en };
}

/** The Chinese of a sentence that went through `inBoth`: schemas carry one text only, whatever the check. */
export const chineseOf = (en: string): string | undefined => CHINESE.get(en);
