import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pendingFloats } from './float-predictor.ts';

/** Technical Note 3 word for word: the bytes of a row's samples in planes, most significant first, each less the one before. */
function encode(
  plain: Uint8Array,
  width: number,
  rows: number,
  samplesPerCell: number,
  sampleBytes: number,
): Uint8Array {
  const rowSamples = width * samplesPerCell;
  const encoded = new Uint8Array(plain.length);
  for (let row = 0; row < rows; row += 1) {
    const start = row * rowSamples * sampleBytes;
    for (let i = 0; i < rowSamples; i += 1) {
      for (let byte = 0; byte < sampleBytes; byte += 1) {
        encoded[start + (sampleBytes - 1 - byte) * rowSamples + i] = plain[start + i * sampleBytes + byte] as number;
      }
    }
    for (let i = start + rowSamples * sampleBytes - 1; i >= start + samplesPerCell; i -= 1) {
      encoded[i] = (encoded[i] as number) - (encoded[i - samplesPerCell] as number);
    }
  }
  return encoded;
}

describe('floats under predictor 3', () => {
  it('come out as they went in, row by row, however far and in whatever steps a row is made ready', () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      rows: fc.integer({ min: 1, max: 4 }),
      samplesPerCell: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom('float16' as const, 'float32' as const, 'float64' as const),
      seed: fc.integer(),
      steps: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
      shift: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ width, rows, samplesPerCell, type, seed, steps, shift }) => {
        const sampleBytes = { float16: 2, float32: 4, float64: 8 }[type];
        const length = width * rows * samplesPerCell * sampleBytes;
        const plain = Uint8Array.from({ length }, (_, i) => Math.imul(seed + i, 2_654_435_761) >>> 24);
        const bytes = new Uint8Array(length + shift).subarray(shift);
        bytes.set(encode(plain, width, rows, samplesPerCell, sampleBytes));
        const decoded = pendingFloats(bytes, width, rows, samplesPerCell, type);
        const cellBytes = samplesPerCell * sampleBytes;
        for (let row = rows - 1; row >= 0; row -= 1) {
          for (const step of [...steps, width]) {
            decoded.pending.prepare(row, Math.min(step, width));
            const [from, to] = [
              row * width * cellBytes,
              (row * width + (decoded.pending.ready[row] as number)) * cellBytes,
            ];
            expect(decoded.plain.subarray(from, to)).toEqual(plain.subarray(from, to));
          }
        }
        expect(decoded.plain).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});
