// What can be wrong with taxa, habitats, surveys and occurrences, in both languages. No sentence holds a place.
export const biodiversityProblems = {
  'taxon-unknown': {
    status: 422,
    en: 'There is no taxon {taxon}; add it to the list of taxa first. A common name alone is not enough.',
    zh: '没有分类单元 {taxon}；请先加入物种名录。仅有俗名不足以识别。',
  },
  'taxon-taken': {
    status: 409,
    en: 'A taxon with this scientific name exists.',
    zh: '该学名的分类单元已存在。',
  },
  'survey-unknown': {
    status: 422,
    en: 'The mine has no survey {id}.',
    zh: '该矿山没有调查 {id}。',
  },
  'habitat-supersedes-unknown': {
    status: 422,
    en: 'The mine has no habitat {id} to supersede.',
    zh: '该矿山没有可供替换的生境 {id}。',
  },
  'habitat-supersedes-later': {
    status: 422,
    en: 'Habitat {id} begins on {validFrom}, not before the version that would supersede it.',
    zh: '生境 {id} 自 {validFrom} 起生效，不早于将替换它的版本。',
  },
  'season-incomplete': {
    status: 422,
    en: 'A season needs both its first and its last day.',
    zh: '季节需要同时给出起止日期。',
  },
  'sensitivity-reason-required': {
    status: 422,
    en: 'Category {category} is milder than the taxa call for ({computed}); a steward may loosen it with a reason.',
    zh: '类别 {category} 比物种要求的类别（{computed}）更宽松；数据管理员须说明理由方可放宽。',
  },
} as const;
