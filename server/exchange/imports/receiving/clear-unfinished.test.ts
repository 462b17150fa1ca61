import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openFileStorage } from '../../../platform/storage/file-storage.ts';
import { clearUnfinished } from './clear-unfinished.ts';

const root = await mkdtemp(join(tmpdir(), 'regreen-unfinished-'));
afterAll(() => rm(root, { recursive: true, force: true }));

it('removes uploads without an answer that were begun before, and nothing else', async () => {
  const storage = await openFileStorage(root);
  const bytes = new Uint8Array([1]);
  const kept = ['imports/one/answer.json', 'imports/one/rows.ndjson', 'imports/one/upload', 'scenes/a/0.tif'];
  const lost = ['imports/two/rows.ndjson', 'imports/two/upload'];
  for (const key of [...kept, ...lost]) await storage.put(key, bytes);
  await clearUnfinished(storage, Date.now() - 60_000);
  expect(await storage.list('')).toEqual([...kept, ...lost].toSorted());
  await clearUnfinished(storage, Date.now() + 60_000);
  expect(await storage.list('')).toEqual(kept);
});
