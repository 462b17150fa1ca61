import { t, tCode } from './t.ts';

/** Short name of a finding; one of a code that this client does not know yet is called a finding, never by its code alone. */
export function findingTitle(code: string): string {
  const title = tCode('finding', code);
  return title === code ? t('finding.other', { code }) : title;
}
