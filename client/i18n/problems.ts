import type { ApiProblem } from '../api/problem.ts';
import { locale } from './locale.ts';
import { fillText, hasText, t } from './t.ts';

/** A refusal in the reader's language: this client's own wording, else the server's, else its bare code. */
export function problemText(problem: ApiProblem): string {
  const key = `problem.${problem.code}`;
  if (hasText(key)) return fillText(key, problem.params);
  const title = locale.value === 'en' ? (problem.title ?? problem.titleZh) : (problem.titleZh ?? problem.title);
  return title ?? t('problem.unknown', { code: problem.code });
}
