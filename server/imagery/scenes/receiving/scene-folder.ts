// Where the files of one scene lie. From its first byte until a scene names it a folder carries a mark, so that what a lost
// process leaves behind is told from what is kept, whatever database the storage is opened beside.
import type { Queryable } from '../../../platform/db/database.ts';
import type { Storage } from '../../../platform/storage/storage.ts';

const FOLDERS = 'scenes/';
const MARK = '/receiving';

export const markFolder = (storage: Storage, folder: string): Promise<unknown> =>
  storage.put(folder + MARK, new Uint8Array());

/** To be called when the scene that names the folder is committed. */
export const keepFolder = (storage: Storage, folder: string): Promise<void> => storage.delete(folder + MARK);

/** Removes everything below a folder of the store; what is already gone is fine. */
export async function removeFolder(storage: Storage, folder: string): Promise<void> {
  for (const key of await storage.list(`${folder}/`)) await storage.delete(key);
}

/** Removes folders that were begun before and never came to a scene. */
export async function clearUnfinished(db: Queryable, storage: Storage, beforeMs: number): Promise<void> {
  for (const key of await storage.list(FOLDERS)) {
    if (!key.endsWith(MARK)) continue;
    const info = await storage.stat(key);
    if (info === undefined || info.storedAtMs >= beforeMs) continue;
    const folder = key.slice(0, -MARK.length);
    // Lost between the scene and the mark, the folder is that of the scene.
    if (await isNamed(db, folder)) await keepFolder(storage, folder);
    else await removeFolder(storage, folder);
  }
}

async function isNamed(db: Queryable, folder: string): Promise<boolean> {
  const named = await db('scene')
    .whereRaw(`exists (select 1 from jsonb_array_elements(files) as file where starts_with(file ->> 'key', ?))`, [
      `${folder}/`,
    ])
    .first<{ id: number } | undefined>('id');
  return named !== undefined;
}
