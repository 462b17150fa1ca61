import type { Storage } from '../../../platform/storage/storage.ts';

/** Removes what a process that was lost between upload and answer has left before. A folder with an answer is that of an import, whoever's. */
export async function clearUnfinished(storage: Storage, beforeMs: number): Promise<void> {
  const keys = await storage.list('imports/');
  const answered = new Set(keys.filter(key => key.endsWith('/answer.json')).map(folderOf));
  for (const key of keys) {
    if (answered.has(folderOf(key))) continue;
    const info = await storage.stat(key);
    if (info !== undefined && info.storedAtMs < beforeMs) await storage.delete(key);
  }
}

const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/'));
