import { GisError } from '../../errors.ts';
import type { RasterCodecs } from '../raster-file.ts';
import { decodeLzw } from './lzw.ts';
import { COMPRESSION } from './tags.ts';

/** What a decoder must know about the block it is given. */
export interface CompressedBlock {
  readonly compression: number;
  readonly expectedBytes: number;
  readonly width: number;
  readonly rows: number;
  readonly samplesPerCell: number;
  readonly bitsPerSample: number;
  readonly jpegTables: readonly number[] | Float64Array | undefined;
  readonly lercParameters: readonly number[] | Float64Array | undefined;
}

/** A true copy: `slice` of Node's Buffer is a view. */
const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export const isSupportedCompression = (compression: number): boolean =>
  Object.values(COMPRESSION).some(known => known === compression);

/**
 * Decompresses one block; the answer may be changed by the caller and may be shorter than expected (a cut stream).
 * Throws `raster-unreadable` where the stream is corrupt.
 */
export async function decompress(bytes: Uint8Array, block: CompressedBlock, codecs: RasterCodecs): Promise<Uint8Array> {
  try {
    switch (block.compression) {
      case COMPRESSION.none:
        return copyOf(bytes.subarray(0, block.expectedBytes));
      case COMPRESSION.lzw:
        return decodeLzw(bytes, block.expectedBytes);
      case COMPRESSION.packBits:
        return decodePackBits(bytes, block.expectedBytes);
      case COMPRESSION.deflate:
      case COMPRESSION.oldDeflate:
        if (codecs.inflate !== undefined) return await codecs.inflate(bytes, block.expectedBytes);
        return await decodeByLibrary(bytes, block);
      default:
        return await decodeByLibrary(bytes, block);
    }
  } catch (error) {
    if (error instanceof GisError) throw error;
    throw new GisError(
      'raster-unreadable',
      { reason: 'corrupt-block', compression: block.compression },
      { cause: error },
    );
  }
}

/** zstd, LERC, JPEG, and deflate where the host has no inflate of its own. */
async function decodeByLibrary(bytes: Uint8Array, block: CompressedBlock): Promise<Uint8Array> {
  if (block.compression === COMPRESSION.zstd) assertZstdSize(bytes, block.expectedBytes);
  const parameters = {
    tileWidth: block.width,
    tileHeight: block.rows,
    predictor: 1,
    bitsPerSample: Array.from<number>({ length: block.samplesPerCell }).fill(block.bitsPerSample),
    planarConfiguration: 1,
    samplesPerPixel: block.samplesPerCell,
    ...(block.jpegTables && { JPEGTables: Uint8Array.from(block.jpegTables) }),
    ...(block.lercParameters && { LercParameters: Uint32Array.from(block.lercParameters) }),
  };
  // Loaded on first need: most files never do, and a command should start at once.
  const { getDecoder } = await import('geotiff');
  const decoder = await getDecoder(block.compression, parameters);
  const copy = copyOf(bytes);
  const decoded = new Uint8Array((await decoder.decode(copy.buffer)) as ArrayBuffer);
  if (decoded.length > block.expectedBytes) return decoded.subarray(0, block.expectedBytes);
  return decoded;
}

/** The decoder allocates what a frame's header claims: read the claim first (RFC 8878, 3.1.1.1). */
function assertZstdSize(bytes: Uint8Array, expectedBytes: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 6 || view.getUint32(0, true) !== 0xfd2fb528) {
    throw new GisError('raster-unreadable', { reason: 'zstd' });
  }
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
  const at = 5 + (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  if (sizeBytes === 0 || at + sizeBytes > bytes.length) return;
  const size =
    sizeBytes === 1
      ? view.getUint8(at)
      : sizeBytes === 2
        ? view.getUint16(at, true) + 256
        : sizeBytes === 4
          ? view.getUint32(at, true)
          : Number(view.getBigUint64(at, true));
  if (size > expectedBytes) throw new GisError('raster-unreadable', { reason: 'block-bomb', size, expectedBytes });
}

function decodePackBits(input: Uint8Array, expectedBytes: number): Uint8Array {
  const output = new Uint8Array(expectedBytes);
  let written = 0;
  let at = 0;
  while (at < input.length && written < expectedBytes) {
    const control = input[at] as number;
    at += 1;
    if (control < 128) {
      const count = Math.min(control + 1, expectedBytes - written, input.length - at);
      output.set(input.subarray(at, at + count), written);
      written += count;
      at += control + 1;
    } else if (control > 128) {
      const count = Math.min(257 - control, expectedBytes - written);
      output.fill(input[at] ?? 0, written, written + count);
      written += count;
      at += 1;
    }
  }
  return output.subarray(0, written);
}
