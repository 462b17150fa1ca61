import type { Queryable } from '../../platform/db/database.ts';
import type { NewSurvey, SurveyAnswer } from './surveys.contract.ts';

const COLUMNS = {
  id: 'survey.id',
  mineId: 'survey.mine_id',
  eventType: 'survey.event_type',
  eventDate: 'survey.event_date',
  eventDateTo: 'survey.event_date_to',
  samplingProtocol: 'survey.sampling_protocol',
  sampleSizeValue: 'survey.sample_size_value',
  sampleSizeUnit: 'survey.sample_size_unit',
  samplingEffort: 'survey.sampling_effort',
  remarks: 'survey.remarks',
  sensitivity: 'survey.sensitivity',
  revision: 'survey.revision',
} as const;

export interface SurveyFilter {
  readonly mineId: number;
  /** 0 and the sensitive ones that the reader may know of. */
  readonly categories: readonly number[];
  readonly id?: string | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/** A survey has no place of its own, so one store serves all; the categories decide. */
export async function listSurveys(db: Queryable, filter: SurveyFilter): Promise<SurveyAnswer[]> {
  const query = db('survey')
    .select(COLUMNS)
    .where('survey.mine_id', filter.mineId)
    .whereIn('survey.sensitivity', [...filter.categories])
    .orderBy('survey.id')
    .limit(filter.limit);
  if (filter.id !== undefined) query.where('survey.id', filter.id);
  if (filter.afterId !== undefined) query.where('survey.id', '>', filter.afterId);
  return (await query) as SurveyAnswer[];
}

export async function insertSurvey(db: Queryable, mineId: number, survey: NewSurvey): Promise<string> {
  const [row] = (await db('survey')
    .insert({
      mine_id: mineId,
      event_type: survey.eventType,
      event_date: survey.eventDate,
      event_date_to: survey.eventDateTo,
      sampling_protocol: survey.samplingProtocol,
      sample_size_value: survey.sampleSizeValue,
      sample_size_unit: survey.sampleSizeUnit,
      sampling_effort: survey.samplingEffort,
      remarks: survey.remarks,
      sensitivity: survey.sensitivity,
    })
    .returning('id')) as { id: string }[];
  if (!row) throw new Error('insert into survey returned no row');
  return row.id;
}
