/** So many bytes that no sum overflows 32 bits before it is reduced. */
const CHUNK: usize = 5552;
const MODULUS: u32 = 65521;

/** RFC 1950, section 9: sixteen bytes at a time. */
export function adler32(from: usize, length: usize): u32 {
  let low: u32 = 1;
  let high: u32 = 0;
  const firstWeights = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const lastWeights = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  for (let at = from, end = from + length; at < end; ) {
    const stop = min<usize>(end, at + CHUNK);
    const whole = (stop - at) & ~15;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (const to = at + whole; at < to; at += 16) {
      const bytes = v128.load(at);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), firstWeights));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), lastWeights));
    }
    high += low * (whole as u32) + (sumOf(before) << 4) + sumOf(weighted);
    low += sumOf(sums);
    for (; at < stop; at++) {
      low += load<u8>(at);
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return (high << 16) | low;
}

@inline
function sumOf(v: v128): u32 {
  return (i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)) as u32;
}
