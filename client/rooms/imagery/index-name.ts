import { locale } from '../../i18n/locale.ts';
import { t } from '../../i18n/t.ts';
import { legends } from '../../state/mine/imagery.ts';

/** Name of an index in the reader's language with its short form, as the server's legends word it. */
export function indexName(code: string): string {
  if (code === 'truecolour') return t('scene.truecolour');
  const legend = legends.data.value?.find(one => one.code === code);
  if (legend === undefined) return code.toUpperCase();
  return `${code.toUpperCase()} · ${locale.value === 'en' ? legend.nameEn : legend.nameZh}`;
}
