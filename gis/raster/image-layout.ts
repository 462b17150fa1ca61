import { GisError } from '../errors.ts';
import type { SampleType } from './raster-file.ts';
import { bytesPerSample } from './raster-file.ts';
import { isSupportedCompression } from './tiff/decompress.ts';
import type { TiffDirectory } from './tiff/directory.ts';
import { findNumber, findNumbers } from './tiff/directory.ts';
import { COMPRESSION, TAG } from './tiff/tags.ts';

/** What may be asked of memory and time by one file; a file that claims more is refused before it is read. */
export interface RasterLimits {
  readonly maxCells: number;
  readonly maxBlocks: number;
  /** Decoded bytes of one block. */
  readonly maxBlockBytes: number;
}

/** 69 thousand million cells, 4 million blocks, 64 MiB a block: more than any scene of a satellite in one file. */
export const DEFAULT_RASTER_LIMITS: RasterLimits = { maxCells: 2 ** 36, maxBlocks: 2 ** 22, maxBlockBytes: 64 << 20 };

/** How the cells of one image lie in the file. Blocks are tiles, or strips as wide as the image. */
export interface ImageLayout {
  readonly width: number;
  readonly height: number;
  readonly bandCount: number;
  readonly sampleType: SampleType;
  readonly sampleBytes: number;
  readonly littleEndian: boolean;
  readonly compression: number;
  readonly predictor: number;
  /** Luma and chroma in the file, red, green and blue to whoever reads it. */
  readonly isYcc: boolean;
  /** Every band has blocks of its own. */
  readonly isPlanar: boolean;
  /** Samples that a cell has within one block: 1 if planar. */
  readonly samplesPerCell: number;
  readonly isTiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  readonly offsets: readonly number[] | Float64Array;
  readonly byteCounts: readonly number[] | Float64Array;
  readonly jpegTables: readonly number[] | Float64Array | undefined;
  readonly lercParameters: readonly number[] | Float64Array | undefined;
}

const unreadable = (reason: string, params: Record<string, unknown> = {}): GisError =>
  new GisError('raster-unreadable', { reason, ...params });

/** Checks a directory against the limits and against itself; nothing but the directory has been read so far. */
export function describeLayout(directory: TiffDirectory, littleEndian: boolean, limits: RasterLimits): ImageLayout {
  const width = findNumber(directory, TAG.imageWidth) ?? 0;
  const height = findNumber(directory, TAG.imageLength) ?? 0;
  if (!(width >= 1 && height >= 1)) throw unreadable('no-size');
  const bandCount = findNumber(directory, TAG.samplesPerPixel) ?? 1;
  if (!(bandCount >= 1 && bandCount <= 4096)) throw unreadable('band-count', { bandCount });
  if (width * height > limits.maxCells) throw new GisError('raster-too-large', { width, height });

  const sampleType = readSampleType(directory, bandCount);
  const sampleBytes = bytesPerSample(sampleType);
  const compression = findNumber(directory, TAG.compression) ?? COMPRESSION.none;
  if (!isSupportedCompression(compression)) throw unreadable('compression', { compression });
  const predictor = findNumber(directory, TAG.predictor) ?? 1;
  assertPredictor(predictor, sampleType);
  const isPlanar = (findNumber(directory, TAG.planarConfiguration) ?? 1) === 2 && bandCount > 1;
  const samplesPerCell = isPlanar ? 1 : bandCount;
  const isYcc = readsYcc(directory, { compression, sampleType, samplesPerCell });
  const isTiled = directory.tags.has(TAG.tileWidth);
  const blockWidth = isTiled ? (findNumber(directory, TAG.tileWidth) ?? 0) : width;
  const blockHeight = isTiled
    ? (findNumber(directory, TAG.tileLength) ?? 0)
    : Math.min(height, findNumber(directory, TAG.rowsPerStrip) ?? height);
  if (!(blockWidth >= 1 && blockHeight >= 1)) throw unreadable('no-block-size');
  const blockBytes = blockWidth * blockHeight * samplesPerCell * sampleBytes;
  if (blockBytes > limits.maxBlockBytes)
    throw new GisError('raster-block-too-large', { blockWidth, blockHeight, blockBytes });

  const blocksAcross = Math.ceil(width / blockWidth);
  const blocksDown = Math.ceil(height / blockHeight);
  const blockCount = blocksAcross * blocksDown * (isPlanar ? bandCount : 1);
  if (blockCount > limits.maxBlocks) throw new GisError('raster-too-many-blocks', { blockCount });
  const offsets = findNumbers(directory, isTiled ? TAG.tileOffsets : TAG.stripOffsets);
  const byteCounts = findNumbers(directory, isTiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  if (offsets === undefined || offsets.length < blockCount) {
    throw new GisError('raster-truncated', { blockCount, offsets: offsets?.length ?? 0 });
  }
  return {
    width,
    height,
    bandCount,
    sampleType,
    sampleBytes,
    littleEndian,
    compression,
    predictor,
    isYcc,
    isPlanar,
    samplesPerCell,
    isTiled,
    blockWidth,
    blockHeight,
    blocksAcross,
    blocksDown,
    offsets,
    byteCounts: byteCounts ?? plainByteCounts(compression, blockCount, blockBytes),
    jpegTables: findNumbers(directory, TAG.jpegTables),
    lercParameters: findNumbers(directory, TAG.lercParameters),
  };
}

/** Old writers leave the byte counts of uncompressed strips out. */
function plainByteCounts(compression: number, blockCount: number, blockBytes: number): Float64Array {
  if (compression !== COMPRESSION.none) throw unreadable('no-byte-counts');
  return new Float64Array(blockCount).fill(blockBytes);
}

function readSampleType(directory: TiffDirectory, bandCount: number): SampleType {
  const same = (tag: number, fallback: number): number => {
    const values = findNumbers(directory, tag) ?? [fallback];
    const first = values[0] ?? fallback;
    const isUniform = values.slice(0, bandCount).every(value => value === first);
    if (!isUniform) throw unreadable('mixed-sample-types', { tag });
    return first;
  };
  const bits = same(TAG.bitsPerSample, 1);
  // 1 unsigned, 2 signed, 3 float; 4 is "undefined", read as unsigned as every other reader does.
  const format = same(TAG.sampleFormat, 1);
  const kind = format === 3 ? 'float' : format === 2 ? 'int' : format === 1 || format === 4 ? 'uint' : 'unknown';
  const type = SAMPLE_TYPES.find(known => known === `${kind}${bits}`);
  if (type === undefined) throw unreadable('sample-type', { bits, format });
  return type;
}

const SAMPLE_TYPES: readonly SampleType[] = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float16',
  'float32',
  'float64',
];

function assertPredictor(predictor: number, type: SampleType): void {
  const isKnown = predictor === 1 || predictor === 2 || (predictor === 3 && type.startsWith('float'));
  if (!isKnown) throw unreadable('predictor', { predictor, sampleType: type });
}

const YCBCR = 6;

/**
 * Luma and chroma are turned into colours where a JPEG holds the three of them; anywhere else they are not the values of the bands and lie in an
 * order of their own (TIFF 6.0, section 21). JPEG of other samples than bytes is not decoded.
 */
function readsYcc(
  directory: TiffDirectory,
  { compression, sampleType, samplesPerCell }: Pick<ImageLayout, 'compression' | 'sampleType' | 'samplesPerCell'>,
): boolean {
  const photometric = findNumber(directory, TAG.photometric) ?? 1;
  const isJpeg = compression === COMPRESSION.jpeg;
  if (isJpeg && sampleType !== 'uint8') throw unreadable('jpeg-colours', { photometric, sampleType });
  if (photometric !== YCBCR) return false;
  if (!isJpeg || samplesPerCell !== 3) throw unreadable('jpeg-colours', { photometric, bands: samplesPerCell });
  return true;
}
