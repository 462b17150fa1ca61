import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound, staleRevision } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { BulkResult, BulkSource } from './bulk/bulk.contract.ts';
import { refreshFigures } from './bulk/bulk.repository.ts';
import { writeMany } from './bulk/bulk-writer.ts';
import { toAnswer } from './event-answer.ts';
import { assertEventRules, type MineDates } from './event-rules.ts';
import type { EventWriting } from './event-writing.ts';
import type { EventAnswer, EventListQuery, NewEvent, PreviewAnswer, RecordedEvent } from './events.contract.ts';
import * as repository from './events.repository.ts';
import { recheckTransitions } from './ledger-writer.ts';
import { mendLedger, type MendedLedger } from '../verify/mend-ledger.ts';
import { previewEvent } from './preview.ts';
import { recordEvent } from './record-event.ts';
import { retractAssumed, retractEvent } from './retract-event.ts';

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
  /** Verifies a ledger and derives anew what differs from its events; these and what was published stay as they are. */
  mend(viewer: Viewer, mineId: number): Promise<MendedLedger>;
  /** What the rules that need nothing but an event and its mine have against it. */
  findFault(mine: MineDates, properties: NewEvent['properties']): AppError | undefined;
  /** What an event would cover, and what is wrong with it; stores nothing. */
  preview(viewer: Viewer, mineId: number, feature: NewEvent): Promise<PreviewAnswer>;
  onCellsChanged(listener: CellsListener): void;
}

export function createEventsService(deps: { db: Database; mines: MinesService; now?: () => Date }): EventsService {
  const { db, mines, now = () => new Date() } = deps;
  const listeners: CellsListener[] = [];

  const getEvent = async (from: Queryable, mineId: number, eventId: number): Promise<repository.EventRow> => {
    const row = await repository.findEvent(from, mineId, eventId);
    if (!row) throw notFound('land-event', eventId);
    return row;
  };

  /** Runs the work with the ledger of the mine locked, so that nobody else writes between its steps. */
  const write = <T>(
    viewer: Viewer,
    mine: MineDates & { readonly id: number },
    work: (writing: EventWriting) => Promise<T>,
  ): Promise<T> =>
    db.transaction(async tx => {
      const landRevision = await repository.lockLedger(tx, mine.id);
      if (landRevision === undefined) throw notFound('mine', mine.id);
      const tellCells = async (cellIds: readonly number[]): Promise<void> => {
        for (const listener of listeners) await listener(tx, { mineId: mine.id, cellIds });
      };
      return work({ tx, viewer, mine, landRevision, now: now(), tellCells });
    });

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
      return write(viewer, mine, async writing => {
        const { tx, landRevision } = writing;
        if (ifMatch !== undefined && ifMatch !== landRevision - 1) {
          const conflictingEventIds = await repository.listEventsSince(tx, mineId, ifMatch);
          throw new AppError('stale-revision', { currentRevision: landRevision - 1, conflictingEventIds });
        }
        const recorded = await recordEvent(writing, feature);
        await bumpLayer(tx, 'land');
        return recorded;
      });
    },

    async recordAll(viewer, mineId, features) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      return write(viewer, mine, async writing => {
        const recorded: RecordedEvent[] = [];
        for (const feature of features) recorded.push(await recordEvent(writing, feature));
        await bumpLayer(writing.tx, 'land');
        return recorded;
      });
    },

    async recordMany(viewer, mineId, source) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      const result = await write(viewer, mine, writing => writeMany({ ...writing, kind: db.kind }, source));
      await refreshFigures(db, result.written);
      return result;
    },

    async retract(viewer, mineId, eventId, reason, ifMatch) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.retract', mine);
      if (ifMatch === undefined) throw new AppError('if-match-required');
      return write(viewer, mine, async writing => {
        const { tx, landRevision } = writing;
        const before = await getEvent(tx, mineId, eventId);
        if (before.retractedAt !== null) throw new AppError('event-retracted', { eventId });
        if (before.revision !== ifMatch) throw staleRevision(before.revision);
        const cellIds = await retractEvent(writing, eventId, reason);
        await recheckTransitions(tx, eventId);
        cellIds.push(...(await retractAssumed(writing, eventId)));
        const after = await getEvent(tx, mineId, eventId);
        await recordAudit(tx, viewer, {
          action: 'land-event.retract',
          subjectKind: 'land-event',
          subjectId: eventId,
          before: { revision: before.revision, retractedAt: null },
          after: { revision: after.revision, retractedAt: after.retractedAt, reason },
        });
        await writing.tellCells(cellIds);
        await bumpLayer(tx, 'land');
        await bumpLayer(tx, 'findings');
        return { ...toAnswer(after), landRevision };
      });
    },

    async mend(viewer, mineId) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.write', mine);
      return write(viewer, mine, mendLedger);
    },

    findFault(mine, properties) {
      try {
        assertEventRules(properties, mine, now());
        return undefined;
      } catch (error) {
        if (error instanceof AppError) return error;
        throw error;
      }
    },

    async preview(viewer, mineId, feature) {
      const mine = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', mine);
      return previewEvent(db.knex, mine, feature);
    },
  };
}
