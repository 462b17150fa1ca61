import { GisError } from '../errors.ts';
import type { BlockCache, DecodedBlock } from './block-cache.ts';
import type { BlockLease } from './block-lease.ts';
import type { ImageLayout } from './image-layout.ts';
import { prepareAll, samplesOf } from './block-samples.ts';
import { leaveRoom, takeRoom } from './compressed-rooms.ts';
import type { DecodedBytes } from './block-samples.ts';
import type { BandBlock, RangeSource, RasterCodecs, RasterGrid, RasterImage, SampleArray } from './raster-file.ts';
import { createSamples } from './raster-file.ts';
import { corruptBlock, decompress } from './tiff/decompress.ts';
import type { InflatedBlock, PredictedRows } from './tiff/inflate/deflated-block.ts';
import type { ComingStream } from './tiff/inflate/inflate-pairs.ts';
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
  /** Blocks that are read under a lease: each once, however many of its bands are asked for. */
  readonly leased: WeakMap<BlockLease, Map<number, LeasedBlock>>;
}

interface LeasedBlock {
  readonly rows: number;
  readonly block: Promise<DecodedBlock>;
}

/** The blocks of one image of the file. */
export function createRasterImage(given: BlockReaderOptions): RasterImage {
  const options: BlockContext = { ...given, leased: new WeakMap() };
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
      const { lease } = readOptions;
      const load = (): Promise<DecodedBlock> => loadBlock(options, index, rows, blockRow, lease);
      const isLent = lease !== undefined && !cache.keeps;
      const block = await (isLent
        ? readLeased(options, lease, index, rows, load)
        : cache.get(keyPrefix + index, rows, load));
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

function readLeased(
  { leased }: BlockContext,
  lease: BlockLease,
  index: number,
  rows: number,
  load: () => Promise<DecodedBlock>,
): Promise<DecodedBlock> {
  const blocks = leased.get(lease) ?? new Map<number, LeasedBlock>();
  leased.set(lease, blocks);
  const known = blocks.get(index);
  if (known !== undefined && known.rows >= rows) return known.block;
  const block = load();
  blocks.set(index, { rows, block });
  return block;
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
  // What pads the last tiles takes next to no bytes.
  const ofAll = rows / rowsOnGrid(options, blockRow);
  const wantsPrefix = isDeflated(layout) && codecs.inflate !== undefined && ofAll < PREFIX_SHARE;
  // Compressed bytes are spread about evenly over the rows; when the guess falls short the rest is read as well.
  const guess = Math.ceil(length * ofAll * 1.04) + 2048;
  return { offset, length, prefix: wantsPrefix && guess < length ? guess : undefined };
}

async function loadBlock(
  options: BlockContext,
  index: number,
  rows: number,
  blockRow: number,
  lease: BlockLease | undefined,
): Promise<DecodedBlock> {
  const { layout, source, codecs, cache } = options;
  const rowBytes = layout.blockWidth * layout.samplesPerCell * layout.sampleBytes;
  const fullRows = rowsInFile(options, blockRow);
  const { offset, length, prefix } = placeOf(options, index, rows, blockRow);
  if (length === 0) return { values: emptyBlock(options, rows), rows };
  if (offset + length > source.size) throw new GisError('raster-truncated', { block: index, size: source.size });
  if (length > 2 * fullRows * rowBytes + 65536) {
    throw new GisError('raster-block-too-large', { block: index, bytes: length });
  }
  const inflateBlocks = isDeflated(layout) ? codecs.inflateBlocks : undefined;
  const coming = inflateBlocks && lease?.streams.announce(inflateBlocks);
  const rooms: Uint8Array[] = [];
  try {
    const wanted = { rows, fullRows, coming, lease: cache.keeps ? undefined : lease };
    const compressed = await readRange(source, offset, prefix ?? length, rooms);
    let decoded = await decode(options, compressed, wanted);
    if (prefix !== undefined && decoded.bytes.length < rows * rowBytes) {
      source.expect?.(offset + prefix, length - prefix);
      const rest = await readRange(source, offset + prefix, length - prefix, rooms);
      decoded = await decode(options, joined(compressed, rest), wanted);
    }
    if (decoded.bytes.length < rows * rowBytes) {
      const { length: bytes } = decoded.bytes;
      throw new GisError('raster-truncated', { block: index, bytes, expected: fullRows * rowBytes });
    }
    return samplesOf(decoded, layout, rows);
  } finally {
    // What was decoded never lies in the room it was decoded from.
    for (const room of rooms) leaveRoom(room);
    coming?.withdraw();
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

const isDeflated = ({ compression }: ImageLayout): boolean =>
  compression === COMPRESSION.deflate || compression === COMPRESSION.oldDeflate;

/** What is to come out of compressed bytes. */
interface WantedRows {
  readonly rows: number;
  readonly fullRows: number;
  /** The stream as it was announced where others may be decoded at the same time. */
  readonly coming: ComingStream | undefined;
  /** Under which the bytes may lie in a room that is lent. */
  readonly lease: BlockLease | undefined;
}

async function decode(
  { layout, codecs }: BlockContext,
  compressed: Uint8Array,
  { rows, fullRows, coming, lease }: WantedRows,
): Promise<DecodedBytes> {
  const rowBytes = layout.blockWidth * layout.samplesPerCell * layout.sampleBytes;
  const expectedBytes = rowBytes * fullRows;
  if (!isDeflated(layout) || codecs.inflateBlocks === undefined) {
    const bytes = await decompress(compressed, { ...shapeOf(layout), expectedBytes, rows: fullRows }, codecs);
    return { bytes, isPlain: false };
  }
  const predicted = predictedRows(layout, rowBytes, rows);
  const block = { compressed, expectedBytes, wantedBytes: rows * rowBytes, predicted };
  const inflated = coming === undefined ? (await codecs.inflateBlocks([block]))[0] : await coming.inflate(block);
  if (inflated === undefined) throw corruptBlock(layout.compression);
  return settle(inflated, rows, lease);
}

const shapeOf = (layout: ImageLayout) => ({
  compression: layout.compression,
  width: layout.blockWidth,
  samplesPerCell: layout.samplesPerCell,
  bitsPerSample: layout.sampleBytes * 8,
  isYcc: layout.isYcc,
  jpegTables: layout.jpegTables,
  lercParameters: layout.lercParameters,
});

/** A block that is not used up under a lease is taken out of the room it was lent in, its rows made good. */
function settle(
  { bytes, pending, giveBack }: InflatedBlock,
  rows: number,
  lease: BlockLease | undefined,
): DecodedBytes {
  if (giveBack === undefined) return { bytes, isPlain: false };
  if (lease !== undefined) {
    lease.hold(giveBack);
    return { bytes, isPlain: false, rest: pending };
  }
  for (let row = 0; pending !== undefined && row < rows; row += 1) pending.undoRow(row);
  const own = bytes.slice();
  giveBack();
  return { bytes: own, isPlain: pending !== undefined };
}

/** The predictor as it can be undone where a block was inflated; undefined = there is none, or the samples' bytes have to be swapped before. */
function predictedRows(
  { predictor, sampleBytes, sampleType, samplesPerCell, littleEndian }: ImageLayout,
  rowBytes: number,
  rows: number,
): PredictedRows | undefined {
  const isReady = predictor === 3 ? sampleType === 'float32' : littleEndian || sampleBytes === 1;
  if (!isReady || (predictor !== 2 && predictor !== 3)) return undefined;
  return { predictor, sampleBytes, samplesPerCell, rowBytes, rows };
}

/** Compressed bytes, all of them; in one of the `rooms`, which is taken for them, where the source can read into one. */
async function readRange(
  source: RangeSource,
  offset: number,
  length: number,
  rooms: Uint8Array[],
): Promise<Uint8Array> {
  const bytes = await readBytes(source, offset, length, rooms);
  if (bytes.length < length) throw new GisError('raster-truncated', { offset, length, size: source.size });
  return bytes;
}

async function readBytes(
  source: RangeSource,
  offset: number,
  length: number,
  rooms: Uint8Array[],
): Promise<Uint8Array> {
  if (source.readInto === undefined) return source.read(offset, length);
  const room = takeRoom(length);
  rooms.push(room);
  return room.subarray(0, await source.readInto(offset, length, room));
}

/** A block that the file leaves out: no data, or zeros where the file has no such value (as GDAL reads it). */
function emptyBlock({ layout, noData }: BlockReaderOptions, rows: number): SampleArray {
  const samples = createSamples(layout.sampleType, layout.blockWidth * rows * layout.samplesPerCell);
  return noData === undefined ? samples : samples.fill(noData);
}
