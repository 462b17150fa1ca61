import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileStorage } from './file-storage.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

describe('files as object store', () => {
  let root: string;
  let storage: Storage;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'regreen-storage-'));
    storage = await openFileStorage(root);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives back what was put, whole and by range, with its digest', async () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    expect(await storage.put('scenes/a/0.tif', Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]))).toEqual({
      key: 'scenes/a/0.tif',
      bytes: 5,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect([...(await storage.getRange('scenes/a/0.tif', 1, 3))]).toEqual([2, 3, 4]);
    expect([...(await storage.getRange('scenes/a/0.tif', 3, 9))]).toEqual([4, 5]);
    expect(await storage.stat('scenes/a/0.tif')).toMatchObject({ key: 'scenes/a/0.tif', bytes: 5 });
  });

  it('keeps nothing of an upload that broke off', async () => {
    const broken = Readable.from(
      (function* () {
        yield new Uint8Array([1]);
        throw new Error('cable cut');
      })(),
    );
    await expect(storage.put('a', broken)).rejects.toThrow('cable cut');
    expect(await storage.list('')).toEqual([]);
    expect(await readdir(join(root, '.drafts'))).toEqual([]);
  });

  it('leaves the drafts of others that share the folder, and sweeps those of a crash', async () => {
    const drafts = join(root, '.drafts');
    const aDayAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await writeFile(join(drafts, 'crashed'), 'x');
    await utimes(join(drafts, 'crashed'), aDayAgo, aDayAgo);
    let proceed = (): void => undefined;
    const opened = new Promise<void>(resolve => (proceed = resolve));
    const slow = Readable.from(
      (async function* () {
        yield new Uint8Array([1]);
        await opened;
        yield new Uint8Array([2]);
      })(),
    );
    const put = storage.put('slow', slow);
    await expect.poll(async () => (await readdir(drafts)).length, { timeout: 20_000 }).toBe(2);
    await openFileStorage(root);
    expect(await readdir(drafts)).not.toContain('crashed');
    proceed();
    expect(await put).toMatchObject({ key: 'slow', bytes: 2 });
  });

  it('lists by prefix, deletes, and minds no deletion of what is gone', async () => {
    for (const key of ['b/2', 'b/1', 'a/1']) await storage.put(key, new Uint8Array([0]));
    expect(await storage.list('b/')).toEqual(['b/1', 'b/2']);
    await storage.delete('b/1');
    await storage.delete('b/1');
    await storage.delete('b/2');
    expect(await storage.list('')).toEqual(['a/1']);
    await expect(storage.localPath('b/1')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lists what is there while other folders come and go', async () => {
    await storage.put('kept/0', new Uint8Array([0]));
    let isOver = false;
    const comeAndGo = async (name: string): Promise<void> => {
      while (!isOver) {
        await storage.put(`${name}/0`, new Uint8Array([0]));
        await storage.delete(`${name}/0`);
      }
    };
    const churn = Promise.all(['a', 'b', 'c', 'd'].map(comeAndGo));
    try {
      for (let round = 0; round < 100; round++) {
        expect(await storage.list('kept/')).toEqual(['kept/0']);
        expect(await storage.list('')).toContain('kept/0');
      }
    } finally {
      isOver = true;
      await churn;
    }
  });

  it.each(['../out', '/etc/passwd', 'a//b', 'a/../b', '.hidden', 'a\\b', ''])('refuses the key %j', async key => {
    await expect(storage.put(key, new Uint8Array([0]))).rejects.toThrow('Not a storage key');
  });

  it('refuses what it cannot reach by name', () => {
    expect(() => openStorage('s3://bucket', root)).toThrow('storage-not-supported');
  });
});
