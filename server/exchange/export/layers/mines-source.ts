import type { ExportSource } from './export-source.ts';
import { AREA_FIELDS, AS_AT_FIELD, field, MINE_FIELDS } from './fields.ts';
import { mineValues } from './export-source.ts';

/** One row a mine, with the licence boundary valid on the day; without outline and area where there was none. */
export const minesSource: ExportSource = {
  title: { zh: '矿山（采矿许可证范围）', en: 'Mines (licence boundary)' },
  geometry: 'polygons',
  fields: [
    ...MINE_FIELDS,
    field('organisationCode', 'ORG_CODE', 'text', ['单位代码', 'Organisation code']),
    field('organisationNameZh', 'ORG_ZH', 'text', ['单位名称', 'Organisation, Chinese name']),
    field('organisationNameEn', 'ORG_EN', 'text', ['单位英文名', 'Organisation, English name']),
    field('province', 'PROVINCE', 'text', ['省份代码', 'Province']),
    field('mineral', 'MINERAL', 'text', ['矿种', 'Mineral']),
    field('method', 'METHOD', 'text', ['开采方式', 'Method']),
    field('status', 'STATUS', 'text', ['状态', 'Status']),
    ...AREA_FIELDS,
    field('validFrom', 'VALID_FROM', 'date', ['范围生效日期', 'Boundary valid from']),
    field('docRef', 'DOC_REF', 'text', ['文件号', 'Document']),
    AS_AT_FIELD,
  ],
  classes: null,
  label: { zh: 'mineNameZh', en: 'mineNameEn' },

  async *read({ rooms, asAt }, mine) {
    const [boundary] = (await rooms.boundaries.list(mine.id, { kind: 'LICENCE', asAt, limit: 1 })).items;
    yield {
      id: mine.id,
      geometry: boundary?.geometry ?? null,
      values: {
        ...mineValues(mine),
        organisationCode: mine.organisationCode,
        organisationNameZh: mine.organisationNameZh,
        organisationNameEn: mine.organisationNameEn,
        province: mine.province,
        mineral: mine.mineral,
        method: mine.method,
        status: mine.status,
        areaM2: boundary?.areaM2 ?? null,
        validFrom: boundary?.validFrom ?? null,
        docRef: boundary?.docRef ?? null,
        asAt,
      },
    };
  },
};
