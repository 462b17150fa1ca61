// Bits of a stream, taken with care: never one behind the end of the input.
import { BITS, BIT_COUNT, END_IN, NEXT_IN } from './layout';

/** At least 56 bits, or all that there are. Bits above the count may be left over from the fast loops: they are cleared. */
export function fillBits(s: usize): void {
  let next: usize = load<u32>(s, NEXT_IN);
  const end: usize = load<u32>(s, END_IN);
  let count = load<u32>(s, BIT_COUNT);
  let bits = load<u64>(s, BITS) & (((1 as u64) << count) - 1);
  for (; count < 56 && next < end; next++, count += 8) bits |= (load<u8>(next) as u64) << count;
  store<u32>(s, next as u32, NEXT_IN);
  store<u32>(s, count, BIT_COUNT);
  store<u64>(s, bits, BITS);
}

@inline
export function bitCount(s: usize): u32 {
  return load<u32>(s, BIT_COUNT);
}

@inline
export function peekBits(s: usize): u32 {
  return load<u64>(s, BITS) as u32;
}

@inline
export function dropBits(s: usize, count: u32): void {
  store<u64>(s, load<u64>(s, BITS) >> count, BITS);
  store<u32>(s, load<u32>(s, BIT_COUNT) - count, BIT_COUNT);
}

/** Drops what is left of the byte begun and gives whole bytes back; answers the address of the next one. */
export function alignToByte(s: usize): usize {
  const next = load<u32>(s, NEXT_IN) - (load<u32>(s, BIT_COUNT) >> 3);
  store<u32>(s, next, NEXT_IN);
  store<u32>(s, 0, BIT_COUNT);
  store<u64>(s, 0, BITS);
  return next;
}
