// Scenes: taking them in, telling about them. The pixels are read elsewhere, in threads.
import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { drawableCodes } from '../indices.ts';
import type { InspectedScene } from '../rasters/inspect.ts';
import { inspectInThread } from '../rasters/run-raster-task.ts';
import { contentHash } from './content-hash.ts';
import { receiveUpload, type ReceivedUpload } from './receiving/receive-upload.ts';
import { keepFolder, markFolder, removeFolder } from './receiving/scene-folder.ts';
import { parseSceneMetadata, resolveMetadata } from './resolve-metadata.ts';
import type { SceneFile, SceneMeaning, StoredFile } from './scene-model.ts';
import { toSceneSource } from './scene-source.ts';
import type { SceneDetailShape, SceneListQuery, SceneShape } from './scene.contract.ts';
import * as repository from './scenes.repository.ts';
import type { SceneGround, SceneRecord } from './scenes.repository.ts';

export interface AcceptedScene {
  readonly scene: SceneShape;
  readonly job: { readonly id: string; readonly state: 'queued' | 'running' | 'done' | 'failed' };
}

export interface SceneFileInput {
  readonly name: string;
  readonly content: Readable | Uint8Array;
}

export interface ScenesService {
  /**
   * Takes in a multipart upload. The same files with the same meaning again give the scene that is there.
   * @throws AppError `multipart-…`, `upload-…`, `scene-…`, `mask-…`, `raster-…`, `forbidden`; nothing is kept then
   */
  receive(viewer: Viewer, request: IncomingMessage): Promise<AcceptedScene>;
  /** The same for files at hand (samples, imports). */
  add(viewer: Viewer, files: readonly SceneFileInput[], metadata: Record<string, unknown>): Promise<AcceptedScene>;
  list(viewer: Viewer, query: SceneListQuery): Promise<{ items: SceneShape[]; nextCursor: string | null }>;
  /** @throws AppError `not-found`, also for a scene the viewer may not see */
  get(viewer: Viewer, id: number): Promise<SceneDetailShape>;
  /** The row, for drawing. @throws AppError `not-found` */
  getRecord(viewer: Viewer, id: number): Promise<SceneRecord>;
}

/** Scenes are public unless their uploader said otherwise; those are for everybody who is signed in. */
const maySee = (viewer: Viewer, scene: SceneRecord): boolean => scene.isPublic || viewer.role !== 'public';

export function createScenesService(deps: {
  db: Database;
  storage: Storage;
  jobs: Jobs;
  mines: MinesService;
}): ScenesService {
  const { db, storage, jobs, mines } = deps;

  const getRecord = async (viewer: Viewer, id: number): Promise<SceneRecord> => {
    const scene = await repository.findScene(db.knex, id);
    if (scene === undefined || !maySee(viewer, scene)) throw notFound('scene', id);
    return scene;
  };

  /** A scene sent for a mine is a word about that mine: only for those who may speak for it. */
  async function admit(viewer: Viewer, metadata: string): Promise<void> {
    const { mineId } = parseSceneMetadata(metadata);
    if (mineId === undefined) return;
    const { organisationId } = await mines.getOwner(mineId);
    assertCan(viewer, 'scene.writeOfMine', { organisationId });
  }

  async function accept(viewer: Viewer, upload: ReceivedUpload): Promise<AcceptedScene> {
    const folders = [...new Set(upload.files.map(file => dirname(file.key)))];
    const discard = async (): Promise<void> => {
      for (const folder of folders) await removeFolder(storage, folder);
    };
    let stored: { readonly id: number; readonly isOurs: boolean };
    try {
      const meaning = readMeaning(upload);
      const sha256 = contentHash(upload.files, meaning);
      const known = await repository.findSceneByContent(db.knex, sha256);
      if (known !== undefined && known.state !== 'failed') {
        await discard();
        return answerFor(known);
      }
      const source = await toSceneSource({ ...meaning, files: upload.files }, storage);
      const inspected = await inspectInThread(source);
      const ground = { ...inspected, files: mergeFiles(upload.files, inspected) };
      stored = await db.transaction(tx => store(tx, viewer, meaning, ground, sha256));
    } catch (error) {
      await discard();
      throw error;
    }
    // Whatever goes wrong from here on: the scene has its row, and a job that reads its files.
    if (!stored.isOurs) await discard();
    for (const folder of folders) await keepFolder(storage, folder);
    return answerFor(await getRecord(viewer, stored.id));
  }

  async function store(
    tx: Queryable,
    viewer: Viewer,
    meaning: SceneMeaning,
    ground: SceneGround,
    sha256: string,
  ): Promise<{ id: number; isOurs: boolean }> {
    if (meaning.mineId !== null) {
      const touches = await repository.footprintTouchesMine(tx, ground.footprint, meaning.mineId);
      if (touches === undefined) throw notFound('mine', meaning.mineId);
      if (!touches) throw new AppError('scene-misses-mine', { mineId: meaning.mineId });
    }
    const id = await repository.upsertScene(tx, meaning, ground, sha256, viewer.accountId);
    if (id === undefined) {
      // The same scene came in at the same time by another request.
      const other = await repository.findSceneByContent(tx, sha256);
      if (other === undefined) throw new Error('scene vanished while it was stored');
      return { id: other.id, isOurs: false };
    }
    const jobId = await jobs.enqueue(
      tx,
      'ingest-scene',
      { sceneId: id },
      { createdBy: viewer.accountId, subject: { kind: 'scene', id } },
    );
    await repository.setSceneJob(tx, id, jobId);
    await recordAudit(tx, viewer, {
      action: 'scene.create',
      subjectKind: 'scene',
      subjectId: id,
      before: null,
      after: { ...meaning, sha256, files: ground.files.map(({ name, bytes, sha256: sha }) => ({ name, bytes, sha })) },
    });
    await bumpLayer(tx, 'scenes');
    return { id, isOurs: true };
  }

  async function answerFor(scene: SceneRecord): Promise<AcceptedScene> {
    if (scene.jobId === null) throw new Error(`scene ${scene.id} has no job`);
    const { id, state } = await jobs.get(scene.jobId);
    return { scene: toShape(scene), job: { id, state } };
  }

  return {
    async receive(viewer, request) {
      assertCan(viewer, 'scene.write');
      return accept(viewer, await receiveUpload(request, storage, text => admit(viewer, text)));
    },

    async add(viewer, files, metadata) {
      assertCan(viewer, 'scene.write');
      await admit(viewer, JSON.stringify(metadata));
      const folder = `scenes/${randomUUID()}`;
      const stored: StoredFile[] = [];
      try {
        await markFolder(storage, folder);
        for (const [at, { name, content }] of files.entries()) {
          stored.push({ name, ...(await storage.put(`${folder}/${at}.tif`, content)) });
        }
      } catch (error) {
        await removeFolder(storage, folder);
        throw error;
      }
      return accept(viewer, { files: stored, metadata: JSON.stringify(metadata) });
    },

    async list(viewer, { cursor, mine, bbox, limit, ...filter }) {
      const [acquiredOn, id] = startAfter(cursor, cursorKey.dateAndId);
      const rows = await repository.listScenes(db.knex, {
        ...filter,
        publicOnly: viewer.role === 'public',
        mineId: mine,
        box: bbox,
        before: acquiredOn === undefined || id === undefined ? undefined : { acquiredOn, id },
        limit: limit + 1,
      });
      const { items, nextCursor } = cutPage(rows, limit, row => [row.acquiredOn, row.id]);
      return { items: items.map(toShape), nextCursor };
    },

    get: async (viewer, id) => toDetail(await getRecord(viewer, id)),
    getRecord,
  };
}

function readMeaning({ files, metadata }: ReceivedUpload): SceneMeaning {
  const parsed = parseSceneMetadata(metadata);
  if (files.length === 0) throw new AppError('scene-file-missing');
  return resolveMetadata(
    parsed,
    files.map(file => file.name),
  );
}

const mergeFiles = (files: readonly StoredFile[], { files: inspected }: InspectedScene): SceneFile[] =>
  files.flatMap(file => inspected.filter(({ name }) => name === file.name).map(header => ({ ...file, ...header })));

function toShape(scene: SceneRecord): SceneShape {
  const { id, acquiredOn, sensor, state, bands, cloudFraction, footprint, jobId, isPublic, createdAt, revision } =
    scene;
  const { widthPx, heightPx, cellSizeM, crs } = scene;
  return {
    id,
    acquiredOn,
    sensor,
    state,
    bands,
    indices: drawableCodes(bands),
    bbox: scene.bbox === null ? null : [...scene.bbox],
    footprint: footprint === null ? null : { type: footprint.type, coordinates: [...footprint.coordinates] },
    cloudFraction,
    hasMask: scene.mask !== null,
    jobId,
    widthPx,
    heightPx,
    cellSizeM,
    crs,
    isPublic,
    code: scene.faultCode,
    params: scene.faultParams,
    createdAt,
    revision,
  };
}

function toDetail(scene: SceneRecord): SceneDetailShape {
  const { scale, offset, mask, processingBaseline } = scene;
  return {
    ...toShape(scene),
    files: scene.files.map(({ name, bytes, sha256, widthPx, heightPx, bandCount, sampleType, crs, ...file }) => ({
      name,
      bytes,
      sha256,
      widthPx,
      heightPx,
      bandCount,
      sampleType,
      crs,
      hasOverviews: file.hasOverviews || file.overviewKey !== undefined,
    })),
    scale,
    offset,
    nodata: scene.noData ?? null,
    mask,
    maskClasses: [...scene.maskClasses],
    keepClasses: [...scene.keepClasses],
    processingBaseline,
  };
}
