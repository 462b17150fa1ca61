// Cells that hold no measurement, in files that do not say so. Files that were cut to an outline often hold 0 outside it:
// where nothing names a no-data value, a cell that is 0 in all bands read together is taken as empty; it would else be bare
// ground with SAVI 0. Others hold the lowest number their cells can: no measurement of anything comes near it.
import type { BandBlock, RasterFile, SampleArray } from '../../../gis/raster/raster-file.ts';
import { isOnBlocksOf } from './align-band.ts';

export interface FileBand {
  readonly file: RasterFile;
  readonly band: number;
}

/**
 * `first.file` with NaN in band `first.band` where that band and the others are all 0. Files on other grids or blocks
 * are left as they are: there the rule cannot say which cells belong together.
 */
export function blankZeros(first: FileBand, others: readonly FileBand[]): RasterFile {
  const { image } = first.file;
  if (!others.every(({ file }) => isOnBlocksOf(file.image, image))) return first.file;
  return {
    ...first.file,
    image: {
      ...image,
      async readBlock(blockCol, blockRow, band, asked) {
        // Every cell is looked at here: none may be left to be made ready later.
        const options = { rows: asked?.rows };
        const block = await image.readBlock(blockCol, blockRow, band, options);
        if (band !== first.band) return block;
        const beside = await Promise.all(
          others.map(other => other.file.image.readBlock(blockCol, blockRow, other.band, options)),
        );
        const rows = Math.min(block.height, options.rows ?? block.height);
        return withBlanks(
          block,
          rows,
          (row, col) => isZero(block, row, col) && beside.every(other => isZero(other, row, col)),
        );
      },
    },
  };
}

/** Far beyond any measurement, whatever its unit, and far below what a sum of squares cannot hold any more. */
const IMPOSSIBLE_FROM = 1e30;

/** The file with NaN where a sample cannot be a measurement. The same file where its samples cannot be that large. */
export function blankImpossible(file: RasterFile): RasterFile {
  if (file.sampleType !== 'float32' && file.sampleType !== 'float64') return file;
  const { image } = file;
  return {
    ...file,
    image: {
      ...image,
      async readBlock(blockCol, blockRow, band, asked) {
        const options = { rows: asked?.rows };
        const block = await image.readBlock(blockCol, blockRow, band, options);
        const rows = Math.min(block.height, options.rows ?? block.height);
        return withBlanks(block, rows, (row, col) => Math.abs(sampleOf(block, row, col)) >= IMPOSSIBLE_FROM);
      },
    },
  };
}

function withBlanks(block: BandBlock, rows: number, isBlank: (row: number, col: number) => boolean): BandBlock {
  let copy: SampleArray | undefined;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < block.width; col++) {
      if (!isBlank(row, col)) continue;
      copy ??= widen(block, rows);
      copy[row * block.width + col] = Number.NaN;
    }
  }
  return copy === undefined ? block : { ...block, values: copy, start: 0, stride: 1, rowStride: block.width };
}

const sampleOf = ({ values, start, rowStride, stride }: BandBlock, row: number, col: number): number =>
  values[start + row * rowStride + col * stride] as number;

const isZero = (block: BandBlock, row: number, col: number): boolean => sampleOf(block, row, col) === 0;

/** One band of the block, in an array that can hold NaN and every sample exactly. */
function widen(block: BandBlock, rows: number): SampleArray {
  const copy = new Float64Array(block.width * rows);
  for (let row = 0; row < rows; row++) {
    let from = block.start + row * block.rowStride;
    for (let col = 0; col < block.width; col++, from += block.stride) {
      copy[row * block.width + col] = block.values[from] as number;
    }
  }
  return copy;
}
