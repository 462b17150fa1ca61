import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Box } from '../../../../gis/types.ts';
import type { LandService } from '../../../land/land.service.ts';
import type { BoundariesService } from '../../../mines/boundaries.service.ts';
import type { MinesService } from '../../../mines/mines.service.ts';
import { recordAudit } from '../../../platform/audit/audit.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { fixesSchema, type Fixes } from '../../diagnosis/fixes.ts';
import type { ScratchFolders } from '../../scratch-folders.ts';
import { toAnswer } from '../import-answer.ts';
import { knownBefore, notShown, sameGroundBefore } from '../import-refusal.ts';
import type { ImportAnswer } from '../imports.contract.ts';
import * as repository from '../imports.repository.ts';
import { checkMapping } from '../mapping/check-mapping.ts';
import { mappingSchema, type Mapping } from '../mapping/mapping.ts';
import { fieldsKey, suggestMapping } from '../mapping/suggest-mapping.ts';
import { withLayers } from '../mapping/with-layers.ts';
import { parseField } from '../receiving/parse-field.ts';
import type { ReceivedFile } from '../receiving/receive-file.ts';
import { countBlocking } from './count-blocking.ts';
import { examineFile } from './examine-file.ts';

export interface Upload {
  readonly viewer: Viewer;
  readonly mine: Awaited<ReturnType<MinesService['getOwner']>>;
  readonly file: ReceivedFile;
  /** Where in the storage what belongs to this import lies. */
  readonly folder: string;
  readonly dryRun: boolean;
  /** Ends the examination of a dry run: nobody waits for what is found any more. */
  readonly gone?: AbortSignal | undefined;
}

export interface ExaminedUpload {
  readonly answer: ImportAnswer;
  readonly state: 'checked' | 'refused' | 'writing';
  /** Of the job that writes the rows. */
  readonly jobId: string | null;
  /** Rows that were asked for; undefined = all. */
  readonly chosen: ReadonlySet<number> | undefined;
}

export interface ExaminationDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
  readonly boundaries: BoundariesService;
  readonly land: LandService;
  readonly folders: ScratchFolders;
}

export const WRITE_IMPORT = 'write-import';
/** Cells round the rows of a file up to which gaps to them are looked for. */
const MOST_RECORDED = 5_000;
const GROUND_KINDS: ReadonlySet<string> = new Set(['LICENCE', 'SURFRIGHT', 'RESP']);

/** Examines a stored file, keeps what was found, and unless it is a dry run or may not be written starts the job that writes its rows. */
export async function examineUpload(deps: ExaminationDeps, upload: Upload): Promise<ExaminedUpload> {
  const scratch = await deps.folders.make();
  try {
    const judged = await judge(deps, upload, scratch);
    await deps.storage.put(`${upload.folder}/rows.ndjson`, createReadStream(judged.rowsPath));
    return { ...(await keep(deps, upload, judged)), state: judged.state, chosen: judged.chosen };
  } finally {
    await deps.folders.remove(scratch);
  }
}

type Judged = Awaited<ReturnType<typeof judge>>;

/** What is in the file, what its rows would become, and whether they may be written. */
async function judge(deps: ExaminationDeps, { mine, file, dryRun, gone }: Upload, scratch: string) {
  const { db, storage, land } = deps;
  const fixes: Fixes = parseField('fixes', file.fields.fixes, fixesSchema) ?? {};
  const mapping: Mapping | null = parseField('mapping', file.fields.mapping, mappingSchema) ?? null;
  const rowsPath = join(scratch, 'rows.ndjson');
  const path = await storage.localPath(file.key);
  const outlines = await outlinesOf(deps.boundaries, mine.id);
  const layersByFields = await repository.findLayers(db.knex, mine.organisationId);
  const task = { path, fileName: file.name, scratch, rowsPath, fixes, outlines, layersByFields };
  const examined = await examineFile(task, boxes => recordedIn(land, mine.id, boxes), dryRun ? gone : undefined);
  const { diagnosis } = examined;
  const key = fieldsKey(diagnosis.format, diagnosis.fields);
  const template = await repository.findTemplate(db.knex, mine.organisationId, key);
  const remembered = mapping === null ? template : undefined;
  const attributes = examined.shown.map(row => row.attributes);
  const suggested = mapping ?? remembered ?? suggestMapping(diagnosis.fields, attributes, diagnosis.format === 'dxf');
  const needsMapping = !dryRun && mapping === null;
  const asked = { mapping: needsMapping ? mappingSchema.parse({}) : mapping, suggested };
  const checked = await checkMapping(rowsPath, asked, {
    faultOf: properties => land.events.findFault(mine, properties),
    published: await land.periods.listPublishedDays(mine.id),
  });
  const before = await repository.findWritten(db.knex, mine.id, file.sha256);
  const sameGround =
    before === undefined ? await repository.findSameGround(db.knex, mine.id, file.sha256, diagnosis) : undefined;
  const known = [...knownBefore(before, fixes), ...sameGroundBefore(sameGround)];
  const findings = [...known, ...diagnosis.findings, ...checked.findings, ...notShown(examined)];
  const chosen = mapping?.rows === undefined ? undefined : new Set(mapping.rows);
  const errorsBeside = before !== undefined && fixes.again !== true ? 1 : 0;
  const errorCount = errorsBeside + countBlocking(diagnosis.faults, chosen) + countBlocking(checked.faults, chosen);
  const state: ExaminedUpload['state'] = dryRun ? 'checked' : errorCount > 0 ? 'refused' : 'writing';
  const source = mapping === null ? (remembered === undefined ? 'guessed' : 'remembered') : 'sent';
  const about = { mapping, suggested, source, checked, errorsBeside } as const;
  return { rowsPath, fixes, mapping, template, key, examined, findings, chosen, errorCount, state, about };
}

/** The row of the import, its answer beside it, and its job: all of them or none. */
function keep({ db, storage, jobs }: ExaminationDeps, { viewer, mine, file, folder }: Upload, judged: Judged) {
  const { examined, mapping, state, errorCount } = judged;
  const { meeting, rowCount, readyCount, areaM2, box, format, layers } = examined.diagnosis;
  const about = { fileName: file.name, sha256: file.sha256, bytes: file.bytes, format, storageFolder: folder };
  const counts = { meeting, rowCount, readyCount, errorCount };
  // Once the job holds the embedded database's one connection nothing can be read before it has ended.
  return db.transaction(async tx => {
    const id = await repository.insertImport(tx, {
      mineId: mine.id,
      ...about,
      ...counts,
      areaM2,
      box,
      state,
      mapping: mapping === null ? null : withLayers(mapping, layers, judged.template),
      fixes: judged.fixes,
      createdBy: viewer.accountId,
    });
    let jobId: string | null = null;
    if (state === 'writing') {
      const payload = { importId: id, fieldsKey: judged.key, viewer: toPayload(viewer) };
      const options = { createdBy: viewer.accountId, subject: { kind: 'import', id } };
      jobId = await jobs.enqueue(tx, WRITE_IMPORT, payload, options);
      await repository.setImportState(tx, id, { state, jobId });
      const after = { ...about, ...counts, meeting: undefined, mineId: mine.id };
      const subject = { subjectKind: 'import', subjectId: id };
      await recordAudit(tx, viewer, { action: 'import.create', ...subject, before: null, after });
    }
    const answer = toAnswer(await repository.getImport(tx, id), examined, judged.findings, judged.about);
    await storage.put(`${folder}/answer.json`, Buffer.from(JSON.stringify(answer)));
    return { answer, jobId };
  });
}

async function outlinesOf(boundaries: BoundariesService, mineId: number) {
  const today = new Date().toISOString().slice(0, 10);
  const { items } = await boundaries.list(mineId, { asAt: today, limit: 1000 });
  return items.filter(({ kind }) => GROUND_KINDS.has(kind)).map(({ geometry }) => geometry);
}

async function recordedIn(land: LandService, mineId: number, boxes: readonly Box[]) {
  const outlines = await land.partition.listOutlinesNear(mineId, boxes, MOST_RECORDED + 1);
  const isComplete = outlines.length <= MOST_RECORDED;
  return { outlines: isComplete ? outlines : [], isComplete };
}

/** A job outlives the request: who asked travels with it. */
const toPayload = (viewer: Viewer) => ({ ...viewer, organisationIds: [...viewer.organisationIds] });
