import { AppError } from '../../platform/errors.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { SceneSource, SceneSourceFile } from '../rasters/open-scene.ts';
import type { SceneMeaning, StoredFile } from './scene-model.ts';

type Readable = Pick<SceneMeaning, 'bands' | 'mask' | 'maskClasses' | 'keepClasses' | 'scale' | 'offset' | 'noData'> & {
  readonly files: readonly (StoredFile & { readonly overviewKey?: string | undefined })[];
};

/** What a thread needs to read a scene. Throws `raster-lost` when a file is no longer in the store. */
export async function toSceneSource(scene: Readable, storage: Storage): Promise<SceneSource> {
  const files: SceneSourceFile[] = [];
  for (const { name, key, overviewKey } of scene.files) {
    const path = await pathOf(storage, key, name);
    files.push(
      overviewKey === undefined
        ? { name, path }
        : { name, path, overviewPath: await pathOf(storage, overviewKey, name) },
    );
  }
  const { bands, mask, maskClasses, keepClasses, scale, offset, noData } = scene;
  return { files, bands, mask, maskClasses, keepClasses, scale, offset, noData };
}

async function pathOf(storage: Storage, key: string, name: string): Promise<string> {
  try {
    return await storage.localPath(key);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'not-found')
      throw new AppError('raster-lost', { file: name }, { cause });
    throw cause;
  }
}
