import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobContext } from '../../platform/jobs/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { overviewKeyOf } from '../rasters/build-overviews.ts';
import type { RasterFindings } from '../rasters/raster.thread.ts';
import { runRasterTask } from '../rasters/run-raster-task.ts';
import type { SceneFile } from './scene-model.ts';
import { toSceneSource } from './scene-source.ts';
import type { SceneRecord } from './scenes.repository.ts';

/** Reads the headers of a scene's files and writes overviews for those that have none. Throws AppErrors `raster-…`. */
export async function prepareFiles(
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
      const overviewKey = overviewKeyOf(file.key);
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
