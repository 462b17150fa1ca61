import { STAGE_STYLE } from '../../../../gis/ledger/stage-style.ts';
import { STAGE_CODES, STAGES } from '../../../../gis/ledger/stages.ts';
import type { ExportSource } from './export-source.ts';
import { mineValues } from './export-source.ts';
import { AREA_FIELDS, AS_AT_FIELD, field, MINE_FIELDS } from './fields.ts';

/** The partition of the land, as `GET /land` gives it to the same reader: cells that never overlap. */
export const landSource: ExportSource = {
  title: { zh: '土地阶段图斑', en: 'Land by stage' },
  geometry: 'polygons',
  fields: [
    ...MINE_FIELDS,
    field('cellId', 'CELL_ID', 'integer', ['图斑编号', 'Cell no.']),
    field('stage', 'STAGE', 'text', ['阶段代码', 'Stage']),
    field('stageZh', 'STAGE_ZH', 'text', ['阶段', 'Stage, Chinese']),
    field('stageEn', 'STAGE_EN', 'text', ['阶段（英文）', 'Stage, English']),
    ...AREA_FIELDS,
    field(
      'since',
      'SINCE',
      'date',
      ['起始日期', 'Since'],
      ['进入该阶段的日期', 'First day on which the land was in this stage'],
    ),
    field(
      'eventId',
      'EVENT_ID',
      'integer',
      ['事件编号', 'Event no.'],
      ['形成该图斑的土地事件', 'Land event that made the cell'],
    ),
    field(
      'scope',
      'SCOPE',
      'text',
      ['义务范围', 'Scope'],
      ['LIC 采矿权人 LEG 历史遗留 VOL 自愿 TMPU 临时用地', 'LIC licence, LEG legacy, VOL voluntary, TMPU temporary'],
    ),
    field(
      'evidenceGrade',
      'EVIDENCE',
      'text',
      ['证据等级', 'Evidence grade'],
      ['E0 仅申报 … E5 主管部门证书', 'E0 asserted … E5 certificate of the regulator'],
    ),
    AS_AT_FIELD,
    field(
      'source',
      'SOURCE',
      'text',
      ['来源', 'Source'],
      ['working 工作台账，published 已发布期次', 'working ledger or published period'],
    ),
  ],
  classes: {
    field: 'stage',
    terms: STAGE_CODES.map(code => ({
      code,
      zh: STAGES[code].nameZh,
      en: STAGES[code].nameEn,
      style: STAGE_STYLE[code],
    })),
  },
  label: { zh: 'stageZh', en: 'stageEn' },

  async *read({ rooms, viewer, query }, mine) {
    const { asAt, source, features } = await rooms.land.partition.getLand(viewer, mine.id, {
      asAt: query.asAt,
      knownAt: query.knownAt,
    });
    for (const { id, geometry, properties } of features) {
      if (query.stage !== undefined && !query.stage.includes(properties.stage)) continue;
      const { nameZh, nameEn } = STAGES[properties.stage];
      yield {
        id,
        geometry,
        values: { ...mineValues(mine), cellId: id, ...properties, stageZh: nameZh, stageEn: nameEn, asAt, source },
      };
    }
  },
};
