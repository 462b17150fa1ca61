// Reads foreign rasters: headers for an upload, headers and overviews for the ingest job.
import { parentPort, workerData } from 'node:worker_threads';
import type { Stretch } from '../scenes/scene-model.ts';
import { buildOverviews, overviewSizes } from './build-overviews.ts';
import { inspectScene, type InspectedScene } from './inspect.ts';
import { measureStretch } from './measure-stretch.ts';
import { openScene, type SceneSource } from './open-scene.ts';
import { postOutcome } from './thread-outcome.ts';

export interface RasterTask {
  readonly source: SceneSource;
  /** By file name: where to write overviews if the file has none and needs some. Absent: headers only. */
  readonly overviewPaths?: Readonly<Record<string, string>> | undefined;
}

export interface RasterFindings {
  readonly inspected: InspectedScene;
  /** Files for which overviews were written. */
  readonly withNewOverviews: readonly string[];
  readonly stretch: Stretch | null;
}

async function work({ source, overviewPaths }: RasterTask): Promise<RasterFindings> {
  const inspected = await inspectScene(source);
  if (overviewPaths === undefined) return { inspected, withNewOverviews: [], stretch: null };
  const missing = inspected.files.filter(
    file => !file.hasOverviews && overviewSizes(file.widthPx, file.heightPx).length > 0,
  );
  const scene = await openScene(source);
  try {
    for (const [index, { name }] of missing.entries()) {
      await buildOverviews(scene.raster(name), overviewPaths[name] as string, {
        classBands: new Set(source.mask?.file === name ? [source.mask.band] : []),
        onProgress: fraction => parentPort?.postMessage({ fraction: (index + fraction) / missing.length }),
      });
    }
  } finally {
    await scene.close();
  }
  const written = new Set(missing.map(({ name }) => name));
  const files = source.files.map(file =>
    written.has(file.name) ? { ...file, overviewPath: overviewPaths[file.name] } : file,
  );
  const drawn = await openScene({ ...source, files });
  try {
    return { inspected, withNewOverviews: [...written], stretch: await measureStretch(drawn, source) };
  } finally {
    await drawn.close();
  }
}

await postOutcome(() => work(workerData as RasterTask));
