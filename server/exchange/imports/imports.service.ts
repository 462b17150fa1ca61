import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { assertCan } from '../../accounts/policy.ts';
import type { Box } from '../../../gis/types.ts';
import type { LandService } from '../../land/land.service.ts';
import type { BoundariesService } from '../../mines/boundaries.service.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Job, Jobs } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { fixesSchema, type Fixes } from '../diagnosis/fixes.ts';
import { createScratchFolders } from '../scratch-folders.ts';
import { toAnswer } from './import-answer.ts';
import { knownBefore, notShown, refusal } from './import-refusal.ts';
import { examineFile } from './examination/examine-file.ts';
import type { ImportAnswer, ImportItem, VerdictAnswer } from './imports.contract.ts';
import * as repository from './imports.repository.ts';
import { countBlocking } from './examination/count-blocking.ts';
import { checkMapping } from './mapping/check-mapping.ts';
import type { ImportsUnderWay } from './imports-under-way.ts';
import { mappingSchema, type Mapping } from './mapping/mapping.ts';
import { withLayers } from './mapping/with-layers.ts';
import { fieldsKey, suggestMapping } from './mapping/suggest-mapping.ts';
import { printVerdict } from './verdict/print-verdict.ts';
import { signWithOwnKey } from './verdict/signing-key.ts';
import { digestOf, verdictBytes } from './verdict/verdict.ts';
import { clearUnfinished } from './receiving/clear-unfinished.ts';
import { parseField } from './receiving/parse-field.ts';
import { receiveFile, type ReceivedFile } from './receiving/receive-file.ts';
import { receiveLocalFile, type LocalFile } from './receiving/receive-local-file.ts';

export interface ImportsService {
  /**
   * Examines a file; without `dryRun` also writes its rows, in a job. Waits for the job a few seconds, so that small files are written
   * when the answer comes.
   * @throws AppError `import-…`, `forbidden`, `not-found`; what is wrong with the file itself is in the findings of a dry run
   */
  receive(viewer: Viewer, query: ImportQuery, request: IncomingMessage): Promise<ImportAnswer>;
  /** The same for a file of this machine. @throws AppError also `import-file-unreadable` */
  receiveLocal(viewer: Viewer, query: ImportQuery, file: LocalFile): Promise<ImportAnswer>;
  /** @throws AppError `not-found`, `forbidden` */
  get(viewer: Viewer, id: number): Promise<ImportAnswer>;
  /** What was found, signed by this installation. @throws AppError `not-found`, `forbidden` */
  getVerdict(viewer: Viewer, id: number): Promise<VerdictAnswer>;
  /** The same on paper, as PDF. */
  printVerdict(viewer: Viewer, id: number): Promise<Buffer>;
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

export const WRITE_IMPORT = 'write-import';
const WAIT_FOR_JOB_MS = 8_000;
const EARLIER = { layers: [], rows: { unready: [], errors: [], warnings: [] }, faults: { ofFile: 0, errors: [] } };
/** Cells round the rows of a file up to which gaps to them are looked for. */
const MOST_RECORDED = 5_000;
const LOOK_EVERY_MS = 60;
const GROUND_KINDS: ReadonlySet<string> = new Set(['LICENCE', 'SURFRIGHT', 'RESP']);

export function createImportsService(deps: ImportsDeps): ImportsService {
  const { db, storage, jobs, mines, boundaries, land, underWay, dataDir } = deps;
  const folders = createScratchFolders(dataDir, 'examinations');
  let isCleared = false;

  async function outlinesOf(mineId: number) {
    const today = new Date().toISOString().slice(0, 10);
    const { items } = await boundaries.list(mineId, { asAt: today, limit: 1000 });
    return items.filter(({ kind }) => GROUND_KINDS.has(kind)).map(({ geometry }) => geometry);
  }

  async function recordedIn(mineId: number, boxes: readonly Box[]) {
    const outlines = await land.partition.listOutlinesNear(mineId, boxes, MOST_RECORDED + 1);
    const isComplete = outlines.length <= MOST_RECORDED;
    return { outlines: isComplete ? outlines : [], isComplete };
  }

  async function examine(
    viewer: Viewer,
    mine: { readonly id: number; readonly organisationId: number },
    file: ReceivedFile,
    folder: string,
    dryRun: boolean,
  ): Promise<ImportAnswer> {
    const fixes: Fixes = parseField('fixes', file.fields.fixes, fixesSchema) ?? {};
    const mapping: Mapping | null = parseField('mapping', file.fields.mapping, mappingSchema) ?? null;
    const scratch = await folders.make();
    try {
      const rowsPath = join(scratch, 'rows.ndjson');
      const path = await storage.localPath(file.key);
      const outlines = await outlinesOf(mine.id);
      const layersByFields = await repository.findLayers(db.knex, mine.organisationId);
      const task = { path, fileName: file.name, scratch, rowsPath, fixes, outlines, layersByFields };
      const examined = await examineFile(task, boxes => recordedIn(mine.id, boxes));
      const key = fieldsKey(examined.diagnosis.format, examined.diagnosis.fields);
      const template = await repository.findTemplate(db.knex, mine.organisationId, key);
      const remembered = mapping === null ? template : undefined;
      const { fields } = examined.diagnosis;
      const suggested =
        mapping ??
        remembered ??
        suggestMapping(
          fields,
          examined.shown.map(row => row.attributes),
          examined.diagnosis.format === 'dxf',
        );
      const needsMapping = !dryRun && mapping === null;
      const checked = await checkMapping(rowsPath, needsMapping ? mappingSchema.parse({}) : mapping);
      const before = await repository.findWritten(db.knex, mine.id, file.sha256);
      const findings = [
        ...knownBefore(before, fixes),
        ...examined.diagnosis.findings,
        ...checked.findings,
        ...notShown(examined),
      ];
      const chosen = mapping?.rows === undefined ? undefined : new Set(mapping.rows);
      const errorsBeside = before !== undefined && fixes.again !== true ? 1 : 0;
      const { faults } = examined.diagnosis;
      const errorCount = errorsBeside + countBlocking(faults, chosen) + countBlocking(checked.faults, chosen);
      const state = dryRun ? 'checked' : errorCount > 0 ? 'refused' : 'writing';
      await storage.put(`${folder}/rows.ndjson`, createReadStream(rowsPath));
      const { meeting, rowCount, readyCount, format } = examined.diagnosis;
      const source = mapping === null ? (remembered === undefined ? 'guessed' : 'remembered') : 'sent';
      const keepAnswer = async (tx: Queryable, id: number): Promise<ImportAnswer> => {
        const made = toAnswer(await getRow(id, tx), examined, findings, {
          mapping,
          suggested,
          source,
          checked,
          errorsBeside,
        });
        await storage.put(`${folder}/answer.json`, Buffer.from(JSON.stringify(made)));
        return made;
      };
      // Once the job holds the embedded database's one connection nothing can be read before it has ended.
      const { answer, jobId } = await db.transaction(async tx => {
        const about = { fileName: file.name, sha256: file.sha256, bytes: file.bytes, format, storageFolder: folder };
        const counts = { meeting, rowCount, readyCount, errorCount };
        const row = {
          mineId: mine.id,
          ...about,
          ...counts,
          state,
          mapping: mapping === null ? null : withLayers(mapping, examined.diagnosis.layers, template),
          fixes,
          createdBy: viewer.accountId,
        } as const;
        const made = await repository.insertImport(tx, row);
        if (state !== 'writing') return { answer: await keepAnswer(tx, made), jobId: null };
        const options = { createdBy: viewer.accountId, subject: { kind: 'import', id: made } };
        const job = await jobs.enqueue(
          tx,
          WRITE_IMPORT,
          { importId: made, fieldsKey: key, viewer: toPayload(viewer) },
          options,
        );
        await repository.setImportState(tx, made, { state: 'writing', jobId: job });
        await recordAudit(tx, viewer, {
          action: 'import.create',
          subjectKind: 'import',
          subjectId: made,
          before: null,
          after: { ...about, ...counts, meeting: undefined, mineId: mine.id },
        });
        return { answer: await keepAnswer(tx, made), jobId: job };
      });
      if (state === 'refused') throw refusal(answer, chosen);
      return jobId === null ? answer : await afterJob(answer, jobId);
    } finally {
      await folders.remove(scratch);
    }
  }

  async function getRow(id: number, from: Queryable = db.knex): Promise<repository.ImportRow> {
    const row = await repository.findImport(from, id);
    if (row === undefined) throw notFound('import', id);
    return row;
  }

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
    return withState(answer, await getRow(answer.id), job);
  }

  async function sweep(): Promise<void> {
    if (!isCleared) await clearUnfinished(storage);
    isCleared = true;
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
  ): Promise<ImportAnswer> {
    const mine = await mines.getOwner(mineId);
    assertCan(viewer, 'land.write', mine);
    await sweep();
    const folder = `imports/${randomUUID()}`;
    const file = await store(`${folder}/upload`);
    try {
      return await examine(viewer, mine, file, folder, dryRun);
    } catch (error) {
      const isKept = error instanceof AppError && (error.code === 'import-refused' || 'importId' in error.params);
      if (!isKept) await removeFolder(folder);
      throw error;
    }
  }

  const service: ImportsService = {
    receive: (viewer, query, request) => take(viewer, query, key => receiveFile(request, storage, key)),

    receiveLocal: (viewer, query, file) => take(viewer, query, key => receiveLocalFile(file, storage, key)),

    async get(viewer, id) {
      const known = underWay.get(id);
      const row = known?.row ?? (await getRow(id));
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
      return printVerdict({ answer, digest: digestOf(bytes), signature: await signWithOwnKey(db.knex, bytes) });
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

/** A job outlives the request: who asked travels with it. */
const toPayload = (viewer: Viewer) => ({ ...viewer, organisationIds: [...viewer.organisationIds] });

const withState = (answer: ImportAnswer, row: repository.ImportRow, job: Job | undefined): ImportAnswer => ({
  ...answer,
  state: row.state === 'writing' && job?.state === 'failed' ? 'failed' : row.state,
  written: row.written,
  job: job === undefined ? null : { id: job.id, state: job.state },
});
