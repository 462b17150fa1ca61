import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders for files that are needed for as long as one request: written before they are sent, or read after they came. Readable by this process alone. */
export interface ScratchFolders {
  make(): Promise<string>;
  remove(folder: string): Promise<void>;
  /** Removes those of lost processes. */
  clear(beforeMs: number): Promise<void>;
}

/** Below the data folder, not in the system's own: that may lie in memory. What a lost process left there is cleared away. */
export function createScratchFolders(dataDir: string, purpose: 'exports' | 'examinations'): ScratchFolders {
  const home = join(dataDir, purpose);
  return {
    async make() {
      await mkdir(home, { recursive: true, mode: 0o700 });
      return mkdtemp(join(home, 'one-'));
    },
    clear: beforeMs => sweep(home, beforeMs),
    remove: folder => rm(folder, { recursive: true, force: true }),
  };
}

async function sweep(home: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(home).catch(() => [])) {
    const folder = join(home, name);
    const info = await stat(folder).catch(() => undefined);
    if (info !== undefined && info.mtimeMs < beforeMs) await rm(folder, { recursive: true, force: true });
  }
}
