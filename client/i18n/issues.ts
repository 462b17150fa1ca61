import { ISSUE_MESSAGES, issueMessage } from '../../gis/geometry/issue-messages.ts';
import type { Issue } from '../../gis/types.ts';
import { formatHa, sentenceOf } from './format.ts';
import { fillText, hasText, t } from './t.ts';

/** A fault of a geometry in the reader's language. The core words its own codes; those of drawing are worded here. */
export function issueText({ code, params = {} }: Issue): string {
  if (code in ISSUE_MESSAGES) return sentenceOf(issueMessage(code, params));
  const key = `issue.${code}`;
  const area = typeof params['areaM2'] === 'number' ? formatHa(params['areaM2'], 4) : '';
  return hasText(key) ? fillText(key, { ...params, area }) : t('issue.unknown', { code });
}
