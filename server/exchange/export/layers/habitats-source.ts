import { everyItem, mineValues, type ExportSource } from './export-source.ts';
import { AREA_FIELDS, AS_AT_FIELD, field, MINE_FIELDS } from './fields.ts';

/** Habitat patches valid on the day that the reader may see: the rooms' own door decides, here is no other way in. */
export const habitatsSource: ExportSource = {
  title: { zh: '栖息地', en: 'Habitats' },
  geometry: 'polygons',
  fields: [
    ...MINE_FIELDS,
    field('habitatId', 'HAB_ID', 'text', ['栖息地编号', 'Habitat no.']),
    field('nameZh', 'NAME_ZH', 'text', ['名称', 'Habitat, Chinese name']),
    field('nameEn', 'NAME_EN', 'text', ['英文名', 'Habitat, English name']),
    field(
      'habitatCode',
      'HAB_CODE',
      'text',
      ['栖息地类型代码', 'Habitat type code'],
      ['IUCN 栖息地分类', 'IUCN habitats scheme'],
    ),
    field('habitatNameZh', 'HAB_ZH', 'text', ['栖息地类型', 'Habitat type, Chinese']),
    field('habitatNameEn', 'HAB_EN', 'text', ['栖息地类型（英文）', 'Habitat type, English']),
    field('uses', 'USES', 'text', ['用途', 'Uses'], ['多个值以 | 分隔', 'Several separated by |']),
    field('seasonFrom', 'SEASON_A', 'text', ['季节始', 'Season from'], ['月-日', 'Month and day']),
    field(
      'seasonTo',
      'SEASON_B',
      'text',
      ['季节止', 'Season to'],
      ['月-日，可跨年', 'Month and day, may run over the new year'],
    ),
    field('quality', 'QUALITY', 'real', ['质量', 'Quality'], ['0 至 1', '0 to 1']),
    field('sensitivity', 'SENSITIV', 'integer', ['敏感等级', 'Sensitivity'], ['0 公开，1 最严', '0 open, 1 strictest']),
    field('taxa', 'TAXA', 'text', ['物种', 'Taxa'], ['学名，以 | 分隔', 'Scientific names separated by |']),
    ...AREA_FIELDS,
    field('validFrom', 'VALID_FROM', 'date', ['生效日期', 'Valid from']),
    field('validTo', 'VALID_TO', 'date', ['失效日期', 'Valid to'], ['当日起不再有效', 'No longer valid on this day']),
    AS_AT_FIELD,
  ],
  classes: null,
  label: { zh: 'nameZh', en: 'nameEn' },

  async *read({ rooms, viewer, asAt }, mine) {
    const items = everyItem(cursor => rooms.biodiversity.habitats.list(viewer, mine.id, { asAt, limit: 1000, cursor }));
    for await (const { id, geometry, uses, taxa, ...habitat } of items) {
      yield {
        id,
        geometry,
        values: {
          ...mineValues(mine),
          habitatId: id,
          nameZh: habitat.nameZh,
          nameEn: habitat.nameEn,
          habitatCode: habitat.habitatCode,
          habitatNameZh: habitat.habitatNameZh,
          habitatNameEn: habitat.habitatNameEn,
          uses: uses.join(' | '),
          seasonFrom: habitat.seasonFrom,
          seasonTo: habitat.seasonTo,
          quality: habitat.quality,
          sensitivity: habitat.sensitivity,
          taxa: taxa.map(taxon => taxon.scientificName).join(' | '),
          areaM2: habitat.areaM2,
          validFrom: habitat.validFrom,
          validTo: habitat.validTo,
          asAt,
        },
      };
    }
  },
};
