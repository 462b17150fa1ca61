// Bands of one scene may lie on grids of their own: Sentinel-2 has its short-wave infrared at 20 m, and some exports tile
// one file and leave another in strips. All are brought onto the blocks of the first: nearest cell, each block once.
import type { BlockCache } from '../../../gis/raster/block-cache.ts';
import { createSamples } from '../../../gis/raster/raster-file.ts';
import type {
  BandBlock,
  RasterFile,
  RasterImage,
  ReadBlockOptions,
  SampleArray,
} from '../../../gis/raster/raster-file.ts';
import { isSameGrid } from '../../../gis/raster/raster-grid.ts';
import { createCellMapping, type CellMapping } from '../../../gis/zonal/cell-mapping.ts';

/** Rows of a block that are placed at a time: their places take 16 bytes a cell. */
const ROWS_PLACED = 32;

export const isOnBlocksOf = (image: RasterImage, reference: RasterImage): boolean =>
  isSameGrid(image.grid, reference.grid) &&
  image.blockWidth === reference.blockWidth &&
  image.blockHeight === reference.blockHeight;

/** `file` as if it lay on the blocks of `reference`: samples of the nearest cell, NaN beyond its edge. The same file where it does. */
export function alignBand(file: RasterFile, reference: RasterImage, cache: BlockCache): RasterFile {
  if (isOnBlocksOf(file.image, reference)) return file;
  const mapping = createCellMapping(reference.grid, file.image.grid);
  const fileId = cache.nextFileId();
  const image: RasterImage = {
    ...reference,
    readBlock: (blockCol, blockRow, band, options) =>
      readAligned({ file, fileId, reference, mapping, cache }, blockCol, blockRow, band, options),
  };
  return { ...file, image, overviews: [] };
}

interface Aligned {
  readonly file: RasterFile;
  readonly fileId: number;
  readonly reference: RasterImage;
  readonly mapping: CellMapping;
  readonly cache: BlockCache;
}

async function readAligned(
  { file, fileId, reference, mapping, cache }: Aligned,
  blockCol: number,
  blockRow: number,
  band: number,
  options: ReadBlockOptions | undefined,
): Promise<BandBlock> {
  const { blockWidth, blockHeight, grid } = reference;
  const width = Math.min(blockWidth, grid.width - blockCol * blockWidth);
  const height = Math.min(blockHeight, grid.height - blockRow * blockHeight);
  const wanted = Math.min(height, options?.rows ?? height);
  const { values } = await cache.get(`aligned ${fileId}/${band}/${blockCol}/${blockRow}`, wanted, async () => {
    // Holds NaN and every sample exactly.
    const isShort = ['uint8', 'int8', 'uint16', 'int16', 'float16', 'float32'].includes(file.sampleType);
    const samples = createSamples(isShort ? 'float32' : 'float64', width * wanted).fill(Number.NaN);
    const places = { cols: new Float64Array(width * ROWS_PLACED), rows: new Float64Array(width * ROWS_PLACED) };
    for (let row = 0; row < wanted; row += ROWS_PLACED) {
      const count = Math.min(ROWS_PLACED, wanted - row);
      mapping(blockCol * blockWidth, blockRow * blockHeight + row, width, count, places.cols, places.rows);
      await sampleNearest(file, band, places, samples.subarray(row * width, (row + count) * width));
    }
    return { values: samples, rows: wanted };
  });
  return { values, start: 0, stride: 1, rowStride: width, width, height };
}

/** Writes the sample under each place, given as fractional columns and rows of the file; what lies beyond is left as it is. */
async function sampleNearest(
  { image }: RasterFile,
  band: number,
  { cols, rows }: { readonly cols: Float64Array; readonly rows: Float64Array },
  values: SampleArray,
): Promise<void> {
  const { blockWidth, blockHeight, blocksAcross, grid } = image;
  const numbers = new Int32Array(values.length).fill(-1);
  const needed = new Set<number>();
  for (let at = 0; at < values.length; at++) {
    const col = Math.floor(cols[at] as number);
    const row = Math.floor(rows[at] as number);
    // Written so that NaN is outside.
    if (!(col >= 0 && col < grid.width && row >= 0 && row < grid.height)) continue;
    const number = Math.floor(row / blockHeight) * blocksAcross + Math.floor(col / blockWidth);
    numbers[at] = number;
    needed.add(number);
  }
  for (const number of [...needed].toSorted((a, b) => a - b)) {
    const firstCol = (number % blocksAcross) * blockWidth;
    const firstRow = Math.floor(number / blocksAcross) * blockHeight;
    const block = await image.readBlock(number % blocksAcross, Math.floor(number / blocksAcross), band);
    for (let at = 0; at < numbers.length; at++) {
      if (numbers[at] !== number) continue;
      const row = Math.floor(rows[at] as number) - firstRow;
      const col = Math.floor(cols[at] as number) - firstCol;
      values[at] = block.values[block.start + row * block.rowStride + col * block.stride] as number;
    }
  }
}
