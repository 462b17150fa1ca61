import { FACILITY_TYPE_TERMS } from '../../../facilities/reference/vocabulary.ts';
import { everyItem, mineValues, type ExportSource } from './export-source.ts';
import { AREA_FIELDS, AS_AT_FIELD, field, MINE_FIELDS } from './fields.ts';

const COLOURS: Readonly<Record<string, string>> = {
  TSF: '#3c5f7d',
  RMY: '#8a3b2a',
  WRD: '#6f6250',
  PIT: '#7a5a3a',
};
const OTHER_COLOUR = '#8b948d';
const NAMES = new Map(FACILITY_TYPE_TERMS.map(term => [term.code, term]));

/** Facilities valid on the day; their own attributes as one JSON text. */
export const facilitiesSource: ExportSource = {
  title: { zh: '设施', en: 'Facilities' },
  geometry: 'polygons',
  fields: [
    ...MINE_FIELDS,
    field('facilityId', 'FAC_ID', 'integer', ['设施编号', 'Facility no.']),
    field('type', 'TYPE', 'text', ['类型代码', 'Type']),
    field('typeZh', 'TYPE_ZH', 'text', ['类型', 'Type, Chinese']),
    field('typeEn', 'TYPE_EN', 'text', ['类型（英文）', 'Type, English']),
    field('nameZh', 'NAME_ZH', 'text', ['设施名称', 'Facility, Chinese name']),
    field('nameEn', 'NAME_EN', 'text', ['设施英文名', 'Facility, English name']),
    field('status', 'STATUS', 'text', ['状态', 'Status']),
    ...AREA_FIELDS,
    field('validFrom', 'VALID_FROM', 'date', ['生效日期', 'Valid from']),
    field('validTo', 'VALID_TO', 'date', ['失效日期', 'Valid to'], ['当日起不再有效', 'No longer valid on this day']),
    field(
      'attributes',
      null,
      'text',
      ['类型属性', 'Attributes'],
      ['该类型特有的属性，JSON', 'What only this type of facility has, as JSON'],
    ),
    AS_AT_FIELD,
  ],
  classes: {
    field: 'type',
    terms: FACILITY_TYPE_TERMS.map(({ code, nameZh, nameEn }) => ({
      code,
      zh: nameZh,
      en: nameEn,
      style: { fill: COLOURS[code] ?? OTHER_COLOUR },
    })),
  },
  label: { zh: 'nameZh', en: 'nameEn' },

  async *read({ rooms, asAt }, mine) {
    const items = everyItem(cursor => rooms.facilities.list(mine.id, { asAt, limit: 1000, cursor }));
    for await (const { id, type, geometry, attributes, ...facility } of items) {
      yield {
        id,
        geometry,
        values: {
          ...mineValues(mine),
          facilityId: id,
          type,
          typeZh: NAMES.get(type)?.nameZh ?? type,
          typeEn: NAMES.get(type)?.nameEn ?? type,
          nameZh: facility.nameZh,
          nameEn: facility.nameEn,
          status: facility.status,
          areaM2: facility.areaM2,
          validFrom: facility.validFrom,
          validTo: facility.validTo,
          attributes: JSON.stringify(attributes),
          asAt,
        },
      };
    }
  },
};
