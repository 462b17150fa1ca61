import type { Queryable } from '../../../platform/db/database.ts';
import type { NewEvent } from '../events.contract.ts';

/** One event among many. The outline was normalised and judged before. */
export interface BulkEvent {
  readonly properties: NewEvent['properties'];
  /** EWKB of a MultiPolygon in EPSG:4326, hexadecimal. */
  readonly geometryHex: string;
  /** Ellipsoidal, of that outline; null where the database has to judge and measure the outline itself. */
  readonly areaM2: number | null;
  /** Whether another event of the same file covers land of this one. */
  readonly meetsOthers: boolean;
  /** Row of the file, for whoever has to look for it. */
  readonly row: number;
}

export interface BulkSource {
  readonly importId: number;
  readonly total: number;
  /** Read again from the start where the transaction has to be repeated. */
  readonly batches: () => AsyncIterable<readonly BulkEvent[]>;
  /** 0..1; must not be waited for. */
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
  /** In the same transaction, when all is written. */
  readonly afterwards: (tx: Queryable, written: number) => Promise<void>;
}

export interface BulkResult {
  readonly written: number;
  readonly findingCount: number;
  readonly landRevision: number;
}
