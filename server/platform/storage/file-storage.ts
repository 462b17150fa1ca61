import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { nameFullDisk, notFound } from '../errors.ts';
import type { Storage } from './storage.ts';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
/** Half-written objects stay out of the listing. */
const DRAFTS = '.drafts';
const DRAFT_LASTS_MS = 24 * 60 * 60 * 1000;

/**
 * Objects as files below `root`. A crash leaves at most a draft, never half an object under its key. Servers and workers
 * may share the folder: a draft is taken for a crash's only when it is older than any upload can last.
 */
export async function openFileStorage(root: string): Promise<Storage> {
  const drafts = join(root, DRAFTS);
  await mkdir(drafts, { recursive: true });
  await removeOld(drafts, Date.now() - DRAFT_LASTS_MS);

  const pathOf = (key: string): string => {
    if (!key.split('/').every(segment => SEGMENT.test(segment))) throw new Error(`Not a storage key: ${key}`);
    return join(root, ...key.split('/'));
  };
  const find = async (path: string) => stat(path).catch(() => undefined);

  const storage: Storage = {
    async put(key, content) {
      const path = pathOf(key);
      const draft = join(drafts, randomUUID());
      const hash = createHash('sha256');
      let bytes = 0;
      const count = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          hash.update(chunk);
          bytes += chunk.length;
          done(null, chunk);
        },
      });
      const file = createWriteStream(draft, { flush: true });
      try {
        const source = content instanceof Uint8Array ? Readable.from([Buffer.from(content)]) : content;
        await pipeline(source, count, file);
        await mkdir(dirname(path), { recursive: true });
        await rename(draft, path);
      } catch (error) {
        // Opening may still be under way on another thread: a draft removed before that would be made again after it.
        if (!file.closed) await new Promise<void>(resolve => file.once('close', () => resolve()));
        await rm(draft, { force: true });
        throw nameFullDisk(error);
      }
      return { key, bytes, sha256: hash.digest('hex') };
    },

    async getRange(key, start, length) {
      const file = await open(await storage.localPath(key), 'r');
      try {
        const buffer = Buffer.alloc(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      } finally {
        await file.close();
      }
    },

    async localPath(key) {
      const path = pathOf(key);
      if (!(await find(path))?.isFile()) throw notFound('file', key);
      return path;
    },

    async stat(key) {
      const info = await find(pathOf(key));
      return info?.isFile() ? { key, bytes: info.size, storedAtMs: info.mtimeMs } : undefined;
    },

    async delete(key) {
      const path = pathOf(key);
      await rm(path, { force: true });
      await removeEmptyFolders(dirname(path), root);
    },

    async list(prefix) {
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const paths = await filesBelow(join(root, folder), drafts);
      return paths
        .map(path => relative(root, path).split(sep).join('/'))
        .filter(key => key.startsWith(prefix))
        .sort();
    },

    removeDrafts: beforeMs => removeOld(drafts, beforeMs),

    async check() {
      const probe = `probe-${process.pid}-${randomUUID()}`;
      await storage.put(probe, new Uint8Array([1]));
      await storage.delete(probe);
    },
  };
  return storage;
}

async function removeOld(drafts: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const info = await stat(path).catch(() => undefined);
    if (info && info.mtimeMs < beforeMs) await rm(path, { recursive: true, force: true });
  }
}

// One folder at a time: others remove theirs meanwhile, and one that is gone must not hide the rest.
async function filesBelow(folder: string, except: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory() && path !== except) paths.push(...(await filesBelow(path, except)));
  }
  return paths;
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let at = folder; at.startsWith(root + sep); at = dirname(at)) {
    const isRemoved = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
