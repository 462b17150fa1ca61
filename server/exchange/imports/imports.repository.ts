import type { Box } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { notFound } from '../../platform/errors.ts';
import type { Fixes } from '../diagnosis/fixes.ts';
import type { SurveyFormat } from '../survey-files/survey-file.ts';
import type { Mapping } from './mapping/mapping.ts';

export interface ImportRow {
  readonly id: number;
  readonly mineId: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly format: SurveyFormat | null;
  readonly storageFolder: string;
  readonly state: 'checked' | 'refused' | 'writing' | 'written' | 'failed';
  readonly mapping: Mapping | null;
  readonly fixes: Fixes;
  readonly meeting: readonly number[];
  readonly rowCount: number;
  readonly readyCount: number;
  readonly written: number;
  readonly jobId: string | null;
  readonly createdBy: number | null;
  readonly createdAt: string;
  readonly writtenAt: string | null;
}

const COLUMNS = {
  id: 'id',
  mineId: 'mine_id',
  fileName: 'file_name',
  sha256: 'sha256',
  format: 'format',
  storageFolder: 'storage_folder',
  state: 'state',
  mapping: 'mapping',
  fixes: 'fixes',
  meeting: 'meeting',
  rowCount: 'row_count',
  readyCount: 'ready_count',
  written: 'written',
  jobId: 'job_id',
  createdBy: 'created_by',
  createdAt: 'created_at',
  writtenAt: 'written_at',
} as const;

export interface NewImport {
  readonly mineId: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: SurveyFormat | null;
  readonly storageFolder: string;
  readonly state: ImportRow['state'];
  readonly mapping: Mapping | null;
  readonly fixes: Fixes;
  readonly meeting: readonly number[];
  readonly rowCount: number;
  readonly readyCount: number;
  readonly errorCount: number;
  readonly areaM2: number;
  readonly box: Box | null;
  readonly createdBy: number | null;
}

export async function insertImport(tx: Queryable, row: NewImport): Promise<number> {
  const [inserted] = await tx('import_batch')
    .insert({
      mine_id: row.mineId,
      file_name: row.fileName,
      sha256: row.sha256,
      bytes: row.bytes,
      format: row.format,
      storage_folder: row.storageFolder,
      state: row.state,
      mapping: row.mapping === null ? null : JSON.stringify(row.mapping),
      fixes: JSON.stringify(row.fixes),
      meeting: row.meeting,
      row_count: row.rowCount,
      ready_count: row.readyCount,
      error_count: row.errorCount,
      area_m2: row.areaM2,
      box: row.box === null ? null : [...row.box],
      created_by: row.createdBy,
    })
    .returning<{ id: number }[]>('id');
  return (inserted as { id: number }).id;
}

/** @throws AppError `not-found` */
export async function getImport(db: Queryable, id: number): Promise<ImportRow> {
  const row = await db('import_batch').where({ id }).first<ImportRow | undefined>(COLUMNS);
  if (row === undefined) throw notFound('import', id);
  return row;
}

/** The write of the same content to the same mine that came last. */
export const findWritten = (db: Queryable, mineId: number, sha256: string): Promise<ImportRow | undefined> =>
  db('import_batch')
    .where({ mine_id: mineId, sha256, state: 'written' })
    .orderBy('id', 'desc')
    .first<ImportRow | undefined>(COLUMNS);

/** Two centimetres: by so much formats round, and datums do not differ. */
const SAME_PLACE_DEG = 2e-7;
/** Rounded to millimetres, outlines of a few metres keep this share of their area. */
const SAME_AREA = 1e-5;

export interface FileGround {
  readonly readyCount: number;
  readonly areaM2: number;
  readonly box: Box | null;
}

/** The last write to the mine of other bytes with as many outlines, the same area and the same extent. */
export async function findSameGround(
  db: Queryable,
  mineId: number,
  sha256: string,
  { readyCount, areaM2, box }: FileGround,
): Promise<ImportRow | undefined> {
  if (box === null) return undefined;
  const query = db('import_batch')
    .where({ mine_id: mineId, state: 'written', ready_count: readyCount })
    .whereNot({ sha256 })
    .whereBetween('area_m2', [areaM2 * (1 - SAME_AREA), areaM2 * (1 + SAME_AREA)])
    .orderBy('id', 'desc');
  for (const [at, side] of box.entries())
    query.whereRaw('abs(box[?::int] - ?::float8) <= ?::float8', [at + 1, side, SAME_PLACE_DEG]);
  return query.first<ImportRow | undefined>(COLUMNS);
}

export const listImports = (
  db: Queryable,
  mineId: number,
  filter: { beforeId: number | null; limit: number },
): Promise<ImportRow[]> =>
  db('import_batch')
    .where({ mine_id: mineId })
    .modify(query => void (filter.beforeId !== null && query.where('id', '<', filter.beforeId)))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .select<ImportRow[]>(COLUMNS);

export async function setImportState(
  tx: Queryable,
  id: number,
  change: { state: ImportRow['state']; written?: number; jobId?: string },
): Promise<void> {
  await tx('import_batch')
    .where({ id })
    .update({
      state: change.state,
      written_at: change.state === 'written' ? tx.fn.now() : null,
      ...(change.written === undefined ? {} : { written: change.written }),
      ...(change.jobId === undefined ? {} : { job_id: change.jobId }),
    });
}

/** A job that was cancelled before its turn never ran, and could not say of its import that it has failed. */
export async function failEnded(db: Queryable): Promise<void> {
  await db('import_batch')
    .where({ state: 'writing' })
    .whereIn('job_id', db('job').where({ state: 'failed' }).select('id'))
    .update({ state: 'failed' });
}

/** Examined and never written, older than a week: folders to be removed, rows already are. */
export async function dropStale(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.raw<{ rows: { folder: string }[] }>(
    `delete from import_batch where id in (
       select id from import_batch
       where state in ('checked', 'refused', 'failed') and created_at < now() - interval '7 days' limit 20)
     returning storage_folder as folder`,
  );
  return rows.map(row => row.folder);
}

export async function findTemplate(db: Queryable, organisationId: number, key: string): Promise<Mapping | undefined> {
  const row = await db('import_template')
    .where({ organisation_id: organisationId, fields_key: key })
    .first<{ mapping: Mapping } | undefined>('mapping');
  return row?.mapping;
}

const MOST_DRAWINGS = 100;

/** Which layers of its drawings an organisation read or left out, by the key of their fields; of the kinds that were used last. */
export async function findLayers(
  db: Queryable,
  organisationId: number,
): Promise<Record<string, Readonly<Record<string, boolean>>>> {
  const rows = await db('import_template')
    .where({ organisation_id: organisationId })
    .whereRaw(`mapping->'layers' is not null`)
    .orderBy('updated_at', 'desc')
    .limit(MOST_DRAWINGS)
    .select<{ key: string; mapping: Mapping }[]>({ key: 'fields_key', mapping: 'mapping' });
  return Object.fromEntries(rows.map(({ key, mapping }) => [key, mapping.layers ?? {}]));
}

export async function rememberTemplate(
  tx: Queryable,
  template: { organisationId: number; key: string; mapping: Mapping; accountId: number | null },
): Promise<void> {
  await tx('import_template')
    .insert({
      organisation_id: template.organisationId,
      fields_key: template.key,
      mapping: JSON.stringify(template.mapping),
      updated_by: template.accountId,
    })
    .onConflict(['organisation_id', 'fields_key'])
    .merge({ mapping: JSON.stringify(template.mapping), updated_by: template.accountId, updated_at: tx.fn.now() });
}
