import { GisError } from '../../errors.ts';

const MAGIC = 0xfd2fb528;
const MAX_BLOCK = 128 << 10;

const broken = (): GisError => new GisError('raster-unreadable', { reason: 'zstd' });

/**
 * One zstd frame (RFC 8878, 3.1.1) that a decoder can be trusted with: walked from end to end, nothing behind it, and stating a content size
 * of `expectedBytes` at most. The decoder in use never ends on a corrupt frame that states no size, and reads past its memory on one of which
 * it cannot find the end. A frame without a size gets one: `expectedBytes`, which the decoder then holds it to.
 */
export function boundedZstdFrame(bytes: Uint8Array, expectedBytes: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 9 || view.getUint32(0, true) !== MAGIC) throw broken();
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  const blocksAt = sizeAt + sizeBytes;
  if (dictionaryBytes > 0 || blocksAt + 3 > bytes.length) throw broken();
  const end = endOfBlocks(view, blocksAt) + ((descriptor & 4) === 0 ? 0 : 4);
  if (end > bytes.length) throw broken();
  if (sizeBytes === 0) {
    const stated = new Uint8Array(end + 4);
    stated.set(bytes.subarray(0, sizeAt));
    stated[4] = descriptor | (2 << 6);
    new DataView(stated.buffer).setUint32(sizeAt, expectedBytes, true);
    stated.set(bytes.subarray(blocksAt, end), sizeAt + 4);
    return stated;
  }
  const size = readSize(view, sizeAt, sizeBytes);
  if (size > expectedBytes) throw new GisError('raster-unreadable', { reason: 'block-bomb', size, expectedBytes });
  return bytes.subarray(0, end);
}

/** Where the last block ends. */
function endOfBlocks(view: DataView, start: number): number {
  let at = start;
  for (;;) {
    if (at + 3 > view.byteLength) throw broken();
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === 3 || size > MAX_BLOCK) throw broken();
    // A run is one byte, however long.
    at += 3 + (type === 1 ? 1 : size);
    if ((header & 1) === 1) return at;
  }
}

function readSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
