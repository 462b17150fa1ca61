import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { RangeSource } from '../../gis/raster/raster-file.ts';

/** Bytes in memory as a range source; `reads` counts what was asked for. */
export function memorySource(
  bytes: Uint8Array,
): RangeSource & { readonly reads: { offset: number; length: number }[] } {
  const reads: { offset: number; length: number }[] = [];
  return {
    size: bytes.length,
    reads,
    async read(offset, length) {
      reads.push({ offset, length });
      return bytes.subarray(offset, offset + length);
    },
  };
}

export const fileInMemory = (path: string): RangeSource => memorySource(readFileSync(path));

/** Whether GDAL's programs are installed: the second opinion on the files that we read and write. */
export const hasGdal = spawnSync('gdalinfo', ['--version']).status === 0;
