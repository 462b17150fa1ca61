import type { Wording } from './vocabulary.ts';

export const RATE_CODES = ['RR1', 'RR2', 'RR3', 'RR4', 'RR5'] as const;
export type RateCode = (typeof RATE_CODES)[number];

/** Changes whenever a formula or the meaning of a stage, basis or scope changes: a published number keeps the version it was made with. */
export const DEFINITION_VERSION = '1';

/** What is shown beside every rate: its name and what is divided by what. */
export const RATE_DEFINITIONS: Readonly<Record<RateCode, { readonly name: Wording; readonly definition: Wording }>> = {
  RR1: {
    name: { en: 'Gross-footprint rate', zh: '累计治理率' },
    definition: {
      en: 'Land reclaimed on the chosen basis, divided by all land ever disturbed (gross footprint, approved other uses included).',
      zh: '按所选口径计的已复垦面积 ÷ 累计损毁面积（毛口径，含批准保留或转用的土地）。',
    },
  },
  RR2: {
    name: { en: 'Due-land rate', zh: '到界（应治理）复垦率' },
    definition: {
      en: 'Land reclaimed on the chosen basis, divided by land that is due: disturbed land no longer in use and not approved for another use.',
      zh: '按所选口径计的已复垦面积 ÷ 应治理面积（已停止使用、且未批准保留或转用的损毁土地）。',
    },
  },
  RR3: {
    name: { en: 'Share under rehabilitation', zh: '在治理及已治理占比' },
    definition: {
      en: 'Land with works under way (landform, soil, temporary cover) plus land with works complete, divided by all land ever disturbed. Counts unfinished work.',
      zh: '（地形整治、覆土、临时复绿在建面积 + 复垦工程完成面积）÷ 累计损毁面积（毛口径）。含未完工程。',
    },
  },
  RR4: {
    name: { en: 'Fulfilment of the year’s plan', zh: '年度计划完成率' },
    definition: {
      en: 'Land newly reclaimed on the chosen basis in the calendar year up to the date, divided by the area planned for that year. May exceed 100 %.',
      zh: '当年（截至该日）按所选口径新增复垦面积 ÷ 当年计划复垦面积。可超过 100 %。',
    },
  },
  RR5: {
    name: { en: 'Responsibility-range rate', zh: '复垦责任范围复垦率' },
    definition: {
      en: 'Land reclaimed on the chosen basis, divided by the area of the reclamation responsibility range valid at the date.',
      zh: '按所选口径计的已复垦面积 ÷ 该日有效的复垦责任范围面积。',
    },
  },
};

/** Why a rate has no value. */
export const NO_RATE_REASONS = {
  'nothing-disturbed': { en: 'No land was disturbed by this date.', zh: '截至该日没有损毁土地。' },
  'nothing-due': { en: 'No land was due for reclamation by this date.', zh: '截至该日没有应治理土地。' },
  'no-plan': { en: 'No area was planned for this year.', zh: '该年度没有计划面积。' },
  'no-responsibility-range': {
    en: 'No responsibility range is valid at this date.',
    zh: '该日没有有效的复垦责任范围。',
  },
  'numerator-outside-denominator': {
    en: 'The numerator contains land that the denominator does not: the rate is refused.',
    zh: '分子含有分母以外的土地，不予计算。',
  },
  'scope-mismatch': {
    en: 'The responsibility range covers licensed land only: the rate is refused for other scopes.',
    zh: '责任范围仅含采矿许可证义务土地，其他义务范围不予计算。',
  },
  'not-published': { en: 'Nothing has been published for this selection.', zh: '该选择范围尚无已发布数据。' },
  'nothing-newly-disturbed': { en: 'No land was newly disturbed in this period.', zh: '本期没有新增损毁土地。' },
  'nothing-outstanding': { en: 'No land was outstanding in this period.', zh: '本期没有待治理土地。' },
} as const satisfies Record<string, Wording>;
export type NoRateReason = keyof typeof NO_RATE_REASONS;
