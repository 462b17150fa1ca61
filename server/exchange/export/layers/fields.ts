import { haFromM2, muFromM2 } from '../../../../gis/units.ts';
import type { Field, Value } from '../../formats/export-layer.ts';

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

/** The area of a row, in m² as it is kept and in the two units that people read; `withAreas` fills the others in. */
export const AREA_FIELDS: readonly Field[] = [
  field(
    'areaM2',
    'AREA_M2',
    'real',
    ['面积（平方米）', 'Area (m²)'],
    ['椭球面积（边为大地线），非投影面积', 'On the ellipsoid, edges as geodesics; not the area on a projection'],
  ),
  field('areaHa', 'AREA_HA', 'real', ['面积（公顷）', 'Area (ha)'], ['1 公顷 = 10000 平方米', '1 ha = 10 000 m²']),
  field('areaMu', 'AREA_MU', 'real', ['面积（亩）', 'Area (mu)'], ['1 亩 = 10000/15 平方米', '1 mu = 10 000/15 m²']),
];

/** The same values, with their area in hectares and mu where they have one in m². */
export function withAreas(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const { areaM2 } = values;
  if (areaM2 === undefined) return values;
  const isKnown = typeof areaM2 === 'number';
  return { ...values, areaHa: isKnown ? haFromM2(areaM2) : null, areaMu: isKnown ? muFromM2(areaM2) : null };
}

export const AS_AT_FIELD = field(
  'asAt',
  'AS_AT',
  'date',
  ['截至日期', 'As at'],
  ['该行所述状况的日期', 'The day that the row holds for'],
);
