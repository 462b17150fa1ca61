import type { Wording } from '../../../gis/ledger/vocabulary.ts';

/** Of an event that is dated on or before a day that is published: what becomes of the published figures. */
export const RESTATING = 'restates-published';

/** `{from}` is the event's day, `{periods}` those of the periods. */
export const RESTATING_MESSAGE: Wording = {
  en: 'Dated {from}, under what was published as at {periods}. The published figures stay as they are; what changes will stand beside them as learnt since.',
  zh: '日期 {from} 在已发布报告期（截至 {periods}）之内。已发布的数据保持不变，由此产生的变化将作为发布后的更正列在旁边。',
};

const MOST_NAMED = 6;

/** The periods in a sentence, oldest first: of very many the last ones. */
export const namePeriods = (days: readonly string[]): string =>
  [...(days.length > MOST_NAMED ? ['…'] : []), ...days.slice(-MOST_NAMED)].join(', ');
