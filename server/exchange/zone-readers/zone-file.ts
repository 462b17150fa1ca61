import type { PackedGeometry } from '../../../gis/geometry/packed.ts';
import type { Polygonal } from '../../../gis/types.ts';
import type { FeatureTable } from '../../../gis/wasm/feature-table.ts';

/** One record of a file of zones; `geometry` undefined = the record has none. */
export interface ZoneRecord {
  /** The file's own number or id of the record. */
  readonly id: string | number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Positions that are packed lie in the reader's own room: they are good until the next record. */
  readonly geometry: Polygonal | PackedGeometry | undefined;
}

/** Takes a file of zones with one record in hand at a time, so that a file of any length costs the memory of its longest record. */
export interface ZoneVisitor {
  /**
   * Before the first record, with EPSG:n, WKT or PROJ text of the coordinates. Called again where a file names its system only at its end:
   * what was visited until then comes once more, and counts from here.
   */
  begin(crs: string): void;
  visit(record: ZoneRecord): void;
  /** Brings features that were read together to where they are wanted; absent or false = they are wanted one by one. */
  place?(features: FeatureTable): boolean;
  /** Records `[from, to)` of a table, which are in their place there: none of them has its geometry with it. */
  visitPlaced?(features: FeatureTable, records: readonly ZoneRecord[], from: number, to: number): void;
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
