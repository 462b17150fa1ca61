// The ingest job: headers once more (the file in the store is what counts), overviews where there are none, the range for
// true colour; then the scene is ready and its statistics are queued in the same transaction.
import { dirname } from 'node:path';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { JobContext, Jobs } from '../../platform/jobs/jobs.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { prepareFiles } from './prepare-files.ts';
import { removeFolder } from './receiving/scene-folder.ts';
import { findScene, setSceneFailed, setSceneReady } from './scenes.repository.ts';

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
    const { findings, files } = await prepareFiles(scene, storage, context);
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
