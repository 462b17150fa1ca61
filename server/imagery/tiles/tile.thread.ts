// Draws tiles in a thread of its own, so that unpacking pixels never holds up a request; keeps opened scenes and decoded
// blocks between tiles.
import { deflate as deflateCallback } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import { promisify } from 'node:util';
import { createBlockCache } from '../../../gis/raster/block-cache.ts';
import { AppError } from '../../platform/errors.ts';
import { openScene } from '../rasters/open-scene.ts';
import { drawTile } from './draw-tile.ts';
import { OpenScenes } from './open-scenes.ts';
import type { TileAnswer, TileRequest } from './tile-renderer.ts';

const MAX_OPEN_SCENES = 24;
const deflateAsync = promisify(deflateCallback);
// Level 1: a tile is made once and sent once; smaller by a fifth would cost five times the time.
const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => deflateAsync(bytes, { level: 1 });

const cache = createBlockCache(96 << 20);
const scenes = new OpenScenes(source => openScene(source, cache), MAX_OPEN_SCENES);

async function answer(request: TileRequest): Promise<TileAnswer> {
  try {
    const { sceneKey, source, stretch, code, tile } = request;
    const png = await scenes.use(sceneKey, source, scene => drawTile(scene, source, stretch, code, tile, deflate));
    return { id: request.id, png };
  } catch (error) {
    if (error instanceof AppError) return { id: request.id, fault: { code: error.code, params: { ...error.params } } };
    return { id: request.id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (request: TileRequest) => {
  void answer(request).then(reply => parentPort?.postMessage(reply));
});
