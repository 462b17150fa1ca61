import { claimsWorks } from '../../../gis/ledger/stages.ts';
import { assumesEarlierDamage } from '../../../gis/ledger/vocabulary.ts';
import type { MultiPolygon } from '../../../gis/types.ts';
import { assertCan } from '../../accounts/policy.ts';
import { findDeclaredAreaFault } from '../../mines/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound, staleRevision } from '../../platform/errors.ts';
import { acceptPolygonal } from '../../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { assertEventRules, assertWorthRecording, assumedDamageDate, type MineDates } from './event-rules.ts';
import type { EventAnswer, EventListQuery, NewEvent, PreviewAnswer, RecordedEvent } from './events.contract.ts';
import * as repository from './events.repository.ts';
import type { BulkResult, BulkSource } from './bulk/bulk.contract.ts';
import { writeMany } from './bulk/bulk-writer.ts';
import { refreshFigures } from './bulk/bulk.repository.ts';
import { wordFinding } from '../findings/finding-messages.ts';
import { findMisplacement } from './place.ts';
import { previewEvent } from './preview.ts';
import { applyEvent, recheckTransitions, withdrawEvent } from './ledger-writer.ts';

/** Told inside the transaction which cells a write made, so that what depends on cells can be queued with it. */
export type CellsListener = (tx: Queryable, change: { mineId: number; cellIds: readonly number[] }) => Promise<void>;

export interface EventsService {
  /** @throws AppError `not-found`, `forbidden`, `sign-in-required` */
  list(
    viewer: Viewer,
    mineId: number,
    query: EventListQuery,
  ): Promise<{ items: EventAnswer[]; nextCursor: string | null }>;
  /**
   * Records an event and brings the partition up to date, in one transaction; `ifMatch` is the ledger's revision that the author saw.
   * @throws AppError with a geometry code, a code of `event-rules`, `outside-country`, `event-far-from-mine`, `declared-area-wrong`,
   * `declared-area-unit`, `accepted-too-early`, `footprint-shrinks`, `reclaimed-never-disturbed`, `backward-without-reason`,
   * `certified-without-right`, `breaks-later-event`, `stale-revision`, `forbidden`, `not-found`
   */
  record(viewer: Viewer, mineId: number, feature: NewEvent, ifMatch?: number): Promise<RecordedEvent>;
  /** Several events of one mine in the order given, all or none. */
  recordAll(viewer: Viewer, mineId: number, features: readonly NewEvent[]): Promise<RecordedEvent[]>;
  /** The rows of a file, thousands of them, all or none. @throws what `record` throws, with the `row` in its params */
  recordMany(viewer: Viewer, mineId: number, source: BulkSource): Promise<BulkResult>;
  /** `ifMatch` is the event's revision. @throws AppError `event-retracted`, `breaks-later-event`, `if-match-required`, `stale-revision` */
  retract(
    viewer: Viewer,
    mineId: number,
    eventId: number,
    reason: string,
    ifMatch: number | undefined,
  ): Promise<EventAnswer & { landRevision: number }>;
  /** What an event would cover, and what is wrong with it; stores nothing. */
  preview(viewer: Viewer, mineId: number, feature: NewEvent): Promise<PreviewAnswer>;
  onCellsChanged(listener: CellsListener): void;
}

export function createEventsService(deps: { db: Database; mines: MinesService; now?: () => Date }): EventsService {
  const { db, mines, now = () => new Date() } = deps;
  const listeners: CellsListener[] = [];

  const tellCells = async (tx: Queryable, mineId: number, cellIds: readonly number[]): Promise<void> => {
    for (const listener of listeners) await listener(tx, { mineId, cellIds });
  };

  const getEvent = async (from: Queryable, mineId: number, eventId: number): Promise<repository.EventRow> => {
    const row = await repository.findEvent(from, mineId, eventId);
    if (!row) throw notFound('land-event', eventId);
    return row;
  };

  const lock = async (tx: Queryable, mineId: number): Promise<number> => {
    const landRevision = await repository.lockLedger(tx, mineId);
    if (landRevision === undefined) throw notFound('mine', mineId);
    return landRevision;
  };

  const recordIn = async (
    tx: Queryable,
    viewer: Viewer,
    mine: MineDates & { id: number },
    feature: NewEvent,
    landRevision: number,
  ): Promise<RecordedEvent> => {
    const { properties } = feature;
    assertEventRules(properties, mine, now());
    const { geometry, repairs } = acceptPolygonal(feature.geometry);
    const misplaced = await findMisplacement(tx, mine, geometry, properties);
    if (misplaced) throw misplaced;
    const cellIds: number[] = [];
    if (properties.facilityId !== null && !(await repository.belongsToMine(tx, properties.facilityId, mine.id))) {
      throw new AppError('facility-of-another-mine', { facilityId: properties.facilityId });
    }
    const { replaces, ...fields } = properties;
    if (replaces !== null) {
      if (!(await repository.findEvent(tx, mine.id, replaces))) {
        throw new AppError('replaced-event-unknown', { eventId: replaces });
      }
      cellIds.push(...(await retractIn(tx, viewer, replaces, 'replaced', landRevision)));
    }
    const common = { ...fields, mineId: mine.id, recordedBy: viewer.accountId, recordedRevision: landRevision };
    const unrecorded =
      claimsWorks(properties.stage) && assumesEarlierDamage(properties.scope)
        ? await repository.findUndisturbedPart(tx, mine.id, geometry, properties.effectiveOn)
        : undefined;
    const eventId = await repository.insertEvent(tx, { ...common, geometry, replacesId: replaces, assumedFor: null });
    const assumedEventId =
      unrecorded === undefined ? null : await assumeDamage(tx, eventId, unrecorded, common, mine, cellIds);
    cellIds.push(...(await applyEvent(tx, eventId)));
    if (replaces !== null) {
      await recheckTransitions(tx, replaces);
      cellIds.push(...(await retractAssumed(tx, viewer, replaces, landRevision)));
    }
    const findings = await repository.writeFindings(tx, [eventId]);
    const row = await getEvent(tx, mine.id, eventId);
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
    await tellCells(tx, mine.id, cellIds);
    if (findings.length > 0) await bumpLayer(tx, 'findings');
    return {
      ...toAnswer(row),
      landRevision,
      assumedEventId,
      findings: findings.map(wordFinding),
      repairs: [...repairs],
    };
  };

  const assumeDamage = async (
    tx: Queryable,
    eventId: number,
    geometry: MultiPolygon,
    common: Omit<repository.EventInsert, 'geometry' | 'replacesId' | 'assumedFor'>,
    mine: MineDates,
    cellIds: number[],
  ): Promise<number> => {
    const assumedId = await repository.insertEvent(tx, {
      ...common,
      geometry,
      stage: 'DST',
      effectiveOn: assumedDamageDate(common.effectiveOn, mine),
      evidenceGrade: 'E0',
      reason: null,
      rightRef: null,
      declaredAreaM2: null,
      replacesId: null,
      assumedFor: eventId,
    });
    cellIds.push(...(await applyEvent(tx, assumedId)));
    return assumedId;
  };

  /** Marks as retracted and gives the land back. */
  const retractIn = async (
    tx: Queryable,
    viewer: Viewer,
    eventId: number,
    retractReason: string,
    landRevision: number,
  ): Promise<number[]> => {
    const retraction = { eventId, accountId: viewer.accountId, retractReason, landRevision };
    if (!(await repository.markRetracted(tx, retraction))) throw new AppError('event-retracted', { eventId });
    return withdrawEvent(tx, eventId);
  };

  /** Damage that was assumed for the sake of this event alone goes with it. */
  const retractAssumed = async (
    tx: Queryable,
    viewer: Viewer,
    eventId: number,
    landRevision: number,
  ): Promise<number[]> => {
    const cellIds: number[] = [];
    for (const id of await repository.listAssumedOnlyFor(tx, eventId)) {
      cellIds.push(...(await retractIn(tx, viewer, id, 'assumed for a retracted event', landRevision)));
      await recheckTransitions(tx, id);
    }
    return cellIds;
  };

  return {
    onCellsChanged: listener => void listeners.push(listener),

    async list(viewer, mineId, { cursor, limit, asAt }) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', { organisationId });
      const [afterId = null] = startAfter(cursor, cursorKey.id);
      const rows = await repository.listEvents(db.knex, mineId, { afterId, asAt: asAt ?? null, limit: limit + 1 });
      const { items, nextCursor } = cutPage(rows, limit, row => [row.id]);
      return { items: items.map(toAnswer), nextCursor };
    },

    async record(viewer, mineId, feature, ifMatch) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      return db.transaction(async tx => {
        const landRevision = await lock(tx, mineId);
        if (ifMatch !== undefined && ifMatch !== landRevision - 1) {
          const conflictingEventIds = await repository.listEventsSince(tx, mineId, ifMatch);
          throw new AppError('stale-revision', { currentRevision: landRevision - 1, conflictingEventIds });
        }
        const recorded = await recordIn(tx, viewer, mine, feature, landRevision);
        await bumpLayer(tx, 'land');
        return recorded;
      });
    },

    async recordAll(viewer, mineId, features) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      return db.transaction(async tx => {
        const landRevision = await lock(tx, mineId);
        const recorded: RecordedEvent[] = [];
        for (const feature of features) recorded.push(await recordIn(tx, viewer, mine, feature, landRevision));
        await bumpLayer(tx, 'land');
        return recorded;
      });
    },

    async recordMany(viewer, mineId, source) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      const result = await db.transaction(async tx => {
        const landRevision = await lock(tx, mineId);
        const record = (feature: NewEvent) => recordIn(tx, viewer, mine, feature, landRevision);
        const tell = (cellIds: readonly number[]) => tellCells(tx, mineId, cellIds);
        return writeMany(
          { tx, kind: db.kind, viewer, mine, landRevision, now: now(), record, tellCells: tell },
          source,
        );
      });
      await refreshFigures(db, result.written);
      return result;
    },

    async retract(viewer, mineId, eventId, reason, ifMatch) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'land.retract', { organisationId });
      if (ifMatch === undefined) throw new AppError('if-match-required');
      return db.transaction(async tx => {
        const landRevision = await lock(tx, mineId);
        const before = await getEvent(tx, mineId, eventId);
        if (before.retractedAt !== null) throw new AppError('event-retracted', { eventId });
        if (before.revision !== ifMatch) throw staleRevision(before.revision);
        const cellIds = await retractIn(tx, viewer, eventId, reason, landRevision);
        await recheckTransitions(tx, eventId);
        cellIds.push(...(await retractAssumed(tx, viewer, eventId, landRevision)));
        const after = await getEvent(tx, mineId, eventId);
        await recordAudit(tx, viewer, {
          action: 'land-event.retract',
          subjectKind: 'land-event',
          subjectId: eventId,
          before: { revision: before.revision, retractedAt: null },
          after: { revision: after.revision, retractedAt: after.retractedAt, reason },
        });
        await tellCells(tx, mineId, cellIds);
        await bumpLayer(tx, 'land');
        await bumpLayer(tx, 'findings');
        return { ...toAnswer(after), landRevision };
      });
    },

    async preview(viewer, mineId, feature) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', mine);
      return previewEvent(db.knex, mine, feature);
    },
  };
}

function toAnswer(row: repository.EventRow): EventAnswer {
  const { mineId, organisationId, perimeterM, recordedRevision, ...answer } = row;
  return answer;
}
