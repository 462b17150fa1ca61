// Coarser copies of a raster that brings none, written once, so that a tile of a whole province does not read every
// pixel. Halvings all the way down to one tile, built depth first: the memory is four tiles a level, whatever the size.
import { open } from 'node:fs/promises';
import {
  bytesPerSample,
  createSamples,
  type RasterImage,
  type SampleArray,
  type SampleType,
} from '../../../gis/raster/raster-file.ts';
import { createGeoTiffWriter, type GeoTiffWriter } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import type { OpenedRaster } from './open-scene.ts';
import { toRasterFault } from './raster-faults.ts';

const TILE = 512;

/** Raised when overviews are made otherwise than before: those of scenes that are already there are made again, once. 2: masks. */
const OVERVIEW_VERSION = 2;

/** How the keys of overviews end that are made as they are made now. */
export const OVERVIEW_SUFFIX = `.v${OVERVIEW_VERSION}.ovr`;

/** Where the overviews of a raster are kept. */
export const overviewKeyOf = (rasterKey: string): string => rasterKey.replace(/\.tif$/, OVERVIEW_SUFFIX);

/**
 * The samples of a raster's overviews. Whole numbers have nothing that could stand for a masked cell where there is no value for no data:
 * there they become floats that hold them exactly, and NaN.
 */
function typeOfOverviews({ file, noData, zeroIsNoData }: OpenedRaster): Exclude<SampleType, 'float16'> {
  const { sampleType, isMasked } = file;
  if (sampleType === 'float16') return 'float32';
  if (sampleType.startsWith('float') || !isMasked || noData !== undefined || zeroIsNoData) return sampleType;
  return bytesPerSample(sampleType) === 4 ? 'float64' : 'float32';
}

export interface OverviewOptions {
  /** Bands that hold classes: a mean of classes is a class that nobody saw, so one of the four is taken. */
  readonly classBands: ReadonlySet<number>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Sizes of the levels below the full image, finest first; empty when the image is no larger than one tile. */
export function overviewSizes(widthPx: number, heightPx: number): { width: number; height: number }[] {
  const sizes: { width: number; height: number }[] = [];
  let width = widthPx;
  let height = heightPx;
  while (width > TILE || height > TILE) {
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    sizes.push({ width, height });
  }
  return sizes;
}

/** Writes the overviews of `raster` to `path`. Throws `raster-…` for damaged pixels; the caller removes the file then. */
export async function buildOverviews(raster: OpenedRaster, path: string, options: OverviewOptions): Promise<void> {
  const { image, bands } = raster.file;
  const sizes = overviewSizes(image.grid.width, image.grid.height);
  if (sizes.length === 0) throw new RangeError('needs no overviews');
  const handle = await open(path, 'w');
  try {
    const writer = createGeoTiffWriter(
      { write: async (offset, bytes) => void (await handle.write(bytes, 0, bytes.length, offset)) },
      {
        grid: { ...image.grid, crs: 'EPSG:4326' },
        sampleType: typeOfOverviews(raster),
        bandCount: bands.length,
        noData: raster.noData,
        tileSize: TILE,
        images: sizes.map(size => ({ ...size, reduced: true })),
        bigTiff: image.grid.width * image.grid.height * bands.length > 2 ** 29,
      },
      nodeDeflate,
    );
    await new OverviewBuilder(raster, sizes, writer, options).run();
    await writer.finish();
  } catch (cause) {
    throw toRasterFault(cause, raster.name);
  } finally {
    await handle.close();
  }
}

class OverviewBuilder {
  private done = 0;
  private readonly raster: OpenedRaster;
  private readonly sampleType: SampleType;
  private readonly sizes: readonly { readonly width: number; readonly height: number }[];
  private readonly writer: GeoTiffWriter;
  private readonly options: OverviewOptions;

  constructor(
    raster: OpenedRaster,
    sizes: readonly { readonly width: number; readonly height: number }[],
    writer: GeoTiffWriter,
    options: OverviewOptions,
  ) {
    this.raster = raster;
    this.sampleType = typeOfOverviews(raster);
    this.sizes = sizes;
    this.writer = writer;
    this.options = options;
  }

  async run(): Promise<void> {
    const top = this.sizes.length;
    const { width, height } = this.sizeOf(top);
    for (let row = 0; row * TILE < height; row++) {
      for (let col = 0; col * TILE < width; col++) await this.tile(top, col, row);
    }
  }

  private sizeOf(level: number): { readonly width: number; readonly height: number } {
    return level === 0 ? this.raster.file.image.grid : (this.sizes[level - 1] as { width: number; height: number });
  }

  /** Samples of one tile, bands interleaved; undefined where the level has no such tile. */
  private async tile(level: number, col: number, row: number): Promise<SampleArray | undefined> {
    const { width, height } = this.sizeOf(level);
    if (col * TILE >= width || row * TILE >= height) return undefined;
    if (level === 0) return this.fullTile(col, row);
    const samples = this.emptyTile();
    for (const [right, down] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const childCol = col * 2 + right;
      const childRow = row * 2 + down;
      const child = await this.tile(level - 1, childCol, childRow);
      if (child !== undefined) this.halve(child, level - 1, childCol, childRow, samples, right, down);
    }
    await this.writer.writeTile(level - 1, col, row, samples);
    return samples;
  }

  private emptyTile(): SampleArray {
    const { raster, sampleType } = this;
    const samples = createSamples(sampleType, TILE * TILE * raster.file.bands.length);
    // Where floats stand for whole numbers every cell that nobody writes is empty.
    const empty = sampleType === raster.file.sampleType ? raster.noData : (raster.noData ?? NaN);
    return empty === undefined ? samples : samples.fill(empty);
  }

  private async fullTile(col: number, row: number): Promise<SampleArray> {
    this.options.signal?.throwIfAborted();
    const { image, bands } = this.raster.file;
    const samples = this.emptyTile();
    for (let band = 1; band <= bands.length; band++) await copyWindow(image, band, bands.length, col, row, samples);
    this.done++;
    const all = Math.ceil(image.grid.width / TILE) * Math.ceil(image.grid.height / TILE);
    this.options.onProgress?.(this.done / all);
    return samples;
  }

  /** Means of 2 x 2 cells of a child tile into its quarter of the parent. */
  private halve(
    child: SampleArray,
    childLevel: number,
    childCol: number,
    childRow: number,
    parent: SampleArray,
    right: number,
    down: number,
  ): void {
    const size = this.sizeOf(childLevel);
    const bandCount = this.raster.file.bands.length;
    const cols = Math.min(TILE, size.width - childCol * TILE);
    const rows = Math.min(TILE, size.height - childRow * TILE);
    const isWhole = !this.raster.file.sampleType.startsWith('float');
    for (let y = 0; y < rows; y += 2) {
      for (let x = 0; x < cols; x += 2) {
        const target = (((down * TILE) / 2 + y / 2) * TILE + (right * TILE) / 2 + x / 2) * bandCount;
        for (let band = 0; band < bandCount; band++) {
          const value = this.options.classBands.has(band + 1)
            ? (child[(y * TILE + x) * bandCount + band] as number)
            : this.meanOf(child, x, y, cols, rows, band, bandCount);
          if (value !== undefined) parent[target + band] = isWhole ? Math.round(value) : value;
        }
      }
    }
  }

  private meanOf(
    child: SampleArray,
    x: number,
    y: number,
    cols: number,
    rows: number,
    band: number,
    bandCount: number,
  ): number | undefined {
    let sum = 0;
    let count = 0;
    for (let dy = 0; dy < 2 && y + dy < rows; dy++) {
      for (let dx = 0; dx < 2 && x + dx < cols; dx++) {
        const at = ((y + dy) * TILE + x + dx) * bandCount;
        const value = child[at + band] as number;
        if (this.isNoData(value, child, at, bandCount)) continue;
        sum += value;
        count++;
      }
    }
    return count === 0 ? undefined : sum / count;
  }

  private isNoData(value: number, child: SampleArray, at: number, bandCount: number): boolean {
    const { noData, zeroIsNoData } = this.raster;
    if (Number.isNaN(value) || value === noData) return true;
    if (!zeroIsNoData || value !== 0) return false;
    for (let band = 0; band < bandCount; band++) {
      if (child[at + band] !== 0 && !this.options.classBands.has(band + 1)) return false;
    }
    return true;
  }
}

/** Copies the 512 x 512 window at (col, row) of one band into interleaved samples. */
async function copyWindow(
  image: RasterImage,
  band: number,
  bandCount: number,
  col: number,
  row: number,
  target: SampleArray,
): Promise<void> {
  const holdsNaN = target instanceof Float32Array || target instanceof Float64Array;
  const west = col * TILE;
  const north = row * TILE;
  const east = Math.min(west + TILE, image.grid.width);
  const south = Math.min(north + TILE, image.grid.height);
  for (let blockRow = Math.floor(north / image.blockHeight); blockRow * image.blockHeight < south; blockRow++) {
    for (let blockCol = Math.floor(west / image.blockWidth); blockCol * image.blockWidth < east; blockCol++) {
      const block = await image.readBlock(blockCol, blockRow, band);
      const blockWest = blockCol * image.blockWidth;
      const blockNorth = blockRow * image.blockHeight;
      const fromX = Math.max(west, blockWest);
      const toX = Math.min(east, blockWest + block.width);
      const toY = Math.min(south, blockNorth + block.height);
      for (let y = Math.max(north, blockNorth); y < toY; y++) {
        let from = block.start + (y - blockNorth) * block.rowStride + (fromX - blockWest) * block.stride;
        let to = ((y - north) * TILE + fromX - west) * bandCount + band - 1;
        for (let x = fromX; x < toX; x++, from += block.stride, to += bandCount) {
          const value = block.values[from] as number;
          // What is masked is NaN; whole numbers have none, and keep what stands for no data.
          if (holdsNaN || !Number.isNaN(value)) target[to] = value;
        }
      }
    }
  }
}
