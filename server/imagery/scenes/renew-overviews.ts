// Overviews that were made before a fault of theirs was mended are made again, once: their key says how they were made.
import type { JobContext } from '../../platform/jobs/jobs.ts';
import { bumpLayer } from '../../platform/layers.ts';
import { overviewKeyOf } from '../rasters/build-overviews.ts';
import type { IngestDeps } from './ingest-scene.ts';
import { prepareFiles } from './prepare-files.ts';
import { findScene, setSceneDrawing } from './scenes.repository.ts';

/** The scene stays ready and its statistics, which never read overviews, stay as they are; its pictures get new addresses. */
export async function renewOverviews(
  { db, storage }: Pick<IngestDeps, 'db' | 'storage'>,
  sceneId: number,
  context: JobContext,
): Promise<{ sceneId: number }> {
  const scene = await findScene(db.knex, sceneId);
  if (scene?.state !== 'ready') return { sceneId };
  const outdated = scene.files.filter(
    ({ key, overviewKey }) => overviewKey !== undefined && overviewKey !== overviewKeyOf(key),
  );
  if (outdated.length === 0) return { sceneId };
  const { findings, files } = await prepareFiles(scene, storage, context);
  const isDone = await db.transaction(async tx => {
    if (!(await setSceneDrawing(tx, sceneId, scene.revision, files, findings.stretch))) return false;
    await bumpLayer(tx, 'scenes');
    return true;
  });
  // Somebody else was faster: what the scene names is looked at anew.
  if (!isDone) return renewOverviews({ db, storage }, sceneId, context);
  for (const { overviewKey } of outdated) await storage.delete(overviewKey as string);
  return { sceneId };
}
