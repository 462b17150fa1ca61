import { GisError } from '../errors.ts';
import type { BlockLease } from '../raster/block-lease.ts';
import type {
  BandBlock,
  PendingRows,
  RasterFile,
  RasterGrid,
  RasterImage,
  SampleArray,
} from '../raster/raster-file.ts';
import { isSameGrid } from '../raster/raster-grid.ts';
import { createCellMapping } from './cell-mapping.ts';
import type { CellMapping } from './cell-mapping.ts';

/** One band of one file. `scale` and `offset` (value = sample * scale + offset) and `noData` stand in for what the file says. */
export interface BandSource {
  readonly file: RasterFile;
  /** Counted from 1. */
  readonly band: number;
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
  readonly noData?: number | undefined;
}

/** Classes (of a scene classification, say) that make a cell no data. Cells that the mask does not know are no data too. */
export interface ClassMask {
  readonly file: RasterFile;
  readonly band: number;
  readonly classes: readonly number[];
  /** `exclude` (default): cells of these classes are dropped; `keep`: all others are. */
  readonly mode?: 'exclude' | 'keep' | undefined;
}

/** Rows and columns of the reference grid that one block covers. */
export interface BlockWindow {
  readonly blockCol: number;
  readonly blockRow: number;
  readonly col: number;
  readonly row: number;
  readonly width: number;
  /** Rows that are needed, from the first one of the block. */
  readonly height: number;
}

/** Scaled values of one band over a window: `load` writes columns `[start, end)` of a row, NaN where there is no data. */
export interface BandRows {
  /** The samples themselves, where they are used as they are: neither scaled nor shifted. */
  readonly plain: PlainSamples | undefined;
  load(row: number, start: number, end: number, out: Float64Array): void;
}

/** Makes columns `[0, end)` of a row good where they are not yet. */
export function makeReady(pending: PendingRows | undefined, row: number, end: number): void {
  if (pending !== undefined && (pending.ready[row] as number) < end) pending.prepare(row, end);
}

/** Cell (row, col) of the window is `values[start + row * rowStride + col * stride]`; `missing` (or NaN) is no data. */
export interface PlainSamples extends Omit<BandBlock, 'width' | 'height'> {
  /** NaN where the file has no such value: no sample equals it. */
  readonly missing: number;
}

export interface BandReader {
  /** What was read under a lease is good until that ends. */
  read(window: BlockWindow, lease?: BlockLease): Promise<BandRows>;
  /** Says that a window will be read soon; absent where that is of no use. */
  readonly expect?: ((window: BlockWindow) => void) | undefined;
}

export interface MaskReader {
  /** 1 = dropped, cell by cell of the window. */
  read(window: BlockWindow): Promise<Uint8Array>;
}

/** A band as seen on the reference grid: its own blocks where the grids are the same, the nearest cell by coordinates elsewhere. */
export function createBandReader(source: BandSource, reference: RasterImage): BandReader {
  const { file, band } = source;
  const known = file.bands[band - 1];
  if (known === undefined) throw new GisError('raster-band-missing', { band, bandCount: file.bands.length });
  const scale = source.scale ?? known.scale;
  const offset = source.offset ?? known.offset;
  const noData = source.noData ?? file.noData;
  const { image } = file;
  const isAligned =
    isSameGrid(image.grid, reference.grid) &&
    image.blockWidth === reference.blockWidth &&
    image.blockHeight === reference.blockHeight;
  if (isAligned) {
    const { expectBlock } = image;
    return {
      expect: expectBlock && (({ blockCol, blockRow, height }) => expectBlock(blockCol, blockRow, band, height)),
      async read({ blockCol, blockRow, height }, lease) {
        const block = await image.readBlock(blockCol, blockRow, band, { rows: height, isPending: true, lease });
        return rowsOf(block, scale, offset, noData);
      },
    };
  }
  const mapping = createCellMapping(reference.grid, image.grid);
  return {
    async read(window) {
      const values = await sampleWindow(image, band, window, mapping);
      const block: BandBlock = {
        values,
        start: 0,
        stride: 1,
        rowStride: window.width,
        width: window.width,
        height: window.height,
      };
      return rowsOf(block, scale, offset, noData);
    },
  };
}

function rowsOf(block: BandBlock, scale: number, offset: number, noData: number | undefined): BandRows {
  const { values, start: first, stride, rowStride, pending } = block;
  const isPlain = scale === 1 && offset === 0;
  // NaN samples are no data whatever the file says; they pass through the arithmetic by themselves.
  const missing = noData !== undefined && !Number.isNaN(noData) ? noData : undefined;
  return {
    plain: isPlain ? { values, start: first, stride, rowStride, pending, missing: missing ?? NaN } : undefined,
    load(row, start, end, out) {
      makeReady(pending, row, end);
      let at = first + row * rowStride + start * stride;
      if (missing === undefined) {
        for (let col = start; col < end; col += 1, at += stride) out[col] = values[at] as number;
      } else {
        for (let col = start; col < end; col += 1, at += stride) {
          const value = values[at] as number;
          out[col] = value === missing ? NaN : value;
        }
      }
      if (!isPlain) for (let col = start; col < end; col += 1) out[col] = (out[col] as number) * scale + offset;
    },
  };
}

export function createMaskReader(mask: ClassMask, reference: RasterGrid): MaskReader {
  const { file, band } = mask;
  if (file.bands[band - 1] === undefined) {
    throw new GisError('raster-band-missing', { band, bandCount: file.bands.length });
  }
  const classes = new Set(mask.classes);
  const keeps = mask.mode === 'keep';
  const mapping = createCellMapping(reference, file.image.grid);
  return {
    async read(window) {
      const values = await sampleWindow(file.image, band, window, mapping);
      const dropped = new Uint8Array(values.length);
      for (let i = 0; i < values.length; i += 1) {
        const value = values[i] as number;
        const isUnknown = Number.isNaN(value) || value === file.noData;
        dropped[i] = isUnknown || classes.has(value) !== keeps ? 1 : 0;
      }
      return dropped;
    },
  };
}

/** Nearest sample for every cell of the window, NaN off the other raster. */
async function sampleWindow(
  image: RasterImage,
  band: number,
  window: BlockWindow,
  mapping: CellMapping,
): Promise<SampleArray> {
  const { width, height } = window;
  const cols = new Float64Array(width * height);
  const rows = new Float64Array(width * height);
  mapping(window.col, window.row, width, height, cols, rows);
  const { blockWidth, blockHeight, grid } = image;
  const wanted = new Map<number, number[]>();
  const values = new Float64Array(width * height).fill(NaN);
  for (let i = 0; i < values.length; i += 1) {
    const col = Math.floor(cols[i] as number);
    const row = Math.floor(rows[i] as number);
    if (!(col >= 0 && col < grid.width && row >= 0 && row < grid.height)) continue;
    const key = Math.floor(row / blockHeight) * image.blocksAcross + Math.floor(col / blockWidth);
    const cells = wanted.get(key);
    if (cells === undefined) wanted.set(key, [i]);
    else cells.push(i);
  }
  const inOrder = [...wanted].sort(([a], [b]) => a - b);
  const placeOf = (key: number) => [key % image.blocksAcross, Math.floor(key / image.blocksAcross)] as const;
  for (const [key] of inOrder) image.expectBlock?.(...placeOf(key), band, blockHeight);
  for (const [key, cells] of inOrder) {
    const [blockCol, blockRow] = placeOf(key);
    const block = await image.readBlock(blockCol, blockRow, band);
    for (const i of cells) {
      const row = Math.floor(rows[i] as number) - blockRow * blockHeight;
      const col = Math.floor(cols[i] as number) - blockCol * blockWidth;
      values[i] = block.values[block.start + row * block.rowStride + col * block.stride] as number;
    }
  }
  return values;
}
