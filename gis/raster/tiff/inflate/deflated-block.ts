/** The samples of a block before its predictor is undone: rows of cells of `samplesPerCell` little-endian samples. */
export interface PredictedRows {
  /** 2: differences between cells; 3: the planes of floats. */
  readonly predictor: 2 | 3;
  readonly sampleBytes: number;
  readonly samplesPerCell: number;
  readonly rowBytes: number;
  readonly rows: number;
}

/** A zlib stream, whole or cut short on purpose, and what is expected of it. */
export interface DeflatedBlock {
  readonly compressed: Uint8Array;
  /** The most that may come out: more is an error. */
  readonly expectedBytes: number;
  /** So many bytes will do: what follows may stay compressed, its checksum unread. */
  readonly wantedBytes: number;
  /** What is to be undone, if that can be done on the spot; absent where nothing is. */
  readonly predicted?: PredictedRows | undefined;
}

/** Rows whose predictor is still to be undone, each where it lies. */
export interface PredictedRest {
  /** To be called once for each row that is wanted. */
  readonly undoRow: (row: number) => void;
  /** How many cells of each row are good: noted by whoever undoes one, and read by all who want it. Nought at first. */
  readonly goodCells: Uint32Array;
}

export interface InflatedBlock {
  /** Fewer bytes than expected where the stream was cut short or no more were wanted. */
  readonly bytes: Uint8Array;
  /** Absent where the predictor cannot be undone there. */
  readonly pending?: PredictedRest | undefined;
  /** The bytes lie in a room that is lent, and are good until it is given back; absent = they are the receiver's own. */
  readonly giveBack?: (() => void) | undefined;
}

/** One block, or two that are decoded at the same time: the answers in their order, undefined for a stream that is corrupt. */
export type InflateBlocks = (blocks: readonly DeflatedBlock[]) => Promise<readonly (InflatedBlock | undefined)[]>;
