// Raster tiles of scenes: which picture it is (before any work), and the picture.
import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { drawableCodes, SPECTRAL_INDICES, TRUECOLOUR } from '../indices.ts';
import { toSceneSource } from '../scenes/scene-source.ts';
import type { SceneRecord } from '../scenes/scenes.repository.ts';
import type { ScenesService } from '../scenes/scenes.service.ts';
import { DRAWING_VERSION } from './draw-tile.ts';
import type { IndexLegend, SceneTileParams } from './scene-tiles.contract.ts';
import { createTileRenderer, type TileRenderer } from './tile-renderer.ts';

/** Deeper than the finest drone picture needs: 0.5 cm a pixel. */
const MAX_ZOOM = 24;

export interface ScenePicture {
  readonly etag: string;
  readonly isPublic: boolean;
  readonly scene: SceneRecord;
  readonly params: SceneTileParams;
}

export interface SceneTilesService {
  /** @throws AppError `tile-out-of-range`, `not-found`, `scene-not-ready`, `scene-index-unavailable` */
  plan(viewer: Viewer, params: SceneTileParams): Promise<ScenePicture>;
  /** PNG bytes, 256 px; not drawn any more once `gone` is aborted. @throws AppError `raster-…`, `busy` */
  draw(picture: ScenePicture, gone: AbortSignal): Promise<Uint8Array>;
  legends(): IndexLegend[];
  close(): Promise<void>;
}

export function createSceneTilesService(deps: {
  scenes: ScenesService;
  storage: Storage;
  renderer?: TileRenderer;
}): SceneTilesService {
  const { scenes, storage, renderer = createTileRenderer() } = deps;
  return {
    async plan(viewer, params) {
      const { id, index, z, x, y } = params;
      if (z > MAX_ZOOM || x >= 2 ** z || y >= 2 ** z) {
        throw new AppError('tile-out-of-range', { layer: `scenes/${id}`, z, x, y, minZoom: 0, maxZoom: MAX_ZOOM });
      }
      const scene = await scenes.getRecord(viewer, id);
      if (!drawableCodes(scene.bands).includes(index)) {
        throw new AppError('scene-index-unavailable', { sceneId: id, index });
      }
      if (scene.state !== 'ready') throw new AppError('scene-not-ready', { sceneId: id });
      const key = [scene.sha256, scene.revision, index, z, x, y, DRAWING_VERSION].join('/');
      const etag = `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;
      return { etag, isPublic: scene.isPublic, scene, params };
    },

    async draw({ scene, params: { index, z, x, y } }, gone) {
      const source = await toSceneSource(scene, storage);
      const { stretch } = scene;
      const sceneKey = `${scene.id}/${scene.revision}`;
      return renderer.render({ sceneKey, source, stretch, code: index, tile: { z, x, y } }, gone);
    },

    legends: () => [
      ...[...SPECTRAL_INDICES.values()].map(({ kernel: _kernel, bands, stops, ...index }) => ({
        ...index,
        bands: [...bands],
        stops: [...stops],
      })),
      {
        code: TRUECOLOUR,
        nameEn: 'True colour',
        nameZh: '真彩色',
        min: 0,
        max: 1,
        stops: [],
        formula:
          'red, green, blue from the 2nd to the 98th percentile of the scene, one range for all three, gamma 1.8',
        bands: ['red', 'green', 'blue'],
      },
    ],

    close: () => renderer.close(),
  };
}
