// Draws tiles in a thread of its own, so that unpacking pixels never holds up a request; keeps opened scenes and decoded
// blocks between tiles.
import { deflate as deflateCallback } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import { promisify } from 'node:util';
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { AppError } from '../../platform/errors.ts';
import { openScene, type OpenedScene } from '../rasters/open-scene.ts';
import { drawTile } from './draw-tile.ts';
import type { TileAnswer, TileRequest } from './tile-renderer.ts';

const MAX_OPEN_SCENES = 24;
const deflateAsync = promisify(deflateCallback);
// Level 1: a tile is made once and sent once; smaller by a fifth would cost five times the time.
const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => deflateAsync(bytes, { level: 1 });

const cache = createBlockCache(96 << 20);
const scenes = new Map<string, Promise<OpenedScene>>();

function sceneFor({ sceneKey, source }: TileRequest): Promise<OpenedScene> {
  const known = scenes.get(sceneKey);
  const opened = known ?? openScene(source, cache);
  scenes.delete(sceneKey);
  scenes.set(sceneKey, opened);
  if (known === undefined) opened.catch(() => scenes.delete(sceneKey));
  for (const [key, oldest] of scenes) {
    if (scenes.size <= MAX_OPEN_SCENES) break;
    scenes.delete(key);
    // Tiles still being drawn from it finish first.
    setTimeout(() => void oldest.then(scene => scene.close()).catch(() => undefined), 60_000).unref();
  }
  return opened;
}

async function answer(request: TileRequest): Promise<TileAnswer> {
  try {
    const { source, stretch, code, tile } = request;
    const scene = await sceneFor(request);
    return { id: request.id, png: await drawTile(scene, source, stretch, code, tile, deflate) };
  } catch (error) {
    if (error instanceof AppError) return { id: request.id, fault: { code: error.code, params: { ...error.params } } };
    return { id: request.id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (request: TileRequest) => {
  void answer(request).then(reply => parentPort?.postMessage(reply));
});
