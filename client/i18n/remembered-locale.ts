const KEY = 'regreen.locale';

/** The language that was chosen last; null where none was, or where the browser keeps nothing for a page and says so by throwing. */
export function rememberedLocale(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberLocale(locale: string): void {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // The language then holds for as long as the page is open.
  }
}
