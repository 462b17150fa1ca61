import type { DecodedBlock } from './block-cache.ts';
import type { ImageLayout } from './image-layout.ts';
import type { PendingRows, SampleArray } from './raster-file.ts';
import { pendingFloats } from './tiff/float-predictor.ts';
import type { PredictedRest } from './tiff/inflate/deflated-block.ts';
import { pendingDifferences, undoWideDifferences } from './tiff/predictor.ts';

/** What came out of compressed bytes. */
export interface DecodedBytes {
  readonly bytes: Uint8Array;
  /** The predictor has been undone. */
  readonly isPlain: boolean;
  /** Undoes it row by row where the bytes lie; absent = there is nobody else to do it. */
  readonly rest?: PredictedRest | undefined;
}

/** Samples of the first rows; what a predictor has left in them is undone row by row when it is wanted. */
export function samplesOf(decoded: DecodedBytes, layout: ImageLayout, rows: number): DecodedBlock {
  const { bytes, isPlain, rest } = decoded;
  const { sampleBytes, sampleType, samplesPerCell, blockWidth } = layout;
  if (isPlain || rest !== undefined) {
    const pending = rest && pendingRows(rest, blockWidth);
    const isHalf = sampleType === 'float16';
    // Halves are widened into another array: nothing of them can wait.
    if (isHalf && pending !== undefined) prepareAll(pending, blockWidth);
    const values = asSamples(bytes.subarray(0, rows * blockWidth * samplesPerCell * sampleBytes), sampleType);
    return { values, rows, pending: isHalf ? undefined : pending };
  }
  if (layout.predictor === 3) {
    const { plain, pending } = pendingFloats(bytes, blockWidth, rows, samplesPerCell, sampleType);
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

/** Whole rows, each undone when some of it is wanted for the first time. */
function pendingRows({ undoRow, goodCells: ready }: PredictedRest, width: number): PendingRows {
  return {
    ready,
    prepare(row) {
      if (ready[row] === width) return;
      undoRow(row);
      ready[row] = width;
    },
  };
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

/** Makes every row good to its end. */
export function prepareAll(pending: PendingRows, width: number): void {
  pending.ready.forEach((cells, row) => {
    if (cells < width) pending.prepare(row, width);
  });
}
