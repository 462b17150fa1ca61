import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.ts';
import { openFileStorage } from './file-storage.ts';
import type { Storage } from './storage.ts';

/**
 * The driver that `REGREEN_STORAGE` names; absent = files below the data folder.
 * Error: `storage-not-supported` {scheme} for anything but `file:`.
 */
export function openStorage(url: string | undefined, dataDir: string): Promise<Storage> {
  if (url === undefined) return openFileStorage(join(dataDir, 'objects'));
  const { protocol } = new URL(url);
  if (protocol !== 'file:') throw new AppError('storage-not-supported', { scheme: protocol.replace(/:$/, '') });
  return openFileStorage(fileURLToPath(url));
}
