// Bands of one scene may lie on grids of their own: Sentinel-2 has its short-wave infrared at 20 m, and some exports tile
// one file and leave another in strips. All are brought onto the blocks of the first: nearest cell, each block once.
import { createBlockCache, type BlockCache } from '../../../gis/raster/block-cache.ts';
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

/** Resampled blocks kept for the indices that share the band. */
const CACHE_BYTES = 8 << 20;

export const isOnBlocksOf = (image: RasterImage, reference: RasterImage): boolean =>
  isSameGrid(image.grid, reference.grid) &&
  image.blockWidth === reference.blockWidth &&
  image.blockHeight === reference.blockHeight;

/** `file` as if it lay on the blocks of `reference`: samples of the nearest cell, NaN beyond its edge. The same file where it does. */
export function alignBand(file: RasterFile, reference: RasterImage): RasterFile {
  if (isOnBlocksOf(file.image, reference)) return file;
  const mapping = createCellMapping(reference.grid, file.image.grid);
  const cache = createBlockCache(CACHE_BYTES);
  const image: RasterImage = {
    ...reference,
    readBlock: (blockCol, blockRow, band, options) =>
      readAligned({ file, reference, mapping, cache }, blockCol, blockRow, band, options),
  };
  return { ...file, image, overviews: [] };
}

interface Aligned {
  readonly file: RasterFile;
  readonly reference: RasterImage;
  readonly mapping: CellMapping;
  readonly cache: BlockCache;
}

async function readAligned(
  { file, reference, mapping, cache }: Aligned,
  blockCol: number,
  blockRow: number,
  band: number,
  options: ReadBlockOptions | undefined,
): Promise<BandBlock> {
  const { blockWidth, blockHeight, grid } = reference;
  const width = Math.min(blockWidth, grid.width - blockCol * blockWidth);
  const height = Math.min(blockHeight, grid.height - blockRow * blockHeight);
  const wanted = Math.min(height, options?.rows ?? height);
  const { values } = await cache.get(`${band}/${blockCol}/${blockRow}`, wanted, async () => {
    const cols = new Float64Array(width * wanted);
    const rows = new Float64Array(width * wanted);
    mapping(blockCol * blockWidth, blockRow * blockHeight, width, wanted, cols, rows);
    return { values: await sampleNearest(file, band, cols, rows), rows: wanted };
  });
  return { values, start: 0, stride: 1, rowStride: width, width, height };
}

/** The sample under each place, given as fractional columns and rows of the file. */
async function sampleNearest(
  { image, sampleType }: RasterFile,
  band: number,
  cols: Float64Array,
  rows: Float64Array,
): Promise<SampleArray> {
  const { blockWidth, blockHeight, blocksAcross, grid } = image;
  // Holds NaN and every sample exactly.
  const isShort = ['uint8', 'int8', 'uint16', 'int16', 'float16', 'float32'].includes(sampleType);
  const values = createSamples(isShort ? 'float32' : 'float64', cols.length).fill(Number.NaN);
  const numbers = new Int32Array(cols.length).fill(-1);
  const needed = new Set<number>();
  for (let at = 0; at < cols.length; at++) {
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
  return values;
}
