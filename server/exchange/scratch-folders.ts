import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const STALE_MS = 6 * 60 * 60 * 1000;

/** Folders for files that are needed for as long as one request: written before they are sent, or read after they came. Readable by this process alone. */
export interface ScratchFolders {
  make(): Promise<string>;
  remove(folder: string): Promise<void>;
}

/** Below the data folder, not in the system's own: that may lie in memory. What a lost process left there is cleared away. */
export function createScratchFolders(dataDir: string, purpose: 'exports' | 'examinations'): ScratchFolders {
  const home = join(dataDir, purpose);
  let isSwept = false;
  return {
    async make() {
      await mkdir(home, { recursive: true, mode: 0o700 });
      if (!isSwept) await sweep(home);
      isSwept = true;
      return mkdtemp(join(home, 'one-'));
    },
    remove: folder => rm(folder, { recursive: true, force: true }),
  };
}

async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const folder = join(home, name);
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (age > STALE_MS) await rm(folder, { recursive: true, force: true });
  }
}
