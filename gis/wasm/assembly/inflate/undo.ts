// Undoes the predictors of TIFF where the bytes were inflated to, sixteen at a time: a vector's own running sums by shifting and
// adding, then what the vector before it has come to. Rows are whole vectors; so are the planes of floats.
import { PATTERNS } from './layout';

/** TIFF 6.0, section 14: samples of 1, 2 or 4 bytes, differences to the cell before. Cells have at most 16 bytes. */
export function undoDifferences(at: usize, rowBytes: usize, rows: u32, cellBytes: u32, sampleBytes: u32): void {
  const end = at + rowBytes * (rows as usize);
  if (sampleBytes == 1) for (; at < end; at += rowBytes) addUp<u8>(at, rowBytes, cellBytes);
  else if (sampleBytes == 2) for (; at < end; at += rowBytes) addUp<u16>(at, rowBytes, cellBytes);
  else for (; at < end; at += rowBytes) addUp<u32>(at, rowBytes, cellBytes);
}

/**
 * Adobe Photoshop TIFF Technical Note 3, for floats of four bytes: the bytes of a row's samples in planes, the most significant first, and
 * differences to the byte `samplesPerCell` before. `spare` has room for a row.
 */
export function undoFloats(at: usize, rowSamples: usize, rows: u32, samplesPerCell: u32, spare: usize): void {
  const rowBytes = rowSamples << 2;
  for (const end = at + rowBytes * (rows as usize); at < end; at += rowBytes) {
    addUp<u8>(at, rowBytes, samplesPerCell);
    for (let i: usize = 0; i < rowSamples; i += 16) {
      const first = v128.load(at + i);
      const second = v128.load(at + i + rowSamples);
      const third = v128.load(at + i + 2 * rowSamples);
      const fourth = v128.load(at + i + 3 * rowSamples);
      const lower = v128.shuffle<u8>(fourth, third, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const lowerRest = v128.shuffle<u8>(fourth, third, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const upper = v128.shuffle<u8>(second, first, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const upperRest = v128.shuffle<u8>(second, first, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const to = spare + (i << 2);
      v128.store(to, v128.shuffle<u16>(lower, upper, 0, 8, 1, 9, 2, 10, 3, 11));
      v128.store(to, v128.shuffle<u16>(lower, upper, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      v128.store(to, v128.shuffle<u16>(lowerRest, upperRest, 0, 8, 1, 9, 2, 10, 3, 11), 32);
      v128.store(to, v128.shuffle<u16>(lowerRest, upperRest, 4, 12, 5, 13, 6, 14, 7, 15), 48);
    }
    memory.copy(at, spare, rowBytes);
  }
}

@inline
function addUp<T>(at: usize, rowBytes: usize, cellBytes: u32): void {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // A place below nought is none: nothing is added there.
  const byOne = v128.sub<u8>(places, i8x16.splat(cellBytes as i8));
  const byTwo = v128.sub<u8>(places, i8x16.splat((2 * cellBytes) as i8));
  const byFour = v128.sub<u8>(places, i8x16.splat((4 * cellBytes) as i8));
  const byEight = v128.sub<u8>(places, i8x16.splat((8 * cellBytes) as i8));
  const last = v128.add<u8>(v128.load((cellBytes as usize) << 4, PATTERNS), i8x16.splat((16 - cellBytes) as i8));
  let before = i32x4.splat(0);
  for (const end = at + rowBytes; at < end; at += 16) {
    let sums = v128.load(at);
    sums = v128.add<T>(sums, v128.swizzle(sums, byOne));
    if (cellBytes < 8) sums = v128.add<T>(sums, v128.swizzle(sums, byTwo));
    if (cellBytes < 4) sums = v128.add<T>(sums, v128.swizzle(sums, byFour));
    if (cellBytes < 2) sums = v128.add<T>(sums, v128.swizzle(sums, byEight));
    sums = v128.add<T>(sums, before);
    v128.store(at, sums);
    before = v128.swizzle(sums, last);
  }
}
