import { GisError } from '../errors.ts';
import { applyHorizontalDifferencing } from './tiff/predictor.ts';
import { bytesPerSample, createSamples } from './raster-file.ts';
import type { RasterGrid, SampleArray, SampleType } from './raster-file.ts';
import { encodeTiffDirectory, encodeTiffHeader } from './tiff/encode.ts';
import type { TiffEntry } from './tiff/encode.ts';
import { COMPRESSION, FIELD, TAG } from './tiff/tags.ts';

/** Where a file is written to; tiles come in any order, the directories last, the header at the very end. */
export interface ByteSink {
  write(offset: number, bytes: Uint8Array): void | Promise<void>;
}

export type Deflate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export interface GeoTiffLayout {
  /** Full-resolution grid; `crs` must be `EPSG:n`. */
  readonly grid: RasterGrid;
  readonly sampleType: Exclude<SampleType, 'float16'>;
  readonly bandCount: number;
  readonly noData?: number | undefined;
  /** A multiple of 16; 512 unless said otherwise. */
  readonly tileSize?: number | undefined;
  /** 2 (horizontal differencing) for integers unless said otherwise; floats are written without one. */
  readonly predictor?: 1 | 2 | undefined;
  /** Sizes of the images in the file, in the order of their numbers. Default: the full image alone. */
  readonly images?: readonly GeoTiffImageSize[] | undefined;
  readonly bands?: readonly { scale?: number; offset?: number; description?: string }[] | undefined;
  readonly bigTiff?: boolean | undefined;
}

/** `reduced` = an overview. A file of reduced images alone is what GDAL expects in `<name>.tif.ovr`. */
export interface GeoTiffImageSize {
  readonly width: number;
  readonly height: number;
  readonly reduced: boolean;
}

export interface GeoTiffWriter {
  /**
   * Stores one tile. `samples`: tileSize * tileSize cells, bands interleaved by cell; cells beyond the image are ignored
   * by readers. The array is not changed. A tile never written is sparse: readers see no data.
   */
  writeTile(image: number, tileCol: number, tileRow: number, samples: SampleArray): Promise<void>;
  /** Writes directories and header; answers the file's length in bytes. */
  finish(): Promise<number>;
}

/** Writes a tiled, deflated GeoTIFF piece by piece, so that a scene of any size needs the memory of one tile. Throws `raster-too-large` above 4 GiB without `bigTiff`. */
export function createGeoTiffWriter(sink: ByteSink, layout: GeoTiffLayout, deflate: Deflate): GeoTiffWriter {
  const tileSize = layout.tileSize ?? 512;
  const bigTiff = layout.bigTiff ?? false;
  const isFloat = layout.sampleType.startsWith('float');
  const predictor = isFloat ? 1 : (layout.predictor ?? 2);
  const sizes = layout.images ?? [{ width: layout.grid.width, height: layout.grid.height, reduced: false }];
  const images = sizes.map(size => {
    const across = Math.ceil(size.width / tileSize);
    const count = across * Math.ceil(size.height / tileSize);
    return {
      size,
      across,
      offsets: Array.from<number>({ length: count }).fill(0),
      lengths: Array.from<number>({ length: count }).fill(0),
    };
  });
  const scratch = createSamples(layout.sampleType, tileSize * tileSize * layout.bandCount);
  let position = bigTiff ? 16 : 8;

  const append = async (bytes: Uint8Array): Promise<number> => {
    const at = position;
    position += bytes.length + (bytes.length & 1);
    if (!bigTiff && position > 0xffffffff) throw new GisError('raster-too-large', { bytes: position });
    await sink.write(at, bytes);
    return at;
  };

  return {
    async writeTile(image, tileCol, tileRow, samples) {
      const target = images[image];
      if (target === undefined || samples.length !== scratch.length) {
        throw new GisError('raster-tile-mismatch', { image, tileCol, tileRow, samples: samples.length });
      }
      scratch.set(samples);
      if (predictor === 2) applyHorizontalDifferencing(scratch, tileSize, tileSize, layout.bandCount);
      const raw = new Uint8Array(scratch.buffer, 0, scratch.length * bytesPerSample(layout.sampleType));
      const packed = await deflate(raw);
      const index = tileRow * target.across + tileCol;
      target.offsets[index] = await append(packed);
      target.lengths[index] = packed.length;
    },
    async finish() {
      const first = position;
      for (const [index, image] of images.entries()) {
        const entries = describeImage(layout, image, tileSize, predictor, index === 0);
        await append(encodeTiffDirectory(entries, position, bigTiff, index === images.length - 1));
      }
      await sink.write(0, encodeTiffHeader(bigTiff, first));
      return position;
    },
  };
}

interface ImageEntries {
  readonly size: GeoTiffImageSize;
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

function describeImage(
  layout: GeoTiffLayout,
  image: ImageEntries,
  tileSize: number,
  predictor: number,
  isFirst: boolean,
): TiffEntry[] {
  const { bandCount, sampleType } = layout;
  const perBand = (value: number): number[] => Array.from<number>({ length: bandCount }).fill(value);
  const format = sampleType.startsWith('float') ? 3 : sampleType.startsWith('int') ? 2 : 1;
  const short = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: FIELD.short, values });
  const offsetType = layout.bigTiff === true ? FIELD.long8 : FIELD.long;
  const entries: TiffEntry[] = [
    { tag: TAG.newSubfileType, type: FIELD.long, values: [image.size.reduced ? 1 : 0] },
    { tag: TAG.imageWidth, type: FIELD.long, values: [image.size.width] },
    { tag: TAG.imageLength, type: FIELD.long, values: [image.size.height] },
    short(TAG.bitsPerSample, ...perBand(8 * bytesPerSample(sampleType))),
    short(TAG.compression, COMPRESSION.deflate),
    short(TAG.photometric, 1),
    short(TAG.samplesPerPixel, bandCount),
    short(TAG.planarConfiguration, 1),
    short(TAG.predictor, predictor),
    short(TAG.tileWidth, tileSize),
    short(TAG.tileLength, tileSize),
    { tag: TAG.tileOffsets, type: offsetType, values: image.offsets },
    { tag: TAG.tileByteCounts, type: FIELD.long, values: image.lengths },
    short(TAG.sampleFormat, ...perBand(format)),
  ];
  if (bandCount > 1) entries.push(short(TAG.extraSamples, ...Array.from<number>({ length: bandCount - 1 }).fill(0)));
  if (layout.noData !== undefined) {
    const text = Number.isNaN(layout.noData) ? 'nan' : String(layout.noData);
    entries.push({ tag: TAG.gdalNoData, type: FIELD.ascii, values: text });
  }
  if (isFirst && !image.size.reduced) entries.push(...describePlace(layout.grid), ...describeBands(layout));
  return entries;
}

function describePlace(grid: RasterGrid): TiffEntry[] {
  const code = /^EPSG:(\d+)$/.exec(grid.crs)?.[1];
  if (code === undefined) throw new GisError('raster-crs-unsupported', { crs: grid.crs });
  // Geographic codes of EPSG lie in 4000-4999; the projected CGCS2000 zones among them begin at 4491.
  const number = Number(code);
  const isGeographic = number >= 4000 && number < 5000 && !(number >= 4491 && number <= 4554);
  const keys = [1, 1, 0, 3, 1024, 0, 1, isGeographic ? 2 : 1, 1025, 0, 1, 1, isGeographic ? 2048 : 3072, 0, 1, number];
  return [
    { tag: TAG.modelPixelScale, type: FIELD.double, values: [grid.cellWidth, grid.cellHeight, 0] },
    { tag: TAG.modelTiepoint, type: FIELD.double, values: [0, 0, 0, grid.originX, grid.originY, 0] },
    { tag: TAG.geoKeyDirectory, type: FIELD.short, values: keys },
  ];
}

function describeBands(layout: GeoTiffLayout): TiffEntry[] {
  const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const items = (layout.bands ?? []).flatMap((band, index) => {
    const item = (name: string, role: string, value: string | number): string =>
      `<Item name="${name}" sample="${index}" role="${role}">${escape(String(value))}</Item>`;
    return [
      ...(band.offset === undefined ? [] : [item('OFFSET', 'offset', band.offset)]),
      ...(band.scale === undefined ? [] : [item('SCALE', 'scale', band.scale)]),
      ...(band.description === undefined ? [] : [item('DESCRIPTION', 'description', band.description)]),
    ];
  });
  if (items.length === 0) return [];
  return [{ tag: TAG.gdalMetadata, type: FIELD.ascii, values: `<GDALMetadata>${items.join('')}</GDALMetadata>` }];
}

/** One image whose bands are whole arrays, row by row. */
export interface GeoTiffPixels {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly SampleArray[];
}

/** A whole GeoTIFF in memory: the full image and, as further directories, its overviews (finest first). For small rasters: samples, tests, downloads. */
export async function writeGeoTiff(
  pixels: GeoTiffPixels,
  layout: Omit<GeoTiffLayout, 'images' | 'bandCount'>,
  deflate: Deflate,
  overviews: readonly GeoTiffPixels[] = [],
): Promise<Uint8Array> {
  const pieces: { offset: number; bytes: Uint8Array }[] = [];
  const sink: ByteSink = { write: (offset, bytes) => void pieces.push({ offset, bytes }) };
  const all = [pixels, ...overviews];
  const bandCount = pixels.bands.length;
  const images = all.map((image, index) => ({ width: image.width, height: image.height, reduced: index > 0 }));
  const writer = createGeoTiffWriter(sink, { ...layout, bandCount, images }, deflate);
  const tileSize = layout.tileSize ?? 512;
  for (const [index, image] of all.entries()) {
    for (let row = 0; row * tileSize < image.height; row += 1) {
      for (let col = 0; col * tileSize < image.width; col += 1) {
        await writer.writeTile(index, col, row, cutTile(image, col, row, tileSize, layout.sampleType));
      }
    }
  }
  const file = new Uint8Array(await writer.finish());
  for (const piece of pieces) file.set(piece.bytes, piece.offset);
  return file;
}

function cutTile(image: GeoTiffPixels, col: number, row: number, tileSize: number, type: SampleType): SampleArray {
  const bandCount = image.bands.length;
  const tile = createSamples(type, tileSize * tileSize * bandCount);
  const width = Math.min(tileSize, image.width - col * tileSize);
  const height = Math.min(tileSize, image.height - row * tileSize);
  image.bands.forEach((band, b) => {
    for (let y = 0; y < height; y += 1) {
      const from = (row * tileSize + y) * image.width + col * tileSize;
      for (let x = 0; x < width; x += 1) tile[(y * tileSize + x) * bandCount + b] = band[from + x] as number;
    }
  });
  return tile;
}
