import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { assertCan } from '../../accounts/policy.ts';
import type { LandService } from '../../land/land.service.ts';
import type { BoundariesService } from '../../mines/boundaries.service.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Job, Jobs } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { createScratchFolders } from '../scratch-folders.ts';
import { examineUpload } from './examination/examine-upload.ts';
import { refusal } from './import-refusal.ts';
import type { ImportAnswer, ImportItem, VerdictAnswer } from './imports.contract.ts';
import * as repository from './imports.repository.ts';
import type { ImportsUnderWay } from './imports-under-way.ts';
import { clearUnfinished } from './receiving/clear-unfinished.ts';
import { receiveFile, type ReceivedFile } from './receiving/receive-file.ts';
import { receiveLocalFile, type LocalFile } from './receiving/receive-local-file.ts';
import { printVerdict } from './verdict/print-verdict.ts';
import { signPdf } from './verdict/document/sign-pdf.ts';
import { documentKey, shortDigest, signWithOwnKey } from './verdict/signing-key.ts';
import { digestOf, verdictBytes } from './verdict/verdict.ts';

export interface ImportsService {
  /**
   * Examines a file; without `dryRun` also writes its rows, in a job. Waits for the job a few seconds, so that small files are written
   * when the answer comes. Once `gone` is aborted a dry run is given up, and nothing of the file stays.
   * @throws AppError `import-…`, `forbidden`, `not-found`; what is wrong with the file itself is in the findings of a dry run
   */
  receive(viewer: Viewer, query: ImportQuery, request: IncomingMessage, gone?: AbortSignal): Promise<ImportAnswer>;
  /** The same for a file of this machine. @throws AppError also `import-file-unreadable` */
  receiveLocal(viewer: Viewer, query: ImportQuery, file: LocalFile): Promise<ImportAnswer>;
  /** @throws AppError `not-found`, `forbidden` */
  get(viewer: Viewer, id: number): Promise<ImportAnswer>;
  /** What was found, signed by this installation. @throws AppError `not-found`, `forbidden` */
  getVerdict(viewer: Viewer, id: number): Promise<VerdictAnswer>;
  /** The same on paper, as PDF, which is signed itself. */
  printVerdict(viewer: Viewer, id: number): Promise<Buffer>;
  /** Removes what was begun before and lost with its process: uploads without an answer, and what was read of them. */
  clearUnfinished(beforeMs: number): Promise<void>;
  list(
    viewer: Viewer,
    query: { mine: number; limit: number; cursor?: string | undefined },
  ): Promise<{ items: ImportItem[]; nextCursor: string | null }>;
}

export interface ImportQuery {
  readonly mine: number;
  readonly dryRun: boolean;
}

export interface ImportsDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
  readonly mines: MinesService;
  readonly boundaries: BoundariesService;
  readonly land: LandService;
  readonly underWay: ImportsUnderWay;
  readonly dataDir: string;
}

const WAIT_FOR_JOB_MS = 8_000;
const EARLIER = { layers: [], rows: { unready: [], errors: [], warnings: [] }, faults: { ofFile: 0, errors: [] } };
const LOOK_EVERY_MS = 60;

export function createImportsService(deps: ImportsDeps): ImportsService {
  const { db, storage, jobs, mines, underWay } = deps;
  const examination = { ...deps, folders: createScratchFolders(deps.dataDir, 'examinations') };

  /** Most files are written in less time than it takes to ask again. */
  async function afterJob(answer: ImportAnswer, jobId: string): Promise<ImportAnswer> {
    let job: Job = await jobs.get(jobId);
    for (const untilMs = Date.now() + WAIT_FOR_JOB_MS; Date.now() < untilMs && isOpen(job);) {
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
      job = await jobs.get(jobId);
    }
    if (job.state === 'failed') throw new AppError(job.code ?? 'internal', { ...job.params, importId: answer.id });
    // Its row is not at hand while the job holds the embedded database's one connection.
    if (isOpen(job)) return { ...answer, job: { id: job.id, state: job.state } };
    return withState(answer, await repository.getImport(db.knex, answer.id), job);
  }

  async function sweep(): Promise<void> {
    await repository.failEnded(db.knex);
    for (const folder of await repository.dropStale(db.knex)) await removeFolder(folder);
  }

  async function removeFolder(folder: string): Promise<void> {
    for (const key of await storage.list(`${folder}/`)) await storage.delete(key);
  }

  async function take(
    viewer: Viewer,
    { mine: mineId, dryRun }: ImportQuery,
    store: (key: string) => Promise<ReceivedFile>,
    gone?: AbortSignal,
  ): Promise<ImportAnswer> {
    const mine = await mines.getOwner(mineId);
    assertCan(viewer, 'land.write', mine);
    await sweep();
    const folder = `imports/${randomUUID()}`;
    const file = await store(`${folder}/upload`);
    const upload = { viewer, mine, file, folder, dryRun, gone };
    const { answer, state, jobId, chosen } = await examineUpload(examination, upload).catch(async (error: unknown) => {
      await removeFolder(folder);
      throw error;
    });
    // Whatever goes wrong from here on: the import has its row, and perhaps a job that reads its folder.
    if (state === 'refused') throw refusal(answer, chosen);
    return jobId === null ? answer : afterJob(answer, jobId);
  }

  const service: ImportsService = {
    receive: (viewer, query, request, gone) => take(viewer, query, key => receiveFile(request, storage, key), gone),

    receiveLocal: (viewer, query, file) => take(viewer, query, key => receiveLocalFile(file, storage, key)),

    async get(viewer, id) {
      const known = underWay.get(id);
      const row = known?.row ?? (await repository.getImport(db.knex, id));
      assertCan(viewer, 'land.readWorking', known?.owner ?? (await mines.getOwner(row.mineId)));
      const path = await storage.localPath(`${row.storageFolder}/answer.json`);
      // Answers of earlier versions have neither layers nor faults by their rows.
      const answer = { ...EARLIER, ...(JSON.parse(await readFile(path, 'utf8')) as ImportAnswer) };
      return withState(answer, row, row.jobId === null ? undefined : await jobs.get(row.jobId));
    },

    async getVerdict(viewer, id) {
      const bytes = verdictBytes(await service.get(viewer, id));
      return { content: bytes.toString('utf8'), sha256: digestOf(bytes), ...(await signWithOwnKey(db.knex, bytes)) };
    },

    async printVerdict(viewer, id) {
      const answer = await service.get(viewer, id);
      const bytes = verdictBytes(answer);
      const key = await documentKey(db.knex);
      const [digest, certificate] = [digestOf(bytes), shortDigest(key.certificate)];
      const signature = await signWithOwnKey(db.knex, bytes);
      return signPdf(await printVerdict({ answer, digest, signature, certificate }), key);
    },

    async clearUnfinished(beforeMs) {
      await clearUnfinished(storage, beforeMs);
      await examination.folders.clear(beforeMs);
    },

    async list(viewer, { mine, limit, cursor }) {
      assertCan(viewer, 'land.readWorking', await mines.getOwner(mine));
      const [beforeId = null] = startAfter(cursor, cursorKey.id);
      await repository.failEnded(db.knex);
      const rows = await repository.listImports(db.knex, mine, { beforeId, limit: limit + 1 });
      const { items, nextCursor } = cutPage(rows, limit, row => [row.id]);
      return {
        items: items.map(({ id, mineId, fileName, state, format, rowCount, written, createdAt }) => ({
          id,
          mineId,
          fileName,
          state,
          format,
          rowCount,
          written,
          createdAt,
        })),
        nextCursor,
      };
    },
  };
  return service;
}

const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

const withState = (answer: ImportAnswer, row: repository.ImportRow, job: Job | undefined): ImportAnswer => ({
  ...answer,
  state: row.state === 'writing' && job?.state === 'failed' ? 'failed' : row.state,
  written: row.written,
  job: job === undefined ? null : { id: job.id, state: job.state },
});
