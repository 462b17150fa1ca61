import type { ApiProblem } from '../api/problem.ts';
import { refusals } from './en/refusals.ts';
import { formatDate, formatHa, withDates } from './format.ts';
import { locale } from './locale.ts';
import { fillText, hasText, t, tCode } from './t.ts';

/** A refusal in the reader's language: this client's own wording, else the server's, else its bare code. */
export function problemText(problem: ApiProblem): string {
  return worded(problem.code, problem.params) ?? ofServer(problem);
}

function ofServer({ title, titleZh, code }: ApiProblem): string {
  const said = locale.value === 'en' ? (title ?? titleZh) : (titleZh ?? title);
  return said === undefined ? t('problem.unknown', { code }) : withDates(said);
}

/** What stands in the sentences as a code, square metres or a bare date, in the reader's words and units. */
function worded(code: string, params: Readonly<Record<string, unknown>>): string | undefined {
  const key = `problem.${code}`;
  if (!hasText(key)) return undefined;
  const { areaM2, fromStage, stage, effectiveOn, earliestOn, fault } = params;
  // A sentence with a gap is worse than the server's own.
  if (key in refusals && typeof areaM2 !== 'number') return undefined;
  return fillText(key, {
    ...params,
    area: typeof areaM2 === 'number' ? formatHa(areaM2, 4) : '',
    from: nameOfStage(fromStage),
    to: nameOfStage(stage),
    on: typeof effectiveOn === 'string' ? formatDate(effectiveOn) : '',
    earliest: typeof earliestOn === 'string' ? formatDate(earliestOn) : '',
    because: typeof fault === 'string' ? tCode('rule', fault) : '',
  });
}

const nameOfStage = (code: unknown): string => (typeof code === 'string' ? tCode('stage', code) : '');
