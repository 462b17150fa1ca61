import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { RangeSource } from '../../../gis/raster/raster-file.ts';

export interface FileSource extends RangeSource {
  close(): Promise<void>;
}

/** A local file by range; fails as `fs` does when it cannot be opened. The caller closes it. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    size,
    read: (offset, length) => readRange(handle, offset, Math.min(length, size - offset)),
    close: () => handle.close(),
  };
}

async function readRange(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  if (length <= 0) return new Uint8Array(0);
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
