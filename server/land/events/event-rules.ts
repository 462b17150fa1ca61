import { latestDateAnywhere } from '../../../gis/ledger/latest-date.ts';
import { isSliver, leastEvidence } from '../../../gis/ledger/moves.ts';
import { AppError } from '../../platform/errors.ts';
import { dayBefore } from '../rates/calendar-days.ts';
import type { NewEvent } from './events.contract.ts';

/** What the rules ask about a mine. Dates `YYYY-MM-DD`. */
export interface MineDates {
  readonly startOn: string | null;
  readonly endOn: string | null;
  /** First day without a licence; null while there is one without an end. */
  readonly licenceEndOn: string | null;
  readonly province: string | null;
}

/**
 * The rules of an event that need nothing but the event and its mine.
 * @throws AppError `effective-in-future`, `event-before-mine`, `event-after-mine-end`, `event-after-licence-end`, `evidence-too-weak`
 */
export function assertEventRules(properties: NewEvent['properties'], mine: MineDates, now: Date): void {
  const { effectiveOn, stage, scope, reason, evidenceGrade } = properties;
  if (effectiveOn > latestDateAnywhere(now)) throw new AppError('effective-in-future', { effectiveOn });
  if (mine.startOn !== null && effectiveOn < mine.startOn && scope !== 'LEG') {
    throw new AppError('event-before-mine', { effectiveOn, startOn: mine.startOn });
  }
  // Rehabilitation goes on for years after a mine has closed; only new disturbance has to explain itself.
  const disturbs = stage === 'CLR' || stage === 'DST';
  if (mine.endOn !== null && effectiveOn > mine.endOn && disturbs && reason === null) {
    throw new AppError('event-after-mine-end', { effectiveOn, endOn: mine.endOn });
  }
  if (
    mine.licenceEndOn !== null &&
    effectiveOn >= mine.licenceEndOn &&
    disturbs &&
    scope === 'LIC' &&
    reason === null
  ) {
    throw new AppError('event-after-licence-end', { effectiveOn, licenceEndOn: mine.licenceEndOn });
  }
  const needed = leastEvidence(stage);
  if (needed !== undefined && evidenceGrade < needed) {
    throw new AppError('evidence-too-weak', { stage, needed, given: evidenceGrade });
  }
}

/** @throws AppError `event-too-small` where the whole outline is what a survey cannot tell from noise */
export function assertWorthRecording(areaM2: number, perimeterM: number): void {
  if (isSliver(areaM2, perimeterM)) throw new AppError('event-too-small', { areaM2: Math.round(areaM2 * 100) / 100 });
}

/** Last day before anybody knows: where damage is assumed beneath works on legacy land, it is dated before mine and works alike. */
export function assumedDamageDate(effectiveOn: string, mine: MineDates): string {
  return dayBefore(mine.startOn !== null && mine.startOn < effectiveOn ? mine.startOn : effectiveOn);
}
