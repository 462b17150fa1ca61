import type { Field } from '../../formats/export-layer.ts';

type Words = readonly [zh: string, en: string];

/** A field in one line: name, short name of at most ten letters, type, title and meaning in both languages. */
export const field = (
  name: string,
  short: string | null,
  type: Field['type'],
  title: Words,
  meaning: Words = title,
): Field => ({
  name,
  short,
  type,
  title: { zh: title[0], en: title[1] },
  meaning: { zh: meaning[0], en: meaning[1] },
});

/** Whose land it is: the first fields of every layer. */
export const MINE_FIELDS: readonly Field[] = [
  field('mineId', 'MINE_ID', 'integer', ['矿山编号', 'Mine no.']),
  field('mineCode', 'MINE_CODE', 'text', ['矿山代码', 'Mine code']),
  field('mineNameZh', 'MINE_ZH', 'text', ['矿山名称', 'Mine, Chinese name']),
  field('mineNameEn', 'MINE_EN', 'text', ['矿山英文名', 'Mine, English name']),
];

export const AREA_FIELD = field(
  'areaM2',
  'AREA_M2',
  'real',
  ['面积（平方米）', 'Area (m²)'],
  ['椭球面积（边为大地线），非投影面积', 'On the ellipsoid, edges as geodesics; not the area on a projection'],
);

export const AS_AT_FIELD = field(
  'asAt',
  'AS_AT',
  'date',
  ['截至日期', 'As at'],
  ['该行所述状况的日期', 'The day that the row holds for'],
);
