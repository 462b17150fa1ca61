import { polygonsFromWkb } from '../../../../gis/geometry/wkb.ts';
import { claimsWorks } from '../../../../gis/ledger/stages.ts';
import type { Queryable } from '../../../platform/db/database.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../../platform/audit/audit.ts';
import { bumpLayer } from '../../../platform/layers.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { assertEventRules, type MineDates } from '../event-rules.ts';
import type { NewEvent, RecordedEvent } from '../events.contract.ts';
import { writeFindings } from '../events.repository.ts';
import { applyEvent } from '../ledger-writer.ts';
import { findMisplacement } from '../place.ts';
import type { BulkEvent, BulkResult, BulkSource } from './bulk.contract.ts';
import { insertEvents, listWorthALook, markImported, settleAlone } from './bulk.repository.ts';

interface BulkWork {
  readonly tx: Queryable;
  readonly viewer: Viewer;
  readonly mine: MineDates & { readonly id: number; readonly province: string | null };
  readonly landRevision: number;
  readonly now: Date;
  /** The way of a single event, with all of its rules. */
  readonly record: (feature: NewEvent) => Promise<RecordedEvent>;
  readonly tellCells: (cellIds: readonly number[]) => Promise<void>;
}

/**
 * Writes many events in the transaction of the caller. Events on land of their own are written together; whatever claims works or meets
 * another outline goes the way of a single event, in the order of the file. The partition is the same either way, because it
 * does not depend on the order of recording.
 * @throws what recording a single event throws, with the `row` of the file in its params; AppError `job-cancelled`
 */
export async function writeMany(work: BulkWork, source: BulkSource): Promise<BulkResult> {
  const { tx, mine } = work;
  const later: BulkEvent[] = [];
  let written = 0;
  let findingCount = 0;
  let beforeId: number | undefined;
  const tell = (): void => source.onProgress(written / Math.max(1, source.total));

  for await (const batch of source.batches()) {
    source.signal.throwIfAborted();
    for (const event of batch) withRow(event.row, () => assertEventRules(event.properties, mine, work.now));
    later.push(...batch.filter(goesAlone));
    const together = batch.filter(event => !goesAlone(event));
    if (together.length === 0) continue;
    const common = { mineId: mine.id, importId: source.importId, recordedBy: work.viewer.accountId };
    const ids = await insertEvents(tx, { ...common, recordedRevision: work.landRevision }, together);
    beforeId ??= ids[0];
    const { cellIds, met } = await settleAlone(tx, ids, beforeId as number);
    for (const id of met) cellIds.push(...(await applyEvent(tx, id)));
    findingCount += await lookAt(work, ids, together);
    await work.tellCells(cellIds);
    written += together.length;
    tell();
  }
  for (const event of later) {
    source.signal.throwIfAborted();
    const geometry = decode(event);
    const recorded = await withRowAsync(event.row, () =>
      work.record({ type: 'Feature', geometry, properties: event.properties }),
    );
    await markImported(tx, recorded.id, source.importId);
    findingCount += recorded.findings.length;
    written++;
    tell();
  }
  if (findingCount > 0) await bumpLayer(tx, 'findings');
  await bumpLayer(tx, 'land');
  await recordAudit(tx, work.viewer, {
    action: 'land-event.import',
    subjectKind: 'import',
    subjectId: source.importId,
    before: null,
    after: { mineId: mine.id, written, landRevision: work.landRevision },
  });
  await source.afterwards(tx, written);
  return { written, findingCount, landRevision: work.landRevision };
}

/** Works need earlier disturbance beneath them, and overlaps their order: both are for the writer of single events. */
const goesAlone = ({ properties, meetsOthers }: BulkEvent): boolean =>
  meetsOthers || claimsWorks(properties.stage) || properties.stage === 'UND';

const decode = ({ geometryHex }: BulkEvent): ReturnType<typeof polygonsFromWkb> =>
  polygonsFromWkb(Buffer.from(geometryHex, 'hex'));

async function lookAt(work: BulkWork, ids: readonly number[], events: readonly BulkEvent[]): Promise<number> {
  let count = 0;
  const byId = new Map(ids.map((id, index) => [id, events[index] as BulkEvent]));
  for (const id of await listWorthALook(work.tx, work.mine.id, ids)) {
    const event = byId.get(id) as BulkEvent;
    const misplaced = await findMisplacement(work.tx, work.mine, decode(event), event.properties);
    if (misplaced) throw inRow(misplaced, event.row);
    count += (await writeFindings(work.tx, id)).length;
  }
  return count;
}

const inRow = (error: AppError, row: number): AppError =>
  new AppError(error.code, { ...error.params, row }, { cause: error, errors: error.errors });

function withRow(row: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof AppError ? inRow(error, row) : error;
  }
}

async function withRowAsync<T>(row: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? inRow(error, row) : error;
  }
}
