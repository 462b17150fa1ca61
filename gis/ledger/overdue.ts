import type { StageCode } from './stages.ts';
import type { Wording } from './vocabulary.ts';

/** Months that land may wait for works after its use has ended. */
const OVERDUE_MONTHS = 12;

/** What is shown beside the area that waits. */
export const OVERDUE_DEFINITION: Wording = {
  en: `Land that became available for rehabilitation (stage RDY) more than ${OVERDUE_MONTHS} months before the date and on which no works have begun.`,
  zh: `截至该日，停止使用、具备治理条件（RDY）已超过 ${OVERDUE_MONTHS} 个月而尚未开工治理的土地。`,
};

/** The same day twelve months earlier; for 29 February the day before it. Dates `YYYY-MM-DD`. */
export function overdueBefore(asAt: string): string {
  const day = `${String(Number(asAt.slice(0, 4)) - 1).padStart(4, '0')}${asAt.slice(4)}`;
  return day.endsWith('-02-29') ? `${day.slice(0, 8)}28` : day;
}

/** Whether land has waited too long for works by the end of `asAt`. `since`: first day of its stage. */
export const isOverdue = (land: { readonly stage: StageCode; readonly since: string }, asAt: string): boolean =>
  land.stage === 'RDY' && land.since < overdueBefore(asAt);
