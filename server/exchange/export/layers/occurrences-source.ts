import type { Position } from '../../../../gis/types.ts';
import { everyItem, mineValues, type ExportSource } from './export-source.ts';
import { AS_AT_FIELD, field, MINE_FIELDS } from './fields.ts';

/** Species records up to the day that the reader may see; names after Darwin Core where it has one. */
export const occurrencesSource: ExportSource = {
  title: { zh: '物种记录', en: 'Species records' },
  geometry: 'points',
  fields: [
    ...MINE_FIELDS,
    field('occurrenceId', 'OCC_ID', 'text', ['记录编号', 'Record no.']),
    field('surveyId', 'SURVEY_ID', 'text', ['调查编号', 'Survey no.']),
    field('scientificName', 'SCI_NAME', 'text', ['学名', 'Scientific name']),
    field('nameZh', 'NAME_ZH', 'text', ['中文名', 'Chinese name']),
    field('nameEn', 'NAME_EN', 'text', ['英文名', 'English name']),
    field(
      'statuses',
      'STATUSES',
      'text',
      ['保护级别', 'Protection'],
      ['名录：级别，以 | 分隔', 'list:level separated by |'],
    ),
    field('eventDate', 'EVENT_DATE', 'date', ['日期', 'Date']),
    field('individualCount', 'COUNT', 'integer', ['个体数', 'Individuals']),
    field('basisOfRecord', 'BASIS', 'text', ['记录依据', 'Basis of record']),
    field(
      'occurrenceStatus',
      'OCC_STATUS',
      'text',
      ['是否发现', 'Occurrence status'],
      ['detected 发现，notDetected 未发现', 'detected or notDetected'],
    ),
    field('coordinateUncertaintyM', 'UNCERT_M', 'real', ['坐标不确定度（米）', 'Coordinate uncertainty (m)']),
    field('lifeStage', 'LIFE_STAGE', 'text', ['生活史阶段', 'Life stage']),
    field('behavior', 'BEHAVIOR', 'text', ['行为', 'Behaviour']),
    field('use', 'USE', 'text', ['用途', 'Use of the place']),
    field('recordedBy', 'REC_BY', 'text', ['记录人', 'Recorded by']),
    field('remarks', 'REMARKS', 'text', ['备注', 'Remarks']),
    field('sensitivity', 'SENSITIV', 'integer', ['敏感等级', 'Sensitivity'], ['0 公开，1 最严', '0 open, 1 strictest']),
    field('decimalLongitude', 'LNG', 'real', ['经度', 'Longitude'], ['WGS 84', 'WGS 84']),
    field('decimalLatitude', 'LAT', 'real', ['纬度', 'Latitude'], ['WGS 84', 'WGS 84']),
    AS_AT_FIELD,
  ],
  classes: null,
  label: { zh: 'nameZh', en: 'scientificName' },

  async *read({ rooms, viewer, asAt }, mine) {
    const items = everyItem(cursor =>
      rooms.biodiversity.occurrences.list(viewer, mine.id, { to: asAt, limit: 1000, cursor }),
    );
    for await (const { id, geometry, taxon, ...record } of items) {
      const position = geometry === null ? null : (geometry.coordinates.slice(0, 2) as unknown as Position);
      yield {
        id,
        geometry: position === null ? null : { type: 'Point', coordinates: position },
        values: {
          ...mineValues(mine),
          occurrenceId: id,
          surveyId: record.surveyId,
          scientificName: taxon?.scientificName ?? null,
          nameZh: taxon?.nameZh ?? null,
          nameEn: taxon?.nameEn ?? null,
          statuses: (taxon?.statuses ?? []).map(({ list, level }) => `${list}:${level}`).join(' | '),
          eventDate: record.eventDate,
          individualCount: record.individualCount,
          basisOfRecord: record.basisOfRecord,
          occurrenceStatus: record.occurrenceStatus,
          coordinateUncertaintyM: record.coordinateUncertaintyM,
          lifeStage: record.lifeStage,
          behavior: record.behavior,
          use: record.use,
          recordedBy: record.recordedBy,
          remarks: record.remarks,
          sensitivity: record.sensitivity,
          decimalLongitude: position?.[0] ?? null,
          decimalLatitude: position?.[1] ?? null,
          asAt,
        },
      };
    }
  },

  async *readSurveys({ rooms, viewer }, mine) {
    const items = everyItem(cursor => rooms.biodiversity.surveys.list(viewer, mine.id, { limit: 1000, cursor }));
    for await (const { revision: _, sensitivity: __, ...survey } of items) yield { ...mineValues(mine), ...survey };
  },
};
