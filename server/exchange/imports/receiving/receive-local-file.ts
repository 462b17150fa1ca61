import { constants, createReadStream, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import type { ReceivedFile } from './receive-file.ts';
import { shortName } from './short-name.ts';

/** A file beside the database, with the two JSON fields that a browser would have sent. */
export interface LocalFile extends Pick<ReceivedFile, 'fields'> {
  readonly path: string;
}

/** Stores a copy under `key`. Throws `import-file-unreadable`, `import-too-large`. */
export async function receiveLocalFile(
  { path, fields }: LocalFile,
  storage: Storage,
  key: string,
): Promise<ReceivedFile> {
  let info: Stats;
  try {
    info = await stat(path);
    if (!info.isFile()) throw new Error('not a file');
    await access(path, constants.R_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('import-file-unreadable', { file: path, reason }, { cause });
  }
  const limitBytes = IMPORT_LIMITS.uploadBytes;
  if (info.size > limitBytes) throw new AppError('import-too-large', { limitBytes });
  const { bytes, sha256 } = await storage.put(key, createReadStream(path));
  return { name: shortName(basename(path)), key, bytes, sha256, fields };
}
