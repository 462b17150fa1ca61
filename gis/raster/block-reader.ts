import { GisError } from '../errors.ts';
import type { BlockCache, DecodedBlock } from './block-cache.ts';
import type { ImageLayout } from './image-layout.ts';
import type {
  BandBlock,
  PendingRows,
  RangeSource,
  RasterCodecs,
  RasterGrid,
  RasterImage,
  SampleArray,
} from './raster-file.ts';
import { createSamples } from './raster-file.ts';
import { decompress } from './tiff/decompress.ts';
import { pendingFloats } from './tiff/float-predictor.ts';
import { pendingDifferences, undoWideDifferences } from './tiff/predictor.ts';
import { COMPRESSION } from './tiff/tags.ts';

/** Below this share of its rows a deflated block is read and inflated only so far as needed. */
const PREFIX_SHARE = 0.9;

export interface BlockReaderOptions {
  readonly source: RangeSource;
  readonly codecs: RasterCodecs;
  readonly cache: BlockCache;
  readonly layout: ImageLayout;
  readonly grid: RasterGrid;
  readonly noData: number | undefined;
}

interface BlockContext extends BlockReaderOptions {
  /** Rooms for compressed bytes that no block is being decoded from. */
  readonly rooms: Uint8Array[];
}

/** The blocks of one image of the file. */
export function createRasterImage(given: BlockReaderOptions): RasterImage {
  const options: BlockContext = { ...given, rooms: [] };
  const { layout, grid, cache, source } = options;
  const keyPrefix = `${cache.nextFileId()}/`;
  return {
    grid,
    blockWidth: layout.blockWidth,
    blockHeight: layout.blockHeight,
    blocksAcross: layout.blocksAcross,
    blocksDown: layout.blocksDown,
    expectBlock:
      source.expect &&
      ((blockCol, blockRow, band, wanted) => {
        const index = indexOf(layout, blockCol, blockRow, band);
        const rows = Math.min(wanted, rowsOnGrid(options, blockRow));
        if (cache.has(keyPrefix + index, rows)) return;
        const { offset, length, prefix } = placeOf(options, index, rows, blockRow);
        if (length > 0) source.expect?.(offset, prefix ?? length);
      }),
    async readBlock(blockCol, blockRow, band, readOptions = {}): Promise<BandBlock> {
      if (!(Number.isInteger(band) && band >= 1 && band <= layout.bandCount)) {
        throw new GisError('raster-band-missing', { band, bandCount: layout.bandCount });
      }
      const { blocksAcross, blocksDown } = layout;
      if (!(blockCol >= 0 && blockCol < blocksAcross && blockRow >= 0 && blockRow < blocksDown)) {
        throw new GisError('raster-block-outside', { blockCol, blockRow });
      }
      const index = indexOf(layout, blockCol, blockRow, band);
      const height = rowsOnGrid(options, blockRow);
      const rows = Math.max(1, Math.min(readOptions.rows ?? height, height));
      const block = await cache.get(keyPrefix + index, rows, () => loadBlock(options, index, rows, blockRow));
      const stride = layout.samplesPerCell;
      if (block.pending !== undefined && readOptions.isPending !== true) prepareAll(block.pending, layout.blockWidth);
      return {
        values: block.values,
        start: layout.isPlanar ? 0 : band - 1,
        stride,
        rowStride: layout.blockWidth * stride,
        width: Math.min(layout.blockWidth, grid.width - blockCol * layout.blockWidth),
        height,
        pending: readOptions.isPending === true ? block.pending : undefined,
      };
    },
  };
}

function prepareAll(pending: PendingRows, width: number): void {
  pending.ready.forEach((cells, row) => {
    if (cells < width) pending.prepare(row, width);
  });
}

const indexOf = (
  { isPlanar, blocksDown, blocksAcross }: ImageLayout,
  blockCol: number,
  blockRow: number,
  band: number,
): number => ((isPlanar ? band - 1 : 0) * blocksDown + blockRow) * blocksAcross + blockCol;

const rowsOnGrid = ({ layout, grid }: BlockReaderOptions, blockRow: number): number =>
  Math.min(layout.blockHeight, grid.height - blockRow * layout.blockHeight);

/** Only tiles are padded: the last strip holds the rows that are left. */
const rowsInFile = (options: BlockReaderOptions, blockRow: number): number =>
  options.layout.isTiled ? options.layout.blockHeight : rowsOnGrid(options, blockRow);

/** Where a block lies; `prefix` = so many of its bytes will do for the first rows, probably. */
function placeOf(
  options: BlockReaderOptions,
  index: number,
  rows: number,
  blockRow: number,
): { readonly offset: number; readonly length: number; readonly prefix: number | undefined } {
  const { layout, codecs } = options;
  const offset = layout.offsets[index] as number;
  const length = layout.byteCounts[index] as number;
  const isDeflated = layout.compression === COMPRESSION.deflate || layout.compression === COMPRESSION.oldDeflate;
  // What pads the last tiles takes next to no bytes.
  const ofAll = rows / rowsOnGrid(options, blockRow);
  const wantsPrefix = isDeflated && codecs.inflate !== undefined && ofAll < PREFIX_SHARE;
  // Compressed bytes are spread about evenly over the rows; when the guess falls short the rest is read as well.
  const guess = Math.ceil(length * ofAll * 1.04) + 2048;
  return { offset, length, prefix: wantsPrefix && guess < length ? guess : undefined };
}

async function loadBlock(options: BlockContext, index: number, rows: number, blockRow: number): Promise<DecodedBlock> {
  const { layout, source } = options;
  const rowBytes = layout.blockWidth * layout.samplesPerCell * layout.sampleBytes;
  const fullRows = rowsInFile(options, blockRow);
  const { offset, length, prefix } = placeOf(options, index, rows, blockRow);
  if (length === 0) return { values: emptyBlock(options, rows), rows };
  if (offset + length > source.size) throw new GisError('raster-truncated', { block: index, size: source.size });
  if (length > 2 * fullRows * rowBytes + 65536) {
    throw new GisError('raster-block-too-large', { block: index, bytes: length });
  }
  const compressed = await readRange(options, offset, prefix ?? length, options.rooms.pop());
  let bytes = await inflateRows(options, compressed, fullRows);
  if (prefix !== undefined && bytes.length < rows * rowBytes) {
    source.expect?.(offset + prefix, length - prefix);
    const rest = await readRange(options, offset + prefix, length - prefix, undefined);
    bytes = await inflateRows(options, joined(compressed, rest), fullRows);
  }
  // What was decoded never lies in the room it was decoded from.
  if (source.readInto !== undefined) options.rooms.push(compressed);
  if (bytes.length < rows * rowBytes) {
    throw new GisError('raster-truncated', { block: index, bytes: bytes.length, expected: fullRows * rowBytes });
  }
  return toBlock(bytes, layout, rows);
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

const inflateRows = ({ layout, codecs }: BlockContext, compressed: Uint8Array, fullRows: number): Promise<Uint8Array> =>
  decompress(
    compressed,
    {
      compression: layout.compression,
      expectedBytes: layout.blockWidth * layout.samplesPerCell * layout.sampleBytes * fullRows,
      width: layout.blockWidth,
      rows: fullRows,
      samplesPerCell: layout.samplesPerCell,
      bitsPerSample: layout.sampleBytes * 8,
      isYcc: layout.isYcc,
      jpegTables: layout.jpegTables,
      lercParameters: layout.lercParameters,
    },
    codecs,
  );

/** Compressed bytes, all of them, into the room that an earlier block has left where it is large enough. */
async function readRange(
  { source }: BlockContext,
  offset: number,
  length: number,
  room: Uint8Array | undefined,
): Promise<Uint8Array> {
  const bytes = await readInto(source, offset, length, room);
  if (bytes.length < length) throw new GisError('raster-truncated', { offset, length, size: source.size });
  return bytes;
}

async function readInto(
  source: RangeSource,
  offset: number,
  length: number,
  room: Uint8Array | undefined,
): Promise<Uint8Array> {
  if (source.readInto === undefined) return source.read(offset, length);
  const isEnough = room !== undefined && room.buffer.byteLength >= length;
  const target = isEnough
    ? new Uint8Array(room.buffer, 0, length)
    : new Uint8Array(new ArrayBuffer(length + (length >> 2)), 0, length);
  return target.subarray(0, await source.readInto(offset, length, target));
}

/** A block that the file leaves out: no data, or zeros where the file has no such value (as GDAL reads it). */
function emptyBlock({ layout, noData }: BlockReaderOptions, rows: number): SampleArray {
  const samples = createSamples(layout.sampleType, layout.blockWidth * rows * layout.samplesPerCell);
  return noData === undefined ? samples : samples.fill(noData);
}

/** Samples of the first rows; what a predictor has left in them is undone row by row when it is wanted. */
function toBlock(bytes: Uint8Array, layout: ImageLayout, rows: number): DecodedBlock {
  const { sampleBytes, sampleType, samplesPerCell, blockWidth } = layout;
  if (layout.predictor === 3) {
    const { plain, pending } = pendingFloats(bytes, blockWidth, rows, samplesPerCell, sampleType);
    // Halves are widened into another array: nothing of them can wait.
    if (sampleType !== 'float16') return { values: asSamples(plain, sampleType), rows, pending };
    prepareAll(pending, blockWidth);
    return { values: asSamples(plain, sampleType), rows };
  }
  const used = aligned(bytes.subarray(0, rows * blockWidth * samplesPerCell * sampleBytes), sampleBytes);
  if (!layout.littleEndian && sampleBytes > 1) swapBytes(used, sampleBytes);
  if (layout.predictor === 2 && sampleBytes === 8) undoWideDifferences(used, blockWidth, rows, samplesPerCell);
  if (layout.predictor !== 2 || sampleBytes === 8) return { values: asSamples(used, sampleType), rows };
  const asIntegers = sampleBytes === 1 ? used : sampleBytes === 2 ? view16(used) : view32(used);
  const pending = pendingDifferences(asIntegers, blockWidth, rows, samplesPerCell);
  if (sampleType !== 'float16') return { values: asSamples(used, sampleType), rows, pending };
  prepareAll(pending, blockWidth);
  return { values: asSamples(used, sampleType), rows };
}

const aligned = (bytes: Uint8Array, size: number): Uint8Array =>
  bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
const view16 = (bytes: Uint8Array): Uint16Array =>
  new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
const view32 = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);

function asSamples(bytes: Uint8Array, type: ImageLayout['sampleType']): SampleArray {
  const { buffer, byteOffset, byteLength } = bytes;
  switch (type) {
    case 'uint8':
      return bytes;
    case 'int8':
      return new Int8Array(buffer, byteOffset, byteLength);
    case 'uint16':
      return view16(bytes);
    case 'int16':
      return new Int16Array(buffer, byteOffset, byteLength >> 1);
    case 'float16':
      return widenHalves(view16(bytes));
    case 'uint32':
      return view32(bytes);
    case 'int32':
      return new Int32Array(buffer, byteOffset, byteLength >> 2);
    case 'float32':
      return new Float32Array(buffer, byteOffset, byteLength >> 2);
    case 'float64':
      return new Float64Array(buffer, byteOffset, byteLength >> 3);
  }
}

/** IEEE 754 binary16 to single precision. */
function widenHalves(halves: Uint16Array): Float32Array {
  const result = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i += 1) {
    const half = halves[i] as number;
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) result[i] = fraction === 0 ? sign * Infinity : NaN;
    else result[i] = sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  }
  return result;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) {
    for (let low = at, high = at + size - 1; low < high; low += 1, high -= 1) {
      const kept = bytes[low] as number;
      bytes[low] = bytes[high] as number;
      bytes[high] = kept;
    }
  }
}
