import { polygonsFromWkb } from '../../../../gis/geometry/wkb.ts';
import { claimsWorks } from '../../../../gis/ledger/stages.ts';
import { findCountryFault } from '../../../mines/policy.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordAudit } from '../../../platform/audit/audit.ts';
import { bumpLayer } from '../../../platform/layers.ts';
import { assertEventRules } from '../event-rules.ts';
import type { EventWriting } from '../event-writing.ts';
import { writeFindings } from '../events.repository.ts';
import { faultOfPlacement } from '../place.ts';
import { recordEvent } from '../record-event.ts';
import type { BulkEvent, BulkResult, BulkSource } from './bulk.contract.ts';
import {
  believe,
  findFarOff,
  findNeighbours,
  listWorthALook,
  makeRoom,
  markImported,
  recordAlone,
  toRows,
  type EventRows,
  type Neighbours,
  type Newcomers,
} from './bulk.repository.ts';
import type { CommonOfEvents } from './copy-rows.ts';
import { inRow, inRowAsync, withRow } from './in-row.ts';
import { readAhead } from './read-ahead.ts';
import { settleMet } from './settle-met.ts';

interface BulkWriting extends EventWriting {
  readonly kind: Database['kind'];
}

/**
 * Writes many events in the transaction of the caller. Events on land of their own are written together; whatever claims works or meets
 * another outline goes the way of a single event, in the order of their dates. The partition is the same either way, because it
 * does not depend on the order of recording.
 * @throws what recording a single event throws, with the `row` of the file in its params; AppError `job-cancelled`
 */
export async function writeMany(work: BulkWriting, source: BulkSource): Promise<BulkResult> {
  const { tx, mine } = work;
  const later: BulkEvent[] = [];
  let written = 0;
  let findingCount = 0;
  const cellIds: number[] = [];
  await makeRoom(tx);
  const neighbours = await findNeighbours(tx, mine.id);
  let lastId = neighbours.earlierId;
  const common = {
    mineId: mine.id,
    importId: source.importId,
    recordedBy: work.viewer.accountId,
    recordedRevision: work.landRevision,
  };
  let isBelieved = false;
  const setBelieved = async (isOn: boolean): Promise<void> => {
    if (isOn !== isBelieved) await believe(tx, isOn);
    isBelieved = isOn;
  };
  const tell = (): void => source.onProgress(written / Math.max(1, source.total));

  for await (const { alone, together, rows } of readAhead(prepare(work, common, source))) {
    source.signal.throwIfAborted();
    later.push(...alone);
    if (rows === undefined) continue;
    const newcomers = { mineId: mine.id, importId: source.importId, lastId };
    await setBelieved(true);
    const { ids, cellIds: whole, met } = await recordAlone(tx, rows, newcomers, neighbours);
    for (const id of whole) cellIds.push(id);
    const byId = new Map(ids.map((id, index) => [id, together[index] as BulkEvent]));
    const onEarlierLand = met.map(id => {
      const { properties, row } = byId.get(id) as BulkEvent;
      return { id, effectiveOn: properties.effectiveOn, row };
    });
    if (met.length > 0) {
      await setBelieved(false);
      for (const id of await settleMet(tx, onEarlierLand, source.signal)) cellIds.push(id);
    }
    findingCount += await lookAt(work, newcomers, byId, neighbours);
    lastId = ids.at(-1) as number;
    written += together.length;
    tell();
  }
  await setBelieved(false);
  await work.tellCells(cellIds);
  // A file may name works before the damage beneath them; by their dates each finds what it stands on.
  for (const event of later.toSorted((a, b) => a.properties.effectiveOn.localeCompare(b.properties.effectiveOn))) {
    source.signal.throwIfAborted();
    const geometry = decode(event);
    const recorded = await inRowAsync(event.row, () =>
      recordEvent(work, { type: 'Feature', geometry, properties: event.properties }),
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

interface PreparedBatch {
  /** To be written one by one. */
  readonly alone: readonly BulkEvent[];
  readonly together: readonly BulkEvent[];
  /** Those that are written together; undefined where there are none. */
  readonly rows: EventRows | undefined;
}

/** Everything that is done for the events of a file without the database, which works on those before in the meantime. */
async function* prepare(
  { kind, mine, now }: BulkWriting,
  common: CommonOfEvents,
  source: BulkSource,
): AsyncGenerator<PreparedBatch> {
  for await (const batch of source.batches()) {
    for (const event of batch) inRow(event.row, () => assertEventRules(event.properties, mine, now));
    const together = batch.filter(event => !goesAlone(event));
    const rows = together.length === 0 ? undefined : toRows(kind, common, together);
    yield { alone: batch.filter(goesAlone), together, rows };
  }
}

/** Works need earlier disturbance beneath them, and overlaps their order: both are for the writer of single events. */
const goesAlone = ({ properties, meetsOthers }: BulkEvent): boolean =>
  meetsOthers || claimsWorks(properties.stage) || properties.stage === 'UND';

const decode = ({ geometryHex }: BulkEvent): ReturnType<typeof polygonsFromWkb> =>
  polygonsFromWkb(Buffer.from(geometryHex, 'hex'));

async function lookAt(
  { tx, mine }: BulkWriting,
  newcomers: Newcomers,
  byId: ReadonlyMap<number, BulkEvent>,
  neighbours: Neighbours,
): Promise<number> {
  const worth = await listWorthALook(tx, newcomers, neighbours);
  if (worth.length === 0) return 0;
  const farOff = await findFarOff(tx, mine.id, worth);
  for (const id of worth) {
    const event = byId.get(id) as BulkEvent;
    const placement = farOff.get(id);
    const misplaced = findCountryFault(decode(event), mine.province) ?? (placement && faultOfPlacement(placement));
    if (misplaced) throw withRow(misplaced, event.row);
  }
  return (await writeFindings(tx, worth)).length;
}
