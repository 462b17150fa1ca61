import { claimsWorks } from '../../../gis/ledger/stages.ts';
import { assumesEarlierDamage } from '../../../gis/ledger/vocabulary.ts';
import type { MultiPolygon } from '../../../gis/types.ts';
import { findDeclaredAreaFault } from '../../mines/policy.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { acceptPolygonal } from '../../platform/http/accept-geometry.ts';
import { bumpLayer } from '../../platform/layers.ts';
import { wordFinding } from '../findings/finding-messages.ts';
import { assertEventRules, assertWorthRecording, assumedDamageDate } from './event-rules.ts';
import type { EventWriting } from './event-writing.ts';
import type { NewEvent, RecordedEvent } from './events.contract.ts';
import * as repository from './events.repository.ts';
import { applyEvent, recheckTransitions } from './ledger-writer.ts';
import { findMisplacement } from './place.ts';
import { retractAssumed, retractEvent } from './retract-event.ts';
import { toAnswer } from './event-answer.ts';

/**
 * Records one event and brings the partition up to date, in the transaction of the caller; whatever is refused rolls all of it back.
 * @throws AppError what `EventsService.record` names, but for `stale-revision` and `forbidden`
 */
export async function recordEvent(writing: EventWriting, feature: NewEvent): Promise<RecordedEvent> {
  const { tx, viewer, mine, landRevision } = writing;
  const { replaces, ...properties } = feature.properties;
  assertEventRules(feature.properties, mine, writing.now);
  const { geometry, repairs } = acceptPolygonal(feature.geometry);
  const misplaced = await findMisplacement(tx, mine, geometry, feature.properties);
  if (misplaced) throw misplaced;
  if (properties.facilityId !== null && !(await repository.belongsToMine(tx, properties.facilityId, mine.id))) {
    throw new AppError('facility-of-another-mine', { facilityId: properties.facilityId });
  }

  const cellIds: number[] = [];
  if (replaces !== null) cellIds.push(...(await retractReplaced(writing, replaces)));
  const common = { ...properties, mineId: mine.id, recordedBy: viewer.accountId, recordedRevision: landRevision };
  const unrecorded =
    claimsWorks(properties.stage) && assumesEarlierDamage(properties.scope)
      ? await repository.findUndisturbedPart(tx, mine.id, geometry, properties.effectiveOn)
      : undefined;
  const eventId = await repository.insertEvent(tx, { ...common, geometry, replacesId: replaces, assumedFor: null });
  const assumed = unrecorded === undefined ? undefined : await assumeDamage(writing, eventId, unrecorded, common);
  cellIds.push(...(assumed?.cellIds ?? []), ...(await applyEvent(tx, eventId)));
  if (replaces !== null) {
    await recheckTransitions(tx, replaces);
    cellIds.push(...(await retractAssumed(writing, replaces)));
  }

  const findings = await repository.writeFindings(tx, [eventId]);
  const row = await repository.findEvent(tx, mine.id, eventId);
  if (!row) throw notFound('land-event', eventId);
  assertWorthRecording(row.areaM2, row.perimeterM);
  const misdeclared = findDeclaredAreaFault(row.declaredAreaM2, row.areaM2);
  if (misdeclared) throw misdeclared;
  await recordAudit(tx, viewer, {
    action: 'land-event.record',
    subjectKind: 'land-event',
    subjectId: eventId,
    before: null,
    after: { ...toAnswer(row), geometry: undefined, mineId: mine.id },
  });
  await writing.tellCells(cellIds);
  if (findings.length > 0) await bumpLayer(tx, 'findings');
  return {
    ...toAnswer(row),
    landRevision,
    assumedEventId: assumed?.eventId ?? null,
    findings: findings.map(wordFinding),
    repairs: [...repairs],
  };
}

async function retractReplaced(writing: EventWriting, eventId: number): Promise<number[]> {
  if (!(await repository.findEvent(writing.tx, writing.mine.id, eventId))) {
    throw new AppError('replaced-event-unknown', { eventId });
  }
  return retractEvent(writing, eventId, 'replaced');
}

/** Records the damage that works on legacy land must have stood on, as an assertion without evidence. */
async function assumeDamage(
  { tx, mine }: EventWriting,
  assumedFor: number,
  geometry: MultiPolygon,
  common: Omit<repository.EventInsert, 'geometry' | 'replacesId' | 'assumedFor'>,
): Promise<{ readonly eventId: number; readonly cellIds: readonly number[] }> {
  const eventId = await repository.insertEvent(tx, {
    ...common,
    geometry,
    stage: 'DST',
    effectiveOn: assumedDamageDate(common.effectiveOn, mine),
    evidenceGrade: 'E0',
    reason: null,
    rightRef: null,
    declaredAreaM2: null,
    replacesId: null,
    assumedFor,
  });
  return { eventId, cellIds: await applyEvent(tx, eventId) };
}
