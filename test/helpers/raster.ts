import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGeoTiff } from '../../gis/raster/open-geotiff.ts';
import type { RangeSource, RasterFile, RasterGrid, SampleArray, SampleType } from '../../gis/raster/raster-file.ts';
import { createSamples } from '../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../gis/raster/write-geotiff.ts';
import type { Polygonal } from '../../gis/types.ts';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';

/** Bytes in memory as a range source; `reads` counts what was asked for. */
export function memorySource(
  bytes: Uint8Array,
): RangeSource & { readonly reads: { offset: number; length: number }[] } {
  const reads: { offset: number; length: number }[] = [];
  return {
    size: bytes.length,
    reads,
    async read(offset, length) {
      reads.push({ offset, length });
      return bytes.subarray(offset, offset + length);
    },
  };
}

export const fileInMemory = (path: string): RangeSource => memorySource(readFileSync(path));

/** Few enough cells to be checked by eye. */
export const SMALL_GRID: RasterGrid = {
  width: 5,
  height: 4,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};

/** Bands as they are read from a GeoTIFF of ours. */
export async function rasterOf(
  bands: readonly SampleArray[],
  options: { grid?: RasterGrid; type?: Exclude<SampleType, 'float16'>; noData?: number; tileSize?: number } = {},
): Promise<RasterFile> {
  const { grid = SMALL_GRID, type = 'float32', noData, tileSize = 16 } = options;
  const bytes = await writeGeoTiff(
    { width: grid.width, height: grid.height, bands },
    { grid, sampleType: type, noData, tileSize },
    nodeDeflate,
  );
  return openGeoTiff(memorySource(bytes), nodeCodecs);
}

/** A rectangle in cells of a grid: columns and rows from the north-west corner. */
export function cellsOf(col0: number, row0: number, col1: number, row1: number, grid = SMALL_GRID): Polygonal {
  const x = (col: number): number => grid.originX + col * grid.cellWidth;
  const y = (row: number): number => grid.originY - row * grid.cellHeight;
  return {
    type: 'Polygon',
    coordinates: [
      [
        [x(col0), y(row0)],
        [x(col1), y(row0)],
        [x(col1), y(row1)],
        [x(col0), y(row1)],
        [x(col0), y(row0)],
      ],
    ],
  };
}

/** Whether GDAL's programs are installed: the second opinion on the files that we read and write. */
export const hasGdal = spawnSync('gdalinfo', ['--version']).status === 0;

export const VARIANT_GRID: RasterGrid = {
  width: 83,
  height: 61,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};

export interface RasterVariant {
  readonly name: string;
  readonly sampleType: Exclude<SampleType, 'float16'>;
  /** Creation options of GDAL's GeoTIFF driver. */
  readonly options: readonly string[];
  /** The decoded samples differ a little from those written. */
  readonly isLossy?: boolean | undefined;
}

const TILES = ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'];
const STRIPS = ['BLOCKYSIZE=7'];
const PLANAR = ['INTERLEAVE=BAND'];
const LAYOUTS = [TILES, STRIPS, [...TILES, ...PLANAR], [...STRIPS, ...PLANAR]];
const TYPES = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;

/** Every type with every lossless compression and every predictor that goes with both; block layouts and byte orders take turns. */
export function losslessVariants(): RasterVariant[] {
  const variants: RasterVariant[] = [];
  for (const [t, sampleType] of TYPES.entries()) {
    for (const [c, compression] of ['NONE', 'DEFLATE', 'LZW', 'ZSTD', 'PACKBITS', 'LERC', 'LERC_ZSTD'].entries()) {
      const predicts = ['DEFLATE', 'LZW', 'ZSTD'].includes(compression);
      const isFloat = sampleType.startsWith('float');
      // LERC of GDAL 3.6 has no signed bytes; predictor 2 of doubles came with GDAL 3.7.
      if (sampleType === 'int8' && compression.startsWith('LERC')) continue;
      const predictors = predicts ? (isFloat ? [1, 3] : [1, 2]) : [1];
      if (predicts && sampleType === 'float32') predictors.push(2);
      for (const predictor of predictors) {
        const layout = LAYOUTS[(t + c + predictor) % LAYOUTS.length] as string[];
        // GDAL 3.6 writes big-endian files with predictor 3 that it cannot read itself, and LERC has no byte order.
        const isBig = (t + c) % 3 === 0 && predictor !== 3 && !compression.startsWith('LERC');
        const options = [
          `COMPRESS=${compression}`,
          ...(predictor === 1 ? [] : [`PREDICTOR=${predictor}`]),
          ...layout,
          ...(sampleType === 'int8' ? ['PIXELTYPE=SIGNEDBYTE'] : []),
          ...(isBig ? ['ENDIANNESS=BIG'] : []),
          ...((t + c) % 4 === 1 ? ['BIGTIFF=YES'] : []),
        ];
        variants.push({ name: `${sampleType} ${options.join(' ')}`, sampleType, options });
      }
    }
  }
  return variants;
}

/** Values that differ from cell to cell and band to band, with runs that compress and a no-data value of 0 here and there. */
function samplesOf(type: RasterVariant['sampleType'], band: number): ReturnType<typeof createSamples> {
  const { width, height } = VARIANT_GRID;
  const samples = createSamples(type, width * height);
  for (let i = 0; i < samples.length; i += 1) {
    const [row, col] = [Math.floor(i / width), i % width];
    const plain = (row * 97 + (col >> 2) * 31 + band * 53) % 251;
    if (type === 'uint16') samples[i] = plain * 261;
    else if (type === 'uint32') samples[i] = plain * 17_000_001;
    else if (type.startsWith('int')) samples[i] = plain - 125;
    else samples[i] = type.startsWith('float') ? plain / 8 - 7 : plain;
  }
  return samples;
}

const sources = new Map<string, string>();

/** The same raster as GDAL writes it with a variant's options; `folder` keeps the files. */
export async function writeVariant(folder: string, variant: RasterVariant, bandCount = 2): Promise<Uint8Array> {
  const { sampleType, options, name } = variant;
  const key = `${folder}/${sampleType}-${bandCount}`;
  let source = sources.get(key);
  if (source === undefined) {
    source = join(folder, `source-${sampleType}-${bandCount}.tif`);
    const bands = Array.from({ length: bandCount }, (_, band) => samplesOf(sampleType, band));
    const pixels = { width: VARIANT_GRID.width, height: VARIANT_GRID.height, bands };
    const layout = { grid: VARIANT_GRID, sampleType, tileSize: 32, noData: 0 };
    writeFileSync(source, await writeGeoTiff(pixels, layout, nodeDeflate));
    sources.set(key, source);
  }
  const target = join(folder, `${name.replace(/\W+/g, '-')}.tif`);
  execFileSync('gdal_translate', ['-q', ...options.flatMap(option => ['-co', option]), source, target], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  // A Buffer's slices are views: whoever changes one would change the file for all.
  return new Uint8Array(readFileSync(target));
}
