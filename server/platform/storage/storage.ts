import type { Readable } from 'node:stream';

/** What is known of a stored object. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Rasters and attachments. Keys are `/`-separated names of letters, digits, `.`, `_` and `-`. Objects never change under
 * their key: `put` on a taken key replaces the whole object at once.
 */
export interface Storage {
  /** Stores all or nothing; the digest is of what was written. */
  put(key: string, content: Readable | Uint8Array): Promise<StoredObject & { readonly sha256: string }>;
  /** Bytes `start … start + length`; fewer at the end. Throws `not-found`. */
  getRange(key: string, start: number, length: number): Promise<Uint8Array>;
  /** A file that can be opened by path (file driver). Throws `not-found`. */
  localPath(key: string): Promise<string>;
  /** undefined when there is no such object. */
  stat(key: string): Promise<(StoredObject & { readonly storedAtMs: number }) | undefined>;
  /** What is already gone is fine. */
  delete(key: string): Promise<void>;
  /** Keys that begin with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Removes objects whose writing was begun before and never ended. */
  removeDrafts(beforeMs: number): Promise<void>;
  /** Writes, reads and removes a probe; throws when the place cannot be written. */
  check(): Promise<void>;
}
