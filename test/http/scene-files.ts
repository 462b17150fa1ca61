// Small rasters for tests: good ones by the product's own writer, broken ones tag by tag.
import { encodeTiffDirectory, encodeTiffHeader, type TiffEntry } from '../../gis/raster/tiff/encode.ts';
import { FIELD, TAG } from '../../gis/raster/tiff/tags.ts';
import type { RasterGrid, SampleType } from '../../gis/raster/raster-file.ts';
import { createSamples } from '../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../server/platform/raster/node-codecs.ts';

export interface SceneRaster {
  readonly grid: RasterGrid;
  /** One function a band: the sample at (row, col). */
  readonly bands: readonly ((row: number, col: number) => number)[];
  readonly sampleType?: Exclude<SampleType, 'float16'>;
  readonly noData?: number;
}

/** 0.0001 degree cells (about 10 m) from a north-west corner. */
export const degreeGrid = (west: number, north: number, width: number, height: number): RasterGrid => ({
  width,
  height,
  originX: west,
  originY: north,
  cellWidth: 1e-4,
  cellHeight: 1e-4,
  crs: 'EPSG:4326',
});

export async function sceneTiff({ grid, bands, sampleType = 'uint16', noData }: SceneRaster): Promise<Uint8Array> {
  const samples = bands.map(valueAt => {
    const band = createSamples(sampleType, grid.width * grid.height);
    for (let at = 0; at < band.length; at++) band[at] = valueAt(Math.floor(at / grid.width), at % grid.width);
    return band;
  });
  const layout = { grid, sampleType, noData, tileSize: 128 };
  return writeGeoTiff({ width: grid.width, height: grid.height, bands: samples }, layout, nodeDeflate);
}

export interface BrokenTiff {
  readonly width?: number;
  readonly height?: number;
  /** Tags that replace those of a good file; undefined leaves one out. */
  readonly tags?: Readonly<Record<number, TiffEntry | undefined>>;
}

/** One UInt8 band in one uncompressed strip of 8 x 8 cells at 101 E 36 N, changed as told. The pixels stay 64 bytes. */
export function brokenTiff({ width = 8, height = 8, tags = {} }: BrokenTiff): Uint8Array {
  const pixels = new Uint8Array(64).fill(50);
  const long = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: FIELD.long, values });
  const short = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: FIELD.short, values });
  const double = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: FIELD.double, values });
  const good: TiffEntry[] = [
    long(TAG.imageWidth, width),
    long(TAG.imageLength, height),
    short(TAG.bitsPerSample, 8),
    short(TAG.compression, 1),
    short(TAG.photometric, 1),
    long(TAG.stripOffsets, 8),
    short(TAG.samplesPerPixel, 1),
    long(TAG.rowsPerStrip, height),
    long(TAG.stripByteCounts, 64),
    double(TAG.modelPixelScale, 1e-4, 1e-4, 0),
    double(TAG.modelTiepoint, 0, 0, 0, 101, 36, 0),
    short(TAG.geoKeyDirectory, 1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326),
  ];
  const entries = good
    .filter(entry => !(entry.tag in tags))
    .concat(Object.values(tags).filter(entry => entry !== undefined));
  const at = 8 + pixels.length;
  const directory = encodeTiffDirectory(entries, at, false, true);
  const file = new Uint8Array(at + directory.length);
  file.set(encodeTiffHeader(false, at), 0);
  file.set(pixels, 8);
  file.set(directory, at);
  return file;
}
