// The fast loops. A stream's state is in three locals: `bits`, `next` (where the next bits are read) and `place`, whose
// upper bits are the address of the next byte to write and whose lower six are 63 minus the number of bits at hand, so
// that one addition of a table's step counts both. What bounds a decoder is the latency of one chain (mask, load, shift);
// two streams side by side are two chains, and take hardly longer than one.
//
// A slot that is no literal steps over nothing and stays where it is: the four looks of a round need no branch, and what
// comes next is asked once. A round takes at most 14 bytes and writes at most 8 literals and a match.
import {
  A, B, BITS, BIT_COUNT, DISTANCE, DISTANCE_MASK, END_IN, END_OUT, LENGTHS, LITERAL_MASK, NEXT_IN, NEXT_OUT, ODD,
  ODD_DISTANCE, START_OUT, STEP, WANTED, WHAT,
} from './layout';

/** Farther than this from the ends of input and output, nothing in a round is out of bounds. */
const INPUT_MARGIN: usize = 32;
const OUTPUT_MARGIN: usize = 288;

@inline
export function hasRoom(s: usize): bool {
  return (
    (load<u32>(s, NEXT_IN) as usize) + INPUT_MARGIN < (load<u32>(s, END_IN) as usize) &&
    (load<u32>(s, NEXT_OUT) as usize) + OUTPUT_MARGIN < (load<u32>(s, END_OUT) as usize)
  );
}

@inline
function endOfInput(s: usize): usize {
  return (load<u32>(s, END_IN) as usize) - INPUT_MARGIN;
}

@inline
function endOfPlaces(s: usize): u32 {
  return min<u32>(load<u32>(s, END_OUT) - (OUTPUT_MARGIN as u32), load<u32>(s, WANTED)) << 6;
}

@inline
function placeOf(s: usize): u32 {
  return (load<u32>(s, NEXT_OUT) << 6) | (63 - load<u32>(s, BIT_COUNT));
}

@inline
function keep(s: usize, bits: u64, next: usize, place: u32): void {
  store<u64>(s, bits, BITS);
  store<u32>(s, next as u32, NEXT_IN);
  store<u32>(s, place >> 6, NEXT_OUT);
  store<u32>(s, 63 - (place & 63), BIT_COUNT);
}

@inline
function slotOf(bits: u64): u32 {
  return (bits as u32) & LITERAL_MASK;
}

/** Bits from `next` on above those at hand; `next` then goes on by `whole(place)` bytes, and `place` becomes `filled(place)`. */
@inline
function refill(bits: u64, next: usize, place: u32): u64 {
  return bits | (load<u64>(next) << (~place as u64));
}
@inline
function whole(place: u32): u32 {
  return (place >> 3) & 7;
}
@inline
function filled(place: u32): u32 {
  return place & ~56;
}

/** Writes what a slot holds: two bytes always, of which the next write covers those that do not count. */
@inline
function write(s: usize, slot: u32, place: u32): void {
  store<u16>(place >> 6, load<u16>(s + (slot << 1), WHAT));
}

/**
 * The match that a stream has come to. False where it is none, or one that has to be looked at with care; nothing has been taken then.
 */
@inline
function copyMatch(s: usize): bool {
  let bits = load<u64>(s, BITS);
  let place = placeOf(s);
  const what: u32 = load<u16>(s + (slotOf(bits) << 1), WHAT);
  if (what & ODD) return false;
  let next: usize = load<u32>(s, NEXT_IN);
  bits = refill(bits, next, place);
  next += whole(place);
  place = filled(place);
  const info = load<u32>((what & 31) << 2, LENGTHS);
  const codeBits = (what >> 5) & 15;
  const lengthBits = codeBits + (info & 255);
  const rest = bits >> lengthBits;
  const slot = load<u32>(s + (((rest as u32) & DISTANCE_MASK) << 2), DISTANCE);
  if (slot & ODD_DISTANCE) return false;
  const distanceBits = slot & 63;
  const length: usize = (info >> 8) + (((bits as u32) & ((1 << lengthBits) - 1)) >> codeBits);
  const distance: usize = (slot >> 16) + (((rest as u32) & ((1 << distanceBits) - 1)) >> ((slot >> 8) & 15));
  let out: usize = place >> 6;
  if (distance > out - (load<u32>(s, START_OUT) as usize)) return false;
  keep(s, rest >> distanceBits, next, place + lengthBits + distanceBits + ((length as u32) << 6));
  const end = out + length;
  let back = distance;
  if (distance < 8) {
    // Bytes that repeat sooner are written singly until as many are there as are copied at a time.
    while (back < 8) back += distance;
    for (const once = min<usize>(end, out + back - distance); out < once; out++) store<u8>(out, load<u8>(out - distance));
  }
  for (; out < end; out += 8) store<u64>(out, load<u64>(out - back));
  return true;
}

/** Literals and matches of one stream, until something else comes or an end is near. */
export function runOne(s: usize): void {
  const inputEnd = endOfInput(s);
  const placesEnd = endOfPlaces(s);
  let bits = load<u64>(s, BITS);
  let next: usize = load<u32>(s, NEXT_IN);
  let place = placeOf(s);
  while (((next < inputEnd) as i32) & ((place < placesEnd) as i32)) {
    bits = refill(bits, next, place);
    next += whole(place);
    place = filled(place);
    let slot = slotOf(bits);
    let step: u32 = load<u8>(s + slot, STEP);
    write(s, slot, place);
    bits >>= step;
    place += step;
    slot = slotOf(bits);
    step = load<u8>(s + slot, STEP);
    write(s, slot, place);
    bits >>= step;
    place += step;
    slot = slotOf(bits);
    step = load<u8>(s + slot, STEP);
    write(s, slot, place);
    bits >>= step;
    place += step;
    slot = slotOf(bits);
    step = load<u8>(s + slot, STEP);
    write(s, slot, place);
    bits >>= step;
    place += step;
    if (step == 0) {
      keep(s, bits, next, place);
      if (!copyMatch(s)) return;
      bits = load<u64>(s, BITS);
      next = load<u32>(s, NEXT_IN);
      place = placeOf(s);
    }
  }
  keep(s, bits, next, place);
}

/** The same for both streams at once, until either has come to something else or is near an end. */
export function runBoth(): void {
  const inputEndA = endOfInput(A);
  const placesEndA = endOfPlaces(A);
  const inputEndB = endOfInput(B);
  const placesEndB = endOfPlaces(B);
  let bitsA = load<u64>(A, BITS);
  let nextA: usize = load<u32>(A, NEXT_IN);
  let placeA = placeOf(A);
  let bitsB = load<u64>(B, BITS);
  let nextB: usize = load<u32>(B, NEXT_IN);
  let placeB = placeOf(B);
  while (
    ((nextA < inputEndA) as i32) &
    ((placeA < placesEndA) as i32) &
    ((nextB < inputEndB) as i32) &
    ((placeB < placesEndB) as i32)
  ) {
    bitsA = refill(bitsA, nextA, placeA);
    nextA += whole(placeA);
    placeA = filled(placeA);
    bitsB = refill(bitsB, nextB, placeB);
    nextB += whole(placeB);
    placeB = filled(placeB);
    let slotA = slotOf(bitsA);
    let slotB = slotOf(bitsB);
    let stepA: u32 = load<u8>(slotA, A + STEP);
    let stepB: u32 = load<u8>(slotB, B + STEP);
    write(A, slotA, placeA);
    bitsA >>= stepA;
    placeA += stepA;
    write(B, slotB, placeB);
    bitsB >>= stepB;
    placeB += stepB;
    slotA = slotOf(bitsA);
    slotB = slotOf(bitsB);
    stepA = load<u8>(slotA, A + STEP);
    stepB = load<u8>(slotB, B + STEP);
    write(A, slotA, placeA);
    bitsA >>= stepA;
    placeA += stepA;
    write(B, slotB, placeB);
    bitsB >>= stepB;
    placeB += stepB;
    slotA = slotOf(bitsA);
    slotB = slotOf(bitsB);
    stepA = load<u8>(slotA, A + STEP);
    stepB = load<u8>(slotB, B + STEP);
    write(A, slotA, placeA);
    bitsA >>= stepA;
    placeA += stepA;
    write(B, slotB, placeB);
    bitsB >>= stepB;
    placeB += stepB;
    slotA = slotOf(bitsA);
    slotB = slotOf(bitsB);
    stepA = load<u8>(slotA, A + STEP);
    stepB = load<u8>(slotB, B + STEP);
    write(A, slotA, placeA);
    bitsA >>= stepA;
    placeA += stepA;
    write(B, slotB, placeB);
    bitsB >>= stepB;
    placeB += stepB;
    if (stepA == 0) {
      keep(A, bitsA, nextA, placeA);
      if (!copyMatch(A)) break;
      bitsA = load<u64>(A, BITS);
      nextA = load<u32>(A, NEXT_IN);
      placeA = placeOf(A);
    }
    if (stepB == 0) {
      keep(B, bitsB, nextB, placeB);
      if (!copyMatch(B)) break;
      bitsB = load<u64>(B, BITS);
      nextB = load<u32>(B, NEXT_IN);
      placeB = placeOf(B);
    }
  }
  keep(A, bitsA, nextA, placeA);
  keep(B, bitsB, nextB, placeB);
}
