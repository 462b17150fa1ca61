import type { SampleArray, SampleType } from '../raster-file.ts';

/**
 * Undoes predictor 2 (TIFF 6.0 section 14) in place: every sample was stored as its difference from the sample
 * `samplesPerCell` before it in the row. Works on rows `[0, rows)`; wraps as the sample type does.
 */
export function undoHorizontalDifferencing(
  samples: SampleArray,
  width: number,
  rows: number,
  samplesPerCell: number,
): void {
  const rowLength = width * samplesPerCell;
  if (samplesPerCell === 1) {
    for (let row = 0; row < rows; row += 1) {
      const end = (row + 1) * rowLength;
      let sum = samples[row * rowLength] as number;
      for (let i = row * rowLength + 1; i < end; i += 1) {
        sum = (sum + (samples[i] as number)) | 0;
        samples[i] = sum;
      }
    }
    return;
  }
  if (samplesPerCell === 2 && samples instanceof Uint16Array && samples.byteOffset % 4 === 0) {
    undoPairs(new Int32Array(samples.buffer, samples.byteOffset, samples.length >> 1), width, rows);
    return;
  }
  if (samplesPerCell === 2) {
    for (let row = 0; row < rows; row += 1) {
      const end = (row + 1) * rowLength;
      let first = samples[row * rowLength] as number;
      let second = samples[row * rowLength + 1] as number;
      for (let i = row * rowLength + 2; i < end; i += 2) {
        first = (first + (samples[i] as number)) | 0;
        second = (second + (samples[i + 1] as number)) | 0;
        samples[i] = first;
        samples[i + 1] = second;
      }
    }
    return;
  }
  for (let row = 0; row < rows; row += 1) {
    const end = (row + 1) * rowLength;
    for (let i = row * rowLength + samplesPerCell; i < end; i += 1) {
      samples[i] = (samples[i] as number) + (samples[i - samplesPerCell] as number);
    }
  }
}

/** Two 16-bit bands side by side, a cell in one load and one store: red and near infrared, the commonest pair there is. */
function undoPairs(cells: Int32Array, width: number, rows: number): void {
  for (let row = 0; row < rows; row += 1) {
    const end = (row + 1) * width;
    let low = 0;
    let high = 0;
    for (let i = row * width; i < end; i += 1) {
      const cell = cells[i] as number;
      low = (low + cell) & 0xffff;
      high = (high + (cell >>> 16)) | 0;
      cells[i] = (high << 16) | low;
    }
  }
}

/** Applies predictor 2 in place, for writing. */
export function applyHorizontalDifferencing(
  samples: SampleArray,
  width: number,
  rows: number,
  samplesPerCell: number,
): void {
  const rowLength = width * samplesPerCell;
  for (let row = 0; row < rows; row += 1) {
    const start = row * rowLength;
    for (let i = start + rowLength - 1; i >= start + samplesPerCell; i -= 1) {
      samples[i] = (samples[i] as number) - (samples[i - samplesPerCell] as number);
    }
  }
}

/**
 * Undoes predictor 3 (Adobe Photoshop TIFF Technical Note 3): the bytes of a row's samples lie in planes, most significant
 * byte first whatever the file's byte order, differenced bytewise. Answers the samples as bytes in little-endian order.
 */
export function undoFloatingPointPredictor(
  bytes: Uint8Array,
  width: number,
  rows: number,
  samplesPerCell: number,
  type: SampleType,
): Uint8Array {
  const sampleBytes = type === 'float64' ? 8 : type === 'float16' ? 2 : 4;
  const rowSamples = width * samplesPerCell;
  const rowBytes = rowSamples * sampleBytes;
  const result = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const start = row * rowBytes;
    for (let i = start + samplesPerCell; i < start + rowBytes; i += 1) {
      bytes[i] = (bytes[i] as number) + (bytes[i - samplesPerCell] as number);
    }
    for (let plane = 0; plane < sampleBytes; plane += 1) {
      const from = start + plane * rowSamples;
      let to = start + (sampleBytes - 1 - plane);
      for (let i = 0; i < rowSamples; i += 1, to += sampleBytes) result[to] = bytes[from + i] as number;
    }
  }
  return result;
}
