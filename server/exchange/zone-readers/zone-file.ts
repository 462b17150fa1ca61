import type { PackedGeometry } from '../../../gis/geometry/packed.ts';
import type { Polygonal } from '../../../gis/types.ts';

/** One record of a file of zones; `geometry` undefined = the record has none. */
export interface ZoneRecord {
  /** The file's own number or id of the record. */
  readonly id: string | number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: Polygonal | PackedGeometry | undefined;
}

export interface ZoneFile {
  /** EPSG:n, WKT or PROJ text of the coordinates. */
  readonly crs: string;
  readonly records: readonly ZoneRecord[];
}

/** A file that cannot be used, in one sentence that a person at a terminal can act on. */
export class UnusableFile extends Error {
  readonly path: string;

  constructor(path: string, fault: string, options?: { cause?: unknown }) {
    super(fault, options);
    this.name = 'UnusableFile';
    this.path = path;
  }
}

/** What the operating system said, in words. */
export function describeFileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'may not be opened';
    case 'EISDIR':
      return 'is a folder';
    case 'ENOSPC':
      return 'no space is left to write it';
    case undefined:
      return error instanceof Error ? error.message : String(error);
    default:
      return `cannot be used (${String(code)})`;
  }
}
