import { GisError } from '../errors.ts';
import type { ImageLayout, RasterLimits } from './image-layout.ts';
import { describeLayout } from './image-layout.ts';
import type { BandBlock, RasterImage, SampleArray } from './raster-file.ts';
import type { TagValue, TiffDirectory } from './tiff/directory.ts';
import { findNumber, findNumbers } from './tiff/directory.ts';
import { TAG } from './tiff/tags.ts';

/** Cells of the full grid of an image. */
export interface CellWindow {
  readonly col: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** What a file says beside its samples about which cells hold any: 0 = none, row by row of the window. */
export type ReadValidity = (window: CellWindow, band: number) => Promise<Uint8Array>;

/**
 * An image whose invalid cells are NaN, in an array that holds NaN and every sample exactly. Blocks without such cells stay as they are.
 * `exempt` is a band that is read as it is: the alpha band itself.
 */
export function maskImage(image: RasterImage, read: ReadValidity, exempt?: number): RasterImage {
  return {
    ...image,
    async readBlock(blockCol, blockRow, band, options = {}) {
      if (band === exempt) return image.readBlock(blockCol, blockRow, band, options);
      // Cells are looked at here: none may be left to be made ready later.
      const block = await image.readBlock(blockCol, blockRow, band, { rows: options.rows });
      const { width } = block;
      const height = Math.max(1, Math.min(options.rows ?? block.height, block.height));
      const window = { col: blockCol * image.blockWidth, row: blockRow * image.blockHeight, width, height };
      const valid = await read(window, band);
      return valid.includes(0) ? withoutInvalid(block, valid, height) : block;
    },
  };
}

function withoutInvalid(block: BandBlock, valid: Uint8Array, height: number): BandBlock {
  const { values, start, stride, rowStride, width } = block;
  const copy: SampleArray =
    values instanceof Float64Array || values instanceof Int32Array || values instanceof Uint32Array
      ? new Float64Array(width * height)
      : new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    let from = start + row * rowStride;
    for (let at = row * width; at < (row + 1) * width; at += 1, from += stride) {
      copy[at] = valid[at] === 0 ? NaN : (values[from] as number);
    }
  }
  return { ...block, values: copy, start: 0, stride: 1, rowStride: width, pending: undefined };
}

/** Cells are valid where the alpha band is not 0. */
export function validityOfAlpha(image: RasterImage, alpha: number): ReadValidity {
  return async ({ col, row, width, height }) => {
    const [blockCol, blockRow] = [col / image.blockWidth, row / image.blockHeight];
    const { values, start, stride, rowStride } = await image.readBlock(blockCol, blockRow, alpha, { rows: height });
    const valid = new Uint8Array(width * height);
    for (let r = 0; r < height; r += 1) {
      let from = start + r * rowStride;
      for (let at = r * width; at < (r + 1) * width; at += 1, from += stride) valid[at] = values[from] === 0 ? 0 : 1;
    }
    return valid;
  };
}

/** Number of the band that an ExtraSamples tag calls alpha (1 associated, 2 not), undefined where it calls none so. */
export function findAlphaBand(directory: TiffDirectory, bandCount: number): number | undefined {
  const extra = findNumbers(directory, TAG.extraSamples) ?? [];
  const at = extra.findIndex(kind => kind === 1 || kind === 2);
  const band = bandCount - extra.length + at + 1;
  // A lone band is data, whatever it is called.
  return at >= 0 && band > 1 ? band : undefined;
}

/** A transparency mask of TIFF 6.0: a further image of the file. */
export const isMask = (directory: TiffDirectory): boolean =>
  ((findNumber(directory, TAG.newSubfileType) ?? 0) & 4) !== 0 || findNumber(directory, TAG.photometric) === 4;

/** How a mask lies in the file, as if its bytes were cells. */
export interface MaskLayout {
  readonly layout: ImageLayout;
  readonly bandCount: number;
  /** 8 where a cell is one bit. */
  readonly cellsPerByte: 1 | 8;
  /** The first of a byte's cells is its lowest bit. */
  readonly isLowFirst: boolean;
}

/** Throws GisError `raster-unreadable` where the mask is neither of bits nor of bytes. */
export function describeMask(directory: TiffDirectory, littleEndian: boolean, limits: RasterLimits): MaskLayout {
  const bits = findNumber(directory, TAG.bitsPerSample) ?? 1;
  const bandCount = findNumber(directory, TAG.samplesPerPixel) ?? 1;
  const isLowFirst = findNumber(directory, TAG.fillOrder) === 2;
  if (bits === 8) {
    return { layout: describeLayout(directory, littleEndian, limits), bandCount, cellsPerByte: 1, isLowFirst };
  }
  if (bits !== 1 || bandCount !== 1) throw new GisError('raster-unreadable', { reason: 'mask', bits, bandCount });
  const tags = new Map<number, TagValue>(directory.tags);
  for (const tag of [TAG.imageWidth, TAG.tileWidth]) {
    const cells = findNumber(directory, tag);
    if (cells !== undefined) tags.set(tag, [Math.ceil(cells / 8)]);
  }
  tags.set(TAG.bitsPerSample, [8]);
  return { layout: describeLayout({ tags }, littleEndian, limits), bandCount, cellsPerByte: 8, isLowFirst };
}

/** Reads a mask whose bytes are the cells of `bytes`; blocks of the mask need not be those of the image. */
export function validityOfMask(
  bytes: RasterImage,
  { bandCount, cellsPerByte, isLowFirst }: Omit<MaskLayout, 'layout'>,
): ReadValidity {
  const { blockWidth, blockHeight } = bytes;
  const blockCells = blockWidth * cellsPerByte;
  return async ({ col, row, width, height }, band) => {
    const valid = new Uint8Array(width * height);
    const maskBand = Math.min(band, bandCount);
    for (let blockRow = Math.floor(row / blockHeight); blockRow * blockHeight < row + height; blockRow += 1) {
      const north = blockRow * blockHeight;
      const endRow = Math.min(row + height, north + blockHeight);
      for (let blockCol = Math.floor(col / blockCells); blockCol * blockCells < col + width; blockCol += 1) {
        const west = blockCol * blockCells;
        const endCol = Math.min(col + width, west + blockCells);
        const block = await bytes.readBlock(blockCol, blockRow, maskBand, { rows: endRow - north });
        for (let r = Math.max(row, north); r < endRow; r += 1) {
          const from = block.start + (r - north) * block.rowStride;
          const to = (r - row) * width - col;
          for (let c = Math.max(col, west); c < endCol; c += 1) {
            const cell = c - west;
            const byte = block.values[from + Math.floor(cell / cellsPerByte) * block.stride] as number;
            const shift = isLowFirst ? cell & 7 : 7 - (cell & 7);
            valid[to + c] = cellsPerByte === 8 ? (byte >> shift) & 1 : byte === 0 ? 0 : 1;
          }
        }
      }
    }
    return valid;
  };
}
