import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import type { ImportAnswer } from '../../server/exchange/imports/imports.contract.ts';
import { createImportsUnderWay } from '../../server/exchange/imports/imports-under-way.ts';
import { defineImportJobs } from '../../server/exchange/imports/imports.jobs.ts';
import { createImportsService, type ImportsService } from '../../server/exchange/imports/imports.service.ts';
import { createLandService, type LandService } from '../../server/land/land.service.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { createJobs } from '../../server/platform/jobs/create-jobs.ts';
import type { Jobs } from '../../server/platform/jobs/jobs.ts';
import { createLog } from '../../server/platform/log.ts';
import { openStorage } from '../../server/platform/storage/open-storage.ts';
import { createRooms, makeMine, viewerOf } from '../helpers/rooms.ts';

export const admin = viewerOf('admin');
/** What every plot of a file is where nothing else is said. */
export const defaults = { defaults: { stage: 'DST', effectiveOn: '2020-01-01' } };

/** The request that a browser would send. */
async function formRequest(
  content: Uint8Array | string,
  name: string,
  fields: Record<string, unknown>,
): Promise<IncomingMessage> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, JSON.stringify(value));
  form.append('file', new Blob([content as BlobPart]), name);
  const response = new Response(form);
  const body = Readable.from([Buffer.from(await response.arrayBuffer())]);
  return Object.assign(body, { headers: { 'content-type': response.headers.get('content-type') ?? '' } }) as never;
}

/** A square plot, degrees. */
export const square = (west: number, south: number, properties: Record<string, unknown> = {}, size = 0.001) => ({
  type: 'Feature',
  properties,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
});
export const collection = (...features: unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features });

interface SendOptions {
  readonly dryRun?: boolean;
  readonly name?: string;
  readonly mapping?: unknown;
  readonly fixes?: unknown;
  readonly gone?: AbortSignal;
}

/** The rooms that an import goes through, with their jobs at work; there inside tests and hooks only. */
export interface ImportDesk {
  readonly imports: ImportsService;
  readonly land: LandService;
  readonly jobs: Jobs;
  /** Where uploads are kept. */
  readonly folder: string;
  readonly freshMine: () => Promise<{ id: number; organisationId: number; code: string }>;
  readonly send: (mineId: number, content: string, options?: SendOptions) => Promise<ImportAnswer>;
}

export function useImportDesk(getDb: () => Database): ImportDesk {
  const made: { imports?: ImportsService; land?: LandService; jobs?: Jobs; folder?: string } = {};
  let mineNumber = 0;
  beforeAll(async () => {
    const db = getDb();
    const { mines, boundaries } = createRooms(db);
    made.folder = await mkdtemp(join(tmpdir(), 'regreen-imports-test-'));
    const storage = await openStorage(`file://${made.folder}`, made.folder);
    const jobs = createJobs(db, createLog('silent'));
    const land = createLandService({ db, mines });
    const underWay = createImportsUnderWay();
    made.imports = createImportsService({ db, storage, jobs, mines, boundaries, land, underWay, dataDir: made.folder });
    defineImportJobs({ db, storage, jobs, land, mines, underWay });
    await jobs.prepare();
    await jobs.work();
    Object.assign(made, { jobs, land });
  });
  afterAll(async () => {
    await made.jobs?.stop(1_000);
    if (made.folder !== undefined) await rm(made.folder, { recursive: true, force: true });
  });
  return Object.assign(made, {
    async freshMine() {
      const code = `IMPORT-${mineNumber++}`;
      return { ...(await makeMine(createRooms(getDb()), code, 111.95, 34.95)), code };
    },
    async send(mineId: number, content: string, options: SendOptions = {}) {
      const { dryRun = false, name = 'a.geojson', mapping, fixes } = options;
      const fields = { ...(mapping === undefined ? {} : { mapping }), ...(fixes === undefined ? {} : { fixes }) };
      const request = await formRequest(content, name, fields);
      return (made.imports as ImportsService).receive(admin, { mine: mineId, dryRun }, request, options.gone);
    },
  }) as ImportDesk;
}
