import { parseCrs } from '../crs/parse-crs.ts';
import type { ParseCrsOptions } from '../crs/parse-crs.ts';
import { GisError } from '../errors.ts';
import { createBlockCache } from './block-cache.ts';
import type { BlockCache } from './block-cache.ts';
import { createRasterImage } from './block-reader.ts';
import type { ImageLayout, RasterLimits } from './image-layout.ts';
import { DEFAULT_RASTER_LIMITS, describeLayout } from './image-layout.ts';
import { gridOfSize } from './raster-grid.ts';
import type { RangeSource, RasterBand, RasterCodecs, RasterFile, RasterGrid, SampleType } from './raster-file.ts';
import { createSamples } from './raster-file.ts';
import { readTiffStructure } from './tiff/directory.ts';
import type { TiffDirectory } from './tiff/directory.ts';
import { findNumber, findNumbers, findText } from './tiff/directory.ts';
import { readGeoReference } from './tiff/geo-keys.ts';
import { TAG } from './tiff/tags.ts';
import { describeMask, findAlphaBand, isMask, maskImage, validityOfAlpha, validityOfMask } from './validity.ts';

export interface OpenGeoTiffOptions {
  readonly limits?: Partial<RasterLimits> | undefined;
  /** Shared by several files; each file has one of 16 MB of its own otherwise. */
  readonly cache?: BlockCache | undefined;
  /** Full-resolution grid of a file that does not say it itself: `.ovr` files, rasters whose place the user gives. */
  readonly grid?: RasterGrid | undefined;
  /** The user's own shift to WGS 84, for a file on a datum that needs one (Xi'an 1980, Beijing 1954); PROJ's `+towgs84`. */
  readonly towgs84?: readonly number[] | undefined;
}

/**
 * Reads directories and tags, checks them, and answers the raster; no cell is read yet. Cells that a mask in the file or an alpha band calls
 * invalid are NaN. Throws GisError
 * `raster-unreadable`, `raster-truncated`, `raster-directory-loop`, `raster-crs-missing`, `raster-crs-unsupported`, `crs-datum-parameters-required`, `raster-rotated`,
 * `raster-too-large`, `raster-block-too-large`, `raster-too-many-blocks`.
 */
export async function openGeoTiff(
  source: RangeSource,
  codecs: RasterCodecs = {},
  options: OpenGeoTiffOptions = {},
): Promise<RasterFile> {
  const structure = await readTiffStructure(source);
  const limits = { ...DEFAULT_RASTER_LIMITS, ...options.limits };
  const cache = options.cache ?? createBlockCache(16 << 20);
  const [main, ...reduced] = sortDirectories(structure.directories);
  if (main === undefined) throw new GisError('raster-unreadable', { reason: 'no-directory' });
  const layout = describeLayout(main, structure.littleEndian, limits);
  const grid = options.grid ?? readGrid(main, layout, { towgs84: options.towgs84, definitionOf: codecs.definitionOf });
  const noData = readNoData(main, layout.sampleType);
  const open = (imageLayout: ImageLayout, noDataOfImage: number | undefined): RasterFile['image'] => {
    const ofImage = gridOfSize(grid, imageLayout.width, imageLayout.height);
    return createRasterImage({ source, codecs, cache, layout: imageLayout, grid: ofImage, noData: noDataOfImage });
  };
  const masks = structure.directories.filter(isMask);
  const alpha = findAlphaBand(main, layout.bandCount);
  const imageOf = (imageLayout: ImageLayout): RasterFile['image'] => {
    const image = open(imageLayout, noData);
    const mask = masks.find(directory => isOfSize(directory, imageLayout));
    if (mask !== undefined) {
      const described = describeMask(mask, structure.littleEndian, limits);
      return maskImage(image, validityOfMask(open(described.layout, undefined), described));
    }
    return alpha === undefined ? image : maskImage(image, validityOfAlpha(image, alpha), alpha);
  };
  const overviews = reduced
    .map(directory => describeLayout(directory, structure.littleEndian, limits))
    .filter(overview => overview.bandCount === layout.bandCount && overview.width < layout.width)
    .sort((a, b) => b.width - a.width);
  return {
    sampleType: layout.sampleType,
    noData,
    isMasked: alpha !== undefined || masks.some(directory => isOfSize(directory, layout)),
    bands: readBands(main, layout.bandCount),
    image: imageOf(layout),
    overviews: overviews.map(imageOf),
  };
}

const isOfSize = (directory: TiffDirectory, { width, height }: ImageLayout): boolean =>
  findNumber(directory, TAG.imageWidth) === width && findNumber(directory, TAG.imageLength) === height;

/** The full image first, then reduced images; masks and further pages are left out. */
function sortDirectories(directories: readonly TiffDirectory[]): TiffDirectory[] {
  const kindOf = (directory: TiffDirectory): number => findNumber(directory, TAG.newSubfileType) ?? 0;
  const pages = directories.filter(directory => !isMask(directory));
  const main = pages.find(directory => (kindOf(directory) & 1) === 0) ?? pages[0];
  if (main === undefined) return [];
  return [main, ...pages.filter(directory => directory !== main && (kindOf(directory) & 1) === 1)];
}

function readGrid(directory: TiffDirectory, layout: ImageLayout, crsOptions: ParseCrsOptions): RasterGrid {
  const { crs: text, isPixelPoint } = readGeoReference(directory);
  const crs = normaliseCrs(text, crsOptions);
  const affine = readAffine(directory);
  const [cellWidth, shearX, originX, shearY, minusCellHeight, originY] = affine;
  const values = [cellWidth, minusCellHeight, originX, originY];
  if (!values.every(Number.isFinite)) throw new GisError('raster-unreadable', { reason: 'georeference' });
  if (shearX !== 0 || shearY !== 0 || cellWidth <= 0 || minusCellHeight >= 0) {
    throw new GisError('raster-rotated', { affine });
  }
  const shift = isPixelPoint ? 0.5 : 0;
  return {
    width: layout.width,
    height: layout.height,
    originX: originX - shift * cellWidth,
    originY: originY - shift * minusCellHeight,
    cellWidth,
    cellHeight: -minusCellHeight,
    crs,
  };
}

/** One spelling for one system, so that grids can be compared; the code where it says everything, else the definition with its shift. */
function normaliseCrs(text: string, options: ParseCrsOptions): string {
  try {
    const crs = parseCrs(text, options);
    return crs.code === undefined || crs.definition.includes('+towgs84') ? crs.definition : crs.code;
  } catch (cause) {
    const needsShift = cause instanceof GisError && cause.code === 'crs-datum-parameters-required';
    throw new GisError(needsShift ? cause.code : 'raster-crs-unsupported', { crs: text }, { cause });
  }
}

/** `x = a[0] * col + a[1] * row + a[2]`, `y = a[3] * col + a[4] * row + a[5]`. */
function readAffine(directory: TiffDirectory): [number, number, number, number, number, number] {
  const matrix = findNumbers(directory, TAG.modelTransformation);
  if (matrix !== undefined && matrix.length >= 8) {
    const [a, b, , d, e, f, , h] = matrix as readonly [number, number, number, number, number, number, number, number];
    return [a, b, d, e, f, h];
  }
  const scale = findNumbers(directory, TAG.modelPixelScale);
  const tie = findNumbers(directory, TAG.modelTiepoint);
  if (scale === undefined || tie === undefined || scale.length < 2 || tie.length < 6) {
    throw new GisError('raster-crs-missing', { reason: 'no-georeference' });
  }
  const [scaleX, scaleY] = scale as readonly [number, number];
  const [col, row, , x, y] = tie as readonly [number, number, number, number, number];
  return [scaleX, 0, x - col * scaleX, 0, -scaleY, y + row * scaleY];
}

/** The file's value rounded to the sample type, so that it can be compared with samples as they are stored. */
function readNoData(directory: TiffDirectory, type: SampleType): number | undefined {
  const text = findText(directory, TAG.gdalNoData)?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^[-+]?nan$/i.test(text)) return type.startsWith('float') ? NaN : undefined;
  const value = /^[-+]?inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (Number.isNaN(value)) return undefined;
  const rounded = createSamples(type, 1).fill(value)[0] as number;
  // A value that an integer raster cannot hold (-9999 in bytes) occurs in no cell.
  if (!type.startsWith('float') && rounded !== value) return undefined;
  return rounded;
}

function readBands(directory: TiffDirectory, bandCount: number): RasterBand[] {
  const xml = findText(directory, TAG.gdalMetadata) ?? '';
  const found = new Map<string, string>();
  for (const item of xml.matchAll(/<Item\s+([^>]*)>([^<]*)<\/Item>/g)) {
    const attributes = item[1] as string;
    const sample = /sample="(\d+)"/.exec(attributes)?.[1];
    const role = /role="(\w+)"/.exec(attributes)?.[1];
    if (sample !== undefined && role !== undefined) found.set(`${role} ${sample}`, item[2] as string);
  }
  const number = (key: string, fallback: number): number => {
    const value = Number(found.get(key) ?? fallback);
    return Number.isFinite(value) ? value : fallback;
  };
  return Array.from({ length: bandCount }, (_, index) => ({
    number: index + 1,
    scale: number(`scale ${index}`, 1),
    offset: number(`offset ${index}`, 0),
    description: found.get(`description ${index}`),
  }));
}
