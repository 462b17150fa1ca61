import { GisError } from '../../errors.ts';
import type { RasterCodecs } from '../raster-file.ts';
import { readJpegFrame } from './jpeg/jpeg-frame.ts';
import { toRgb } from './jpeg/to-rgb.ts';
import { assertLercShape } from './lerc-blob.ts';
import { decodeLzw } from './lzw.ts';
import { COMPRESSION } from './tags.ts';
import { boundedZstdFrame } from './zstd-frame.ts';

/** What a decoder must know about the block it is given. */
export interface CompressedBlock {
  readonly compression: number;
  readonly expectedBytes: number;
  readonly width: number;
  readonly rows: number;
  readonly samplesPerCell: number;
  readonly bitsPerSample: number;
  /** JPEG of luma and two chromas: red, green and blue are what its bands are. */
  readonly isYcc: boolean;
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
        return await decodeByLibrary(bytes, block, codecs);
      default:
        return await decodeByLibrary(bytes, block, codecs);
    }
  } catch (error) {
    if (error instanceof GisError) throw error;
    throw corruptBlock(block.compression, error);
  }
}

/** A block's stream is no stream of its compression. */
export const corruptBlock = (compression: number, cause?: unknown): GisError =>
  new GisError('raster-unreadable', { reason: 'corrupt-block', compression }, { cause });

/** zstd, LERC, JPEG, and deflate where the host has no inflate of its own. What a stream claims is held against the block first. */
async function decodeByLibrary(bytes: Uint8Array, block: CompressedBlock, codecs: RasterCodecs): Promise<Uint8Array> {
  const guarded = await guard(bytes, block, codecs);
  const parameters = {
    tileWidth: block.width,
    tileHeight: block.rows,
    predictor: 1,
    bitsPerSample: Array.from<number>({ length: block.samplesPerCell }).fill(block.bitsPerSample),
    planarConfiguration: 1,
    samplesPerPixel: block.samplesPerCell,
    ...(block.jpegTables && { JPEGTables: Uint8Array.from(block.jpegTables) }),
    // What was packed around LERC has been unpacked by `guard`.
    ...(block.lercParameters && { LercParameters: Uint32Array.of(block.lercParameters[0] ?? 4, 0) }),
  };
  const decoded = await runDecoder(block.compression, parameters, guarded);
  if (block.isYcc && decoded.length >= block.expectedBytes) toRgb(decoded, block, readJpegFrame(guarded, block));
  if (decoded.length > block.expectedBytes) return decoded.subarray(0, block.expectedBytes);
  return decoded;
}

async function runDecoder(compression: number, parameters: object, bytes: Uint8Array): Promise<Uint8Array> {
  // Loaded on first need: most files never do, and a command should start at once.
  const { getDecoder } = await import('geotiff');
  const decoder = await getDecoder(compression, parameters as Parameters<typeof getDecoder>[1]);
  return new Uint8Array((await decoder.decode(copyOf(bytes).buffer)) as ArrayBuffer);
}

/** LERC of noise is a little longer than the samples themselves. */
const lercBound = (expectedBytes: number): number => 2 * expectedBytes + 4096;

async function guard(bytes: Uint8Array, block: CompressedBlock, codecs: RasterCodecs): Promise<Uint8Array> {
  switch (block.compression) {
    case COMPRESSION.zstd:
      return boundedZstdFrame(bytes, block.expectedBytes);
    case COMPRESSION.jpeg:
      readJpegFrame(bytes, block);
      return bytes;
    case COMPRESSION.lerc: {
      const blob = await unpackLerc(bytes, block, codecs);
      assertLercShape(blob, block);
      return blob;
    }
    default:
      return bytes;
  }
}

/** The second of LERC's parameters says what was packed around it: nothing, deflate, zstd. */
async function unpackLerc(bytes: Uint8Array, block: CompressedBlock, codecs: RasterCodecs): Promise<Uint8Array> {
  const around = block.lercParameters?.[1] ?? 0;
  const bound = lercBound(block.expectedBytes);
  if (around === 0) return bytes;
  if (around === 2) return runDecoder(COMPRESSION.zstd, {}, boundedZstdFrame(bytes, bound));
  if (around !== 1) throw new GisError('raster-unreadable', { reason: 'lerc', around });
  if (codecs.inflate !== undefined) return codecs.inflate(bytes, bound);
  return runDecoder(COMPRESSION.deflate, {}, bytes);
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
