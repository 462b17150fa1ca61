// The ingest job: headers once more (the file in the store is what counts), overviews where there are none, the range for
// true colour; then the scene is ready and its statistics are queued in the same transaction.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { JobContext, Jobs } from '../../platform/jobs/jobs.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { RasterFindings } from '../rasters/raster.thread.ts';
import { runRasterTask } from '../rasters/run-raster-task.ts';
import { removeFolder } from './receive-upload.ts';
import type { SceneFile } from './scene-model.ts';
import { toSceneSource } from './scene-source.ts';
import { findScene, setSceneFailed, setSceneReady, type SceneRecord } from './scenes.repository.ts';

export interface IngestDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
}

/** A fault of the files fails the scene for good: state `failed`, code and params kept, files removed. */
export async function ingestScene(
  deps: IngestDeps,
  sceneId: number,
  context: JobContext,
): Promise<{ sceneId: number }> {
  const { db, storage, jobs } = deps;
  const scene = await findScene(db.knex, sceneId);
  if (scene === undefined || scene.state === 'ready') return { sceneId };
  try {
    const { findings, files } = await prepare(scene, storage, context);
    await db.transaction(async tx => {
      await setSceneReady(tx, sceneId, { ...findings.inspected, files }, findings.stretch);
      await bumpLayer(tx, 'scenes');
      const subject = { kind: 'scene', id: sceneId };
      await jobs.enqueue(tx, 'zonal-scene', { sceneId }, { createdBy: scene.createdBy, subject });
    });
    return { sceneId };
  } catch (error) {
    if (!(error instanceof AppError) || context.signal.aborted || error.code === 'busy') throw error;
    await db.transaction(tx => setSceneFailed(tx, sceneId, error.code, error.params));
    for (const folder of new Set(scene.files.map(file => dirname(file.key)))) await removeFolder(storage, folder);
    throw error;
  }
}

async function prepare(
  scene: SceneRecord,
  storage: Storage,
  { signal, progress }: JobContext,
): Promise<{ findings: RasterFindings; files: SceneFile[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'regreen-overviews-'));
  try {
    const overviewPaths = Object.fromEntries(scene.files.map(({ name }, at) => [name, join(folder, `${at}.ovr`)]));
    const source = await toSceneSource({ ...scene, files: scene.files.map(withoutOverview) }, storage);
    const findings = await runRasterTask(
      { source, overviewPaths },
      { signal, onProgress: fraction => void progress(fraction * 0.95) },
    );
    const files: SceneFile[] = [];
    for (const file of scene.files.map(withoutOverview)) {
      const described = findings.inspected.files.find(({ name }) => name === file.name);
      const merged = { ...file, ...described };
      if (!findings.withNewOverviews.includes(file.name)) {
        files.push(merged);
        continue;
      }
      const overviewKey = file.key.replace(/\.tif$/, '.ovr');
      await storage.put(overviewKey, createReadStream(overviewPaths[file.name] as string));
      files.push({ ...merged, overviewKey });
    }
    return { findings, files };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A job that runs again after a crash writes its overviews again. */
const withoutOverview = ({ overviewKey: _overviewKey, ...file }: SceneFile): SceneFile => file;
