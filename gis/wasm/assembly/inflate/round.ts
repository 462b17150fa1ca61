// What the fast loops are made of. A stream's state is in three locals: `bits`, `next` (where the next bits are read) and `place`, whose
// upper bits are the address of the next byte to write and whose lower six are 63 minus the number of bits at hand, so
// that one addition of a table's step counts both.
import {
  BITS, BIT_COUNT, DISTANCE, DISTANCE_MASK, END_IN, END_OUT, LENGTHS, LITERAL_MASK, NEXT_IN, NEXT_OUT, PATTERNS, WANTED, WHAT,
} from './layout';

/** Farther than this from the ends of input and output, nothing in a round is out of bounds. */
const INPUT_MARGIN: usize = 32;
const OUTPUT_MARGIN: usize = 288;
/** A round takes at most 14 bytes, and writes at most 8 literals and a match. */
const ROUND_INPUT: u32 = 16;
const ROUND_PLACES: u32 = 512 << 6;

@inline
export function hasRoom(s: usize): bool {
  return (
    (load<u32>(s, NEXT_IN) as usize) + INPUT_MARGIN < (load<u32>(s, END_IN) as usize) &&
    (load<u32>(s, NEXT_OUT) as usize) + OUTPUT_MARGIN < (load<u32>(s, END_OUT) as usize)
  );
}

@inline
export function endOfInput(s: usize): usize {
  return (load<u32>(s, END_IN) as usize) - INPUT_MARGIN;
}

@inline
export function endOfPlaces(s: usize): u32 {
  return min<u32>(load<u32>(s, END_OUT) - (OUTPUT_MARGIN as u32), load<u32>(s, WANTED)) << 6;
}

/** So many rounds are within bounds for sure, whatever they come to: the loops count down instead of looking at all ends in each. */
@inline
export function roundsUntil(inputEnd: usize, next: usize, placesEnd: u32, place: u32): u32 {
  if (next >= inputEnd || place >= placesEnd) return 0;
  return min<u32>(((inputEnd - next) as u32) / ROUND_INPUT, (placesEnd - place) / ROUND_PLACES) + 1;
}

@inline
export function placeOf(s: usize): u32 {
  return (load<u32>(s, NEXT_OUT) << 6) | (63 - load<u32>(s, BIT_COUNT));
}

@inline
export function keep(s: usize, bits: u64, next: usize, place: u32): void {
  store<u64>(s, bits, BITS);
  store<u32>(s, next as u32, NEXT_IN);
  store<u32>(s, place >> 6, NEXT_OUT);
  store<u32>(s, 63 - (place & 63), BIT_COUNT);
}

@inline
export function slotOf(bits: u64): u32 {
  return (bits as u32) & LITERAL_MASK;
}

/** Bits from `next` on above those at hand; `next` then goes on by `whole(place)` bytes, and `place` becomes `filled(place)`. */
@inline
export function refill(bits: u64, next: usize, place: u32): u64 {
  return bits | (load<u64>(next) << (~place as u64));
}
@inline
export function whole(place: u32): u32 {
  return (place >> 3) & 7;
}
@inline
export function filled(place: u32): u32 {
  return place & ~56;
}

/** Writes what a slot holds: two bytes always, of which the next write covers those that do not count. */
@inline
export function write(s: usize, slot: u32, place: u32): void {
  store<u16>(place >> 6, load<u16>(s + (slot << 1), WHAT));
}

// A match is told by its slot: how long it is by the bits after the length's code, how far back by those after the distance's.

@inline
export function lengthInfo(what: u32): u32 {
  return load<u32>((what & 31) << 2, LENGTHS);
}
@inline
export function lengthBits(what: u32, info: u32): u32 {
  return ((what >> 5) & 15) + (info & 255);
}
@inline
export function lengthOf(what: u32, info: u32, bits: u64): usize {
  return (info >> 8) + (((bits as u32) & ((1 << lengthBits(what, info)) - 1)) >> ((what >> 5) & 15));
}
@inline
export function distanceSlot(s: usize, bits: u64): u32 {
  return load<u32>(s + (((bits as u32) & DISTANCE_MASK) << 2), DISTANCE);
}
@inline
export function distanceBits(slot: u32): u32 {
  return slot & 63;
}
@inline
export function distanceOf(slot: u32, bits: u64): usize {
  return (slot >> 16) + (((bits as u32) & ((1 << distanceBits(slot)) - 1)) >> ((slot >> 8) & 15));
}

/** Sixteen bytes at once, which most matches are shorter than: repeated from the last `distance` of them where those are fewer. */
@inline
export function copy(out: usize, length: usize, distance: usize): void {
  const places = v128.load(min<usize>(distance, 16) << 4, PATTERNS);
  v128.store(out, v128.swizzle(v128.load(out - distance), places));
  if (length > 16) copyOn(out + 16, out + length, distance);
}

function copyOn(out: usize, end: usize, distance: usize): void {
  let back = distance;
  while (back < 16) back += distance;
  for (; out < end; out += 16) v128.store(out, v128.load(out - back));
}
