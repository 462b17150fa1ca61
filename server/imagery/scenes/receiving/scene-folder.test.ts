import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Queryable } from '../../../platform/db/database.ts';
import { openFileStorage } from '../../../platform/storage/file-storage.ts';
import { clearUnfinished, keepFolder, markFolder } from './scene-folder.ts';

const root = await mkdtemp(join(tmpdir(), 'regreen-scene-folder-'));
afterAll(() => rm(root, { recursive: true, force: true }));

/** Knows one scene, by the folder of its files. */
const databaseWith = (named: string): Queryable =>
  (() => ({
    whereRaw: (_sql: string, [folder]: [string]) => ({
      first: () => Promise.resolve(folder === `${named}/` ? { id: 1 } : undefined),
    }),
  })) as unknown as Queryable;

it('removes what lost processes left of scenes, and nothing that a scene names or that never was begun', async () => {
  const storage = await openFileStorage(root);
  const [whole, lost, named] = ['scenes/whole', 'scenes/lost', 'scenes/named'];
  for (const folder of [whole, lost, named]) {
    await markFolder(storage, folder);
    for (const name of ['0.tif', '1.tif']) await storage.put(`${folder}/${name}`, new Uint8Array([1]));
  }
  await keepFolder(storage, whole);
  const db = databaseWith(named);
  const all = await storage.list('');
  await clearUnfinished(db, storage, Date.now() - 60_000);
  expect(await storage.list('')).toEqual(all);
  await clearUnfinished(db, storage, Date.now() + 60_000);
  expect(await storage.list('')).toEqual([named, whole].flatMap(folder => [`${folder}/0.tif`, `${folder}/1.tif`]));
});
