// Writes the rows of an examined file to the ledger: all of them or none, and once, however often the job runs.
import { AsyncResource } from 'node:async_hooks';
import { z } from 'zod';
import type { BulkEvent } from '../../land/events/bulk/bulk.contract.ts';
import type { LandService } from '../../land/land.service.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { JobContext, Jobs } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Role, Viewer } from '../../platform/viewer.ts';
import { WRITE_IMPORT } from './examination/examine-upload.ts';
import { readStoredRows } from './examination/ready-rows.ts';
import * as repository from './imports.repository.ts';
import { mapRow } from './mapping/map-row.ts';
import type { ImportsUnderWay } from './imports-under-way.ts';
import type { Mapping } from './mapping/mapping.ts';

const ROLES_WITH_ACCOUNT = ['manager', 'ecologist', 'regulator', 'steward', 'group', 'admin'] as const satisfies Role[];

const payload = z.strictObject({
  importId: z.int().positive(),
  fieldsKey: z.string(),
  viewer: z.strictObject({
    accountId: z.int().nullable(),
    username: z.string().nullable(),
    role: z.enum(ROLES_WITH_ACCOUNT),
    organisationIds: z.array(z.int()),
  }),
});

/** What one statement takes: long enough to be worth its planning, short enough to be cancelled between two. */
const BATCH = { rows: 8_000, characters: 8_000_000 };

export interface ImportJobsDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
  readonly land: LandService;
  readonly mines: MinesService;
  readonly underWay: ImportsUnderWay;
}

export function defineImportJobs(deps: ImportJobsDeps): void {
  deps.jobs.define(WRITE_IMPORT, payload, (work, context) => writeImport(deps, work, context));
}

async function writeImport(
  { db, storage, land, mines, underWay }: ImportJobsDeps,
  work: z.output<typeof payload>,
  context: JobContext,
): Promise<{ written: number; findingCount: number }> {
  const row = await repository.getImport(db.knex, work.importId);
  if (row.state === 'written') return { written: row.written, findingCount: 0 };
  const viewer: Viewer = { ...work.viewer, organisationIds: new Set(work.viewer.organisationIds) };
  const mapping = row.mapping;
  if (mapping === null) throw new AppError('import-refused', { importId: row.id, errorCount: 1 });
  const path = await storage.localPath(`${row.storageFolder}/rows.ndjson`).catch(() => {
    throw new AppError('import-lost', { importId: row.id });
  });
  // Told outside of the transaction: inside of it the job's own connection is not at hand.
  const onProgress = AsyncResource.bind((fraction: number) => void context.progress(fraction).catch(() => undefined));
  underWay.begin({ row, owner: await mines.getOwner(row.mineId) });
  try {
    const result = await land.events.recordMany(viewer, row.mineId, {
      importId: row.id,
      total: mapping.rows?.length ?? row.readyCount,
      batches: () => eventsOf(path, mapping, new Set(row.meeting)),
      onProgress,
      signal: context.signal,
      afterwards: async (tx, written) => {
        // Sent twice at once, the file was unwritten for both when it was examined; the mine is locked since.
        const before = await repository.findWritten(tx, row.mineId, row.sha256);
        if (before !== undefined && row.fixes.again !== true) {
          throw new AppError('import-written-before', { importId: row.id, beforeId: before.id });
        }
        await repository.setImportState(tx, row.id, { state: 'written', written });
        const { organisationId } = await mines.getOwner(row.mineId, tx);
        const { rows: _rows, ...template } = mapping;
        await repository.rememberTemplate(tx, {
          organisationId,
          key: work.fieldsKey,
          mapping: template,
          accountId: viewer.accountId,
        });
      },
    });
    return { written: result.written, findingCount: result.findingCount };
  } catch (error) {
    await repository.setImportState(db.knex, row.id, { state: 'failed' });
    throw error;
  } finally {
    underWay.end(row.id);
  }
}

async function* eventsOf(path: string, mapping: Mapping, meeting: ReadonlySet<number>): AsyncGenerator<BulkEvent[]> {
  const chosen = mapping.rows === undefined ? undefined : new Set(mapping.rows);
  for await (const batch of readStoredRows(path, BATCH)) {
    yield batch.flatMap((row): BulkEvent[] => {
      if (chosen?.has(row.number) === false) return [];
      const mapped = mapRow({ ...row, declaredAreaM2: row.declaredAreaM2 ?? undefined }, mapping);
      if ('findings' in mapped)
        throw new AppError('import-refused', { importId: 0, errorCount: mapped.findings.length });
      const { properties } = mapped;
      const { number, geometryHex, isSound } = row;
      const areaM2 = isSound === true ? row.areaM2 : null;
      return [{ properties, geometryHex, areaM2, meetsOthers: meeting.has(number), row: number }];
    });
  }
}
