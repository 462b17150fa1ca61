// Rows of scenes; no rules.
import type { Polygonal } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { st } from '../../platform/db/st.ts';
import type { BandMap, BandPlace, NoDataRule, SceneFile, SceneMeaning, Stretch } from './scene-model.ts';

export interface SceneRecord {
  readonly id: number;
  readonly acquiredOn: string;
  readonly sensor: string;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly files: readonly SceneFile[];
  readonly bands: BandMap;
  readonly mask: BandPlace | null;
  readonly maskClasses: readonly number[];
  readonly keepClasses: readonly number[];
  readonly scale: number;
  readonly offset: number;
  readonly noData: NoDataRule;
  readonly processingBaseline: string | null;
  readonly cloudFraction: number | null;
  readonly footprint: Polygonal | null;
  readonly bbox: readonly [number, number, number, number] | null;
  readonly crs: string | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly cellSizeM: number | null;
  readonly stretch: Stretch | null;
  readonly sha256: string;
  readonly isPublic: boolean;
  readonly mineId: number | null;
  readonly createdBy: number | null;
  readonly jobId: string | null;
  readonly faultCode: string | null;
  readonly faultParams: Record<string, unknown> | null;
  readonly createdAt: string;
  readonly revision: number;
}

/** What reading the headers adds to what the uploader said. */
export interface SceneGround {
  readonly files: readonly SceneFile[];
  readonly footprint: Polygonal;
  readonly crs: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly cellSizeM: number;
}

export interface SceneFilter {
  readonly publicOnly: boolean;
  readonly mineId?: number | undefined;
  readonly box?: readonly number[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sensor?: string | undefined;
  readonly before?: { readonly acquiredOn: string; readonly id: number } | undefined;
  readonly limit: number;
}

interface SceneRow extends Omit<SceneRecord, 'noData' | 'bbox'> {
  readonly noData: string | null;
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
}

const COLUMNS = `
  scene.id, scene.acquired_on as "acquiredOn", scene.sensor, scene.state, scene.files, scene.bands, scene.mask,
  to_json(scene.mask_classes) as "maskClasses", to_json(scene.keep_classes) as "keepClasses", scene.scale,
  scene.reflectance_offset as "offset", scene.nodata as "noData", scene.processing_baseline as "processingBaseline",
  scene.cloud_fraction as "cloudFraction", st_asgeojson(scene.footprint, 9)::json as footprint,
  st_xmin(scene.footprint) as west, st_ymin(scene.footprint) as south, st_xmax(scene.footprint) as east,
  st_ymax(scene.footprint) as north, scene.crs, scene.width_px as "widthPx", scene.height_px as "heightPx",
  scene.cell_size_m as "cellSizeM", scene.stretch, scene.sha256, scene.is_public as "isPublic",
  scene.mine_id as "mineId", scene.created_by as "createdBy", scene.job_id as "jobId",
  scene.fault_code as "faultCode", scene.fault_params as "faultParams", scene.created_at as "createdAt",
  scene.revision`;

const NO_DATA_TEXT_OF_NONE = 'none';

function noDataFromText(text: string | null): NoDataRule {
  if (text === null) return undefined;
  if (text === NO_DATA_TEXT_OF_NONE) return null;
  return text === 'nan' ? 'nan' : Number(text);
}

const noDataToText = (rule: NoDataRule): string | null =>
  rule === undefined ? null : rule === null ? NO_DATA_TEXT_OF_NONE : String(rule);

function toRecord({ west, south, east, north, noData, ...row }: SceneRow): SceneRecord {
  const bbox: SceneRecord['bbox'] =
    west === null || south === null || east === null || north === null ? null : [west, south, east, north];
  return { ...row, noData: noDataFromText(noData), bbox };
}

export async function findScene(db: Queryable, id: number): Promise<SceneRecord | undefined> {
  const row = (await db('scene').select(db.raw(COLUMNS)).where({ id }).first()) as SceneRow | undefined;
  return row && toRecord(row);
}

export async function findSceneByContent(db: Queryable, sha256: string): Promise<SceneRecord | undefined> {
  const row = (await db('scene').select(db.raw(COLUMNS)).where({ sha256 }).first()) as SceneRow | undefined;
  return row && toRecord(row);
}

/** Latest first. */
export async function listScenes(db: Queryable, filter: SceneFilter): Promise<SceneRecord[]> {
  const query = db('scene')
    .select(db.raw(COLUMNS))
    .orderBy([
      { column: 'acquired_on', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(filter.limit);
  if (filter.publicOnly) void query.where('is_public', true);
  if (filter.from !== undefined) void query.where('acquired_on', '>=', filter.from);
  if (filter.to !== undefined) void query.where('acquired_on', '<=', filter.to);
  if (filter.sensor !== undefined) void query.where('sensor', filter.sensor);
  if (filter.box !== undefined) void query.whereRaw('footprint && st_makeenvelope(?, ?, ?, ?, 4326)', [...filter.box]);
  if (filter.mineId !== undefined) {
    void query.whereRaw(
      'exists (select 1 from boundary b where b.mine_id = ? and st_intersects(b.geom, scene.footprint))',
      [filter.mineId],
    );
  }
  if (filter.before !== undefined) {
    void query.whereRaw('(acquired_on, id) < (cast(? as date), cast(? as bigint))', [
      filter.before.acquiredOn,
      filter.before.id,
    ]);
  }
  return ((await query) as SceneRow[]).map(toRecord);
}

/** A failed scene with the same content is taken up again; undefined when another one has it by now. */
export async function upsertScene(
  db: Queryable,
  meaning: SceneMeaning,
  ground: SceneGround,
  sha256: string,
  createdBy: number | null,
): Promise<number | undefined> {
  const rows = (await db('scene')
    .insert({
      state: 'pending',
      fault_code: null,
      fault_params: null,
      acquired_on: meaning.acquiredOn,
      sensor: meaning.sensor,
      files: JSON.stringify(ground.files),
      bands: JSON.stringify(meaning.bands),
      mask: meaning.mask === null ? null : JSON.stringify(meaning.mask),
      mask_classes: db.raw('cast(? as int[])', [`{${meaning.maskClasses.join(',')}}`]),
      keep_classes: db.raw('cast(? as int[])', [`{${meaning.keepClasses.join(',')}}`]),
      scale: meaning.scale,
      reflectance_offset: meaning.offset,
      nodata: noDataToText(meaning.noData),
      processing_baseline: meaning.processingBaseline,
      cloud_fraction: meaning.cloudFraction,
      footprint: st.geomFromGeoJson(ground.footprint),
      crs: ground.crs,
      width_px: ground.widthPx,
      height_px: ground.heightPx,
      cell_size_m: ground.cellSizeM,
      sha256,
      is_public: meaning.isPublic,
      mine_id: meaning.mineId,
      created_by: createdBy,
    })
    .onConflict('sha256')
    .merge(['files', 'state', 'fault_code', 'fault_params'])
    .where('scene.state', 'failed')
    .returning('id')) as { id: number }[];
  return rows[0]?.id;
}

export async function setSceneJob(db: Queryable, id: number, jobId: string): Promise<void> {
  await db('scene').where({ id }).update({ job_id: jobId });
}

export async function setSceneReady(
  db: Queryable,
  id: number,
  ground: SceneGround,
  stretch: Stretch | null,
): Promise<void> {
  await db('scene')
    .where({ id })
    .update({
      state: 'ready',
      fault_code: null,
      fault_params: null,
      files: JSON.stringify(ground.files),
      footprint: st.geomFromGeoJson(ground.footprint),
      crs: ground.crs,
      width_px: ground.widthPx,
      height_px: ground.heightPx,
      cell_size_m: ground.cellSizeM,
      stretch: stretch === null ? null : JSON.stringify(stretch),
      revision: db.raw('revision + 1'),
    });
}

/** How a ready scene is drawn, if it is still of that revision; says whether it was. */
export async function setSceneDrawing(
  db: Queryable,
  id: number,
  revision: number,
  files: readonly SceneFile[],
  stretch: Stretch | null,
): Promise<boolean> {
  const updated: number = await db('scene')
    .where({ id, revision, state: 'ready' })
    .update({
      files: JSON.stringify(files),
      stretch: stretch === null ? null : JSON.stringify(stretch),
      revision: db.raw('revision + 1'),
    });
  return updated === 1;
}

/** Ready scenes with overviews whose key does not end so, in the order of their dates. */
export async function listScenesDrawnBefore(db: Queryable, suffix: string): Promise<number[]> {
  return (await db('scene')
    .where({ state: 'ready' })
    .whereRaw(
      `exists (select 1 from jsonb_array_elements(files) as file
         where file ->> 'overviewKey' is not null and right(file ->> 'overviewKey', ?) <> ?)`,
      [suffix.length, suffix],
    )
    .orderBy(['acquired_on', 'id'])
    .pluck('id')) as number[];
}

export async function setSceneFailed(
  db: Queryable,
  id: number,
  code: string,
  params: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db('scene')
    .where({ id })
    .update({
      state: 'failed',
      fault_code: code,
      fault_params: JSON.stringify(params),
      revision: db.raw('revision + 1'),
    });
}

/** Whether the footprint touches any boundary of the mine; undefined when there is no such mine. */
export async function footprintTouchesMine(
  db: Queryable,
  footprint: Polygonal,
  mineId: number,
): Promise<boolean | undefined> {
  const row = (await db('mine')
    .where({ id: mineId })
    .select(
      db.raw(
        `exists (select 1 from boundary b where b.mine_id = mine.id
           and st_intersects(b.geom, st_setsrid(st_geomfromgeojson(?), 4326))) as touches`,
        [JSON.stringify(footprint)],
      ),
    )
    .first()) as { touches: boolean } | undefined;
  return row?.touches;
}
