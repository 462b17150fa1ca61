import type { PendingRows, SampleArray } from './raster-file.ts';

/** A decoded block: all bands that the file keeps together, rows `[0, rows)` of it. */
export interface DecodedBlock {
  readonly values: SampleArray;
  readonly rows: number;
  /** Rows whose predictor is undone only when they are asked for; undefined = all are ready. */
  readonly pending?: PendingRows | undefined;
}

/** Decoded blocks shared by whoever reads the same files: least recently used ones leave when the limit is passed. */
export interface BlockCache {
  /** A prefix for the keys of one opened file. */
  nextFileId(): number;
  /** The kept (or coming) block if it has at least `rows` rows, else what `load` answers; failures are not kept. */
  get(key: string, rows: number, load: () => Promise<DecodedBlock>): Promise<DecodedBlock>;
  /** Whether `get` would have to load nothing. */
  has(key: string, rows: number): boolean;
  clear(): void;
  readonly bytes: number;
  /** Blocks may stay after they were answered; false = every one is decoded for who asks, and then forgotten. */
  readonly keeps: boolean;
}

interface Entry {
  readonly rows: number;
  readonly promise: Promise<DecodedBlock>;
  bytes: number;
}

/** `maxBytes` counts decoded samples; blocks in flight are not counted. */
export function createBlockCache(maxBytes: number): BlockCache {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let fileId = 0;

  const remove = (key: string, entry: Entry): void => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    bytes -= entry.bytes;
  };

  return {
    keeps: maxBytes > 0,
    nextFileId: () => (fileId += 1),
    get bytes() {
      return bytes;
    },
    has: (key, rows) => (entries.get(key)?.rows ?? 0) >= rows,
    clear() {
      entries.clear();
      bytes = 0;
    },
    async get(key, rows, load) {
      const known = entries.get(key);
      if (known !== undefined && known.rows >= rows) {
        entries.delete(key);
        entries.set(key, known);
        return known.promise;
      }
      if (known !== undefined) remove(key, known);
      const entry: Entry = { rows, promise: load(), bytes: 0 };
      entries.set(key, entry);
      try {
        const block = await entry.promise;
        if (entries.get(key) === entry) {
          entry.bytes = block.values.byteLength;
          bytes += entry.bytes;
          for (const [oldKey, old] of entries) {
            if (bytes <= maxBytes) break;
            if (old.bytes > 0) remove(oldKey, old);
          }
        }
        return block;
      } catch (error) {
        remove(key, entry);
        throw error;
      }
    },
  };
}
