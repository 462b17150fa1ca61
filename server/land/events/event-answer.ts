import type { EventAnswer } from './events.contract.ts';
import type { EventRow } from './events.repository.ts';

/** What a reader of the ledger gets of an event's row. */
export function toAnswer(row: EventRow): EventAnswer {
  const { mineId, organisationId, perimeterM, recordedRevision, ...answer } = row;
  return answer;
}
