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
    read: async (offset, length) => {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - offset)));
      return bytes.subarray(0, await readInto(handle, offset, bytes.length, bytes));
    },
    readInto: (offset, length, target) => readInto(handle, offset, Math.min(length, size - offset), target),
    close: () => handle.close(),
  };
}

async function readInto(handle: FileHandle, offset: number, length: number, target: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(target, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
