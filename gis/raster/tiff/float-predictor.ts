import type { PendingRows, SampleType } from '../raster-file.ts';

/**
 * Rows under predictor 3 (Adobe Photoshop TIFF Technical Note 3): the bytes of a row's samples lie in planes, most significant byte first
 * whatever the file's byte order, differenced bytewise from each plane's end on to the next one's beginning. `plain` = the samples as bytes in
 * little-endian order, as far as their row is made ready.
 */
export function pendingFloats(
  bytes: Uint8Array,
  width: number,
  rows: number,
  samplesPerCell: number,
  type: SampleType,
): { readonly plain: Uint8Array; readonly pending: PendingRows } {
  const sampleBytes = type === 'float64' ? 8 : type === 'float16' ? 2 : 4;
  const planes: Planes = { bytes, plain: new Uint8Array(width * rows * samplesPerCell * sampleBytes), samplesPerCell };
  const rowSamples = width * samplesPerCell;
  const ready = new Uint32Array(rows);
  // What each plane of each band has come to where its row is not ready yet: the most significant byte first.
  const sums = new Uint8Array(rows * samplesPerCell * sampleBytes);
  const words = sampleBytes === 4 && isLittleEndian ? new Int32Array(planes.plain.buffer) : undefined;
  const prepare = (row: number, endCol: number): void => {
    const startCol = ready[row] as number;
    if (endCol <= startCol) return;
    ready[row] = endCol;
    for (let band = 0; band < samplesPerCell; band += 1) {
      const own = sums.subarray(
        (row * samplesPerCell + band) * sampleBytes,
        (row * samplesPerCell + band + 1) * sampleBytes,
      );
      const first = row * rowSamples * sampleBytes + band;
      if (startCol === 0) startSums(planes, first, rowSamples, own);
      const place = { first, rowSamples, startCol, endCol };
      if (words === undefined) undoPlanes(planes, place, own, row * rowSamples + band);
      else undoWords(planes, place, own, words, row * rowSamples + band);
    }
  };
  return { plain: planes.plain, pending: { ready, prepare } };
}

interface Planes {
  readonly bytes: Uint8Array;
  readonly plain: Uint8Array;
  readonly samplesPerCell: number;
}

/** Cells of one band in a row: its first byte, and how far apart planes are. */
interface PlacedRow {
  readonly first: number;
  readonly rowSamples: number;
  readonly startCol: number;
  readonly endCol: number;
}

/** A plane goes on from where the one before it ends: the sum of all bytes before it. */
function startSums({ bytes, samplesPerCell }: Planes, first: number, rowSamples: number, sums: Uint8Array): void {
  const isInWords = samplesPerCell === 1 && ((bytes.byteOffset + first) | rowSamples) % 4 === 0;
  let sum = 0;
  for (let plane = 1; plane < sums.length; plane += 1) {
    const start = first + (plane - 1) * rowSamples;
    if (isInWords) sum += sumWords(new Int32Array(bytes.buffer, bytes.byteOffset + start, rowSamples >> 2));
    else {
      for (let i = start; i < start + rowSamples; i += samplesPerCell) sum = (sum + (bytes[i] as number)) | 0;
    }
    sums[plane] = sum;
  }
}

/** The sum of the bytes of some words, modulo 256: two bytes of a word at a time, whose carries do no harm above them. */
function sumWords(words: Int32Array): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as number;
    even = ((even & 0xff00ff) + (word & 0xff00ff)) | 0;
    odd = ((odd & 0xff00ff) + ((word >>> 8) & 0xff00ff)) | 0;
  }
  return (even + (even >>> 16) + odd + (odd >>> 16)) & 255;
}

function undoPlanes(
  planes: Planes,
  { first, rowSamples, startCol, endCol }: PlacedRow,
  sums: Uint8Array,
  sample: number,
): void {
  const { bytes, plain, samplesPerCell } = planes;
  for (let plane = 0; plane < sums.length; plane += 1) {
    let sum = sums[plane] as number;
    let from = first + plane * rowSamples + startCol * samplesPerCell;
    let to = (sample + startCol * samplesPerCell) * sums.length + (sums.length - 1 - plane);
    for (let col = startCol; col < endCol; col += 1) {
      sum = (sum + (bytes[from] as number)) | 0;
      plain[to] = sum;
      from += samplesPerCell;
      to += samplesPerCell * sums.length;
    }
    sums[plane] = sum;
  }
}

/** Four planes at once, a sample in one store: nearly all floats are of four bytes. */
function undoWords(
  { bytes, samplesPerCell }: Planes,
  { first, rowSamples, startCol, endCol }: PlacedRow,
  sums: Uint8Array,
  words: Int32Array,
  sample: number,
): void {
  let [a, b, c, d] = sums as unknown as [number, number, number, number];
  const end = first + endCol * samplesPerCell;
  let to = sample + startCol * samplesPerCell;
  for (let i = first + startCol * samplesPerCell; i < end; i += samplesPerCell) {
    a = (a + (bytes[i] as number)) | 0;
    b = (b + (bytes[i + rowSamples] as number)) & 255;
    c = (c + (bytes[i + 2 * rowSamples] as number)) & 255;
    d = (d + (bytes[i + 3 * rowSamples] as number)) & 255;
    words[to] = (a << 24) | (b << 16) | (c << 8) | d;
    to += samplesPerCell;
  }
  sums.set([a, b, c, d]);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
