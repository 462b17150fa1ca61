import type { BlockLease } from './block-lease.ts';
import type { InflateBlocks } from './tiff/inflate/deflated-block.ts';

/** What a raster is to the rest of the core: a grid, bands, and blocks of cells that can be asked for. Nothing here reads. */

/** Bytes that can be read by range: a file, an http resource, a buffer. Fewer bytes than asked for mean the end was met. */
export interface RangeSource {
  /** Length in bytes. */
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same into the caller's own room, which saves a fresh megabyte for each block; answers how many bytes there were. */
  readonly readInto?: ((offset: number, length: number, target: Uint8Array) => Promise<number>) | undefined;
  /** Told of bytes that will be read soon, in the order told: where each request costs a journey, neighbours can be fetched in one. */
  readonly expect?: ((offset: number, length: number) => void) | undefined;
}

/** What the host has at hand: decompressors that are faster than a library's (absent ones fall back to geotiff.js), and a list of EPSG codes. */
export interface RasterCodecs {
  /**
   * Inflates one zlib stream. `expectedBytes` is the most that may come out: more is an error. `compressed` may be cut
   * short of the stream's end on purpose (only the first rows are wanted); what could be inflated is the answer then.
   */
  readonly inflate?: ((compressed: Uint8Array, expectedBytes: number) => Uint8Array | Promise<Uint8Array>) | undefined;
  /** Inflates a block, or two at once where that is faster; what it answers takes the place of `inflate` for blocks. */
  readonly inflateBlocks?: InflateBlocks | undefined;
  /** PROJ definition of an EPSG code for which the core has no rule. */
  readonly definitionOf?: ((epsg: number) => string | undefined) | undefined;
}

export type SampleArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** `float16` is decoded to a Float32Array. */
export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float16' | 'float32' | 'float64';

/** North-up grid of cells; row 0 is the northernmost. Units are those of `crs` (metres or degrees). */
export interface RasterGrid {
  readonly width: number;
  readonly height: number;
  /** West edge of column 0. */
  readonly originX: number;
  /** North edge of row 0. */
  readonly originY: number;
  /** Positive. */
  readonly cellWidth: number;
  /** Positive: y falls by this much from row to row. */
  readonly cellHeight: number;
  /** `EPSG:32632`, or a PROJ definition where the file describes its system itself. */
  readonly crs: string;
}

export interface RasterBand {
  /** Counted from 1, as GDAL does. */
  readonly number: number;
  /** Physical value = sample * scale + offset, as the file says (1 and 0 when it says nothing). */
  readonly scale: number;
  readonly offset: number;
  readonly description: string | undefined;
}

/** The part of a decoded block that belongs to one band: cell (row, col) is `values[start + row * rowStride + col * stride]`. */
export interface BandBlock {
  readonly values: SampleArray;
  readonly start: number;
  readonly stride: number;
  readonly rowStride: number;
  /** Cells of the block that lie on the grid (blocks at the right and lower border are cut). */
  readonly width: number;
  readonly height: number;
  /** Only where `isPending` was asked for, and not always then: no cell is good before its row is made ready. */
  readonly pending?: PendingRows | undefined;
}

/** Rows of a block that are made ready one by one: row `r` is good up to column `ready[r]`. */
export interface PendingRows {
  readonly ready: Uint32Array;
  /** Makes columns `[0, endCol)` of a row good. */
  prepare(row: number, endCol: number): void;
}

export interface ReadBlockOptions {
  /** The caller makes the rows that it needs ready by itself: it needs few, or not to their end. */
  readonly isPending?: boolean | undefined;
  /** Only the first rows of the block are needed; the rest of `values` is undefined then. */
  readonly rows?: number | undefined;
  /** The caller is done with the block before this ends: it need not be its own until then. Blocks under one lease are decoded together. */
  readonly lease?: BlockLease | undefined;
}

/** One resolution of a raster: the full one, or an overview. */
export interface RasterImage {
  readonly grid: RasterGrid;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Bands count from 1. Throws GisError `raster-band-missing`, `raster-truncated`, `raster-unreadable`. */
  readBlock(blockCol: number, blockRow: number, band: number, options?: ReadBlockOptions): Promise<BandBlock>;
  /** Says that the first rows of a block will be read soon. Absent where the source of the bytes has no use for it. */
  readonly expectBlock?: ((blockCol: number, blockRow: number, band: number, rows: number) => void) | undefined;
}

export interface RasterFile {
  readonly sampleType: SampleType;
  /** Already rounded to the sample type; NaN where the file says `nan`; undefined where it says nothing. */
  readonly noData: number | undefined;
  /** A mask or an alpha band says which cells hold something; the others are NaN, whatever the sample type. */
  readonly isMasked: boolean;
  readonly bands: readonly RasterBand[];
  /** Full resolution: the only one that statistics may use. */
  readonly image: RasterImage;
  /** Finest first; for drawing only. */
  readonly overviews: readonly RasterImage[];
}

const BYTES: Readonly<Record<SampleType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  float16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** Bytes of one sample as it lies in the file. */
export const bytesPerSample = (type: SampleType): number => BYTES[type];

/** An array of zeros that can hold samples of `type`. */
export function createSamples(type: SampleType, length: number): SampleArray {
  switch (type) {
    case 'uint8':
      return new Uint8Array(length);
    case 'int8':
      return new Int8Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'int16':
      return new Int16Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'float16':
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
  }
}
