/** Thread: draws the sample scenes that are asked for and posts each as files; drawing takes seconds of pure reckoning. */
import { deflateSync } from 'node:zlib';
import { parentPort, workerData } from 'node:worker_threads';
import { generateSamples } from '../generate.ts';
import { renderScenes, type RenderedScene } from './render-scene.ts';
import { sceneFiles, type SceneFileBytes } from './scene-files.ts';

/** `workerData`: dates that are wanted, by code of the mine. */
export type WantedScenes = Readonly<Record<string, readonly string[]>>;

export interface DrawnScene {
  readonly kind: 'scene';
  /** All that says what the files hold, without the samples themselves. */
  readonly scene: Omit<RenderedScene, 'bands' | 'mask' | 'grid'>;
  readonly image: SceneFileBytes;
  readonly mask: SceneFileBytes;
}

/** Fast rather than small: the samples are noise for the most part. */
const DEFLATE = { level: 3 };

const wanted = workerData as WantedScenes;
let drawn = 0;
for (const generated of generateSamples()) {
  const dates = wanted[generated.site.mine.code] ?? [];
  if (dates.length === 0) continue;
  for (const { bands, mask, grid, ...scene } of renderScenes(generated)) {
    if (!dates.includes(scene.acquiredOn)) continue;
    const files = await sceneFiles({ bands, mask, grid, ...scene }, bytes => deflateSync(bytes, DEFLATE));
    parentPort?.postMessage({ kind: 'scene', scene, ...files } satisfies DrawnScene);
    drawn++;
  }
}
parentPort?.postMessage({ kind: 'result', value: drawn });
