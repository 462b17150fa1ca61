// The fast loop for two streams. What bounds a decoder is the latency of one chain (mask, load, shift); two streams side by side are two
// chains, and take hardly longer than one.
//
// A slot that is no literal steps over nothing and stays where it is: the four looks of a round need no branch, and what
// comes next is asked once. Nor are the four ends of input and output looked at in each round: those within bounds are counted
// down. Nothing of a match is taken before it is known to be one that needs no care. All is written out twice and the looks four
// times: state that went through a function or an array would no longer be in registers.
import {
  A, B, BITS, NEXT_IN, ODD, ODD_DISTANCE, START_OUT, STEP, WHAT,
} from './layout';
import {
  copy, distanceBits, distanceOf, distanceSlot, endOfInput, endOfPlaces, filled, keep, lengthBits, lengthInfo, lengthOf, placeOf, refill,
  roundsUntil, slotOf, whole, write,
} from './round';

/** Literals and matches of both streams, until either has come to something else or is near an end. */
export function runBoth(): void {
  const inputEndA = endOfInput(A);
  const placesEndA = endOfPlaces(A);
  const startA: usize = load<u32>(A, START_OUT);
  let bitsA = load<u64>(A, BITS);
  let nextA: usize = load<u32>(A, NEXT_IN);
  let placeA = placeOf(A);
  let slotA: u32 = 0;
  let stepA: u32 = 0;
  const inputEndB = endOfInput(B);
  const placesEndB = endOfPlaces(B);
  const startB: usize = load<u32>(B, START_OUT);
  let bitsB = load<u64>(B, BITS);
  let nextB: usize = load<u32>(B, NEXT_IN);
  let placeB = placeOf(B);
  let slotB: u32 = 0;
  let stepB: u32 = 0;
  let isOdd = false;
  while (!isOdd) {
    let rounds = min<u32>(
      roundsUntil(inputEndA, nextA, placesEndA, placeA),
      roundsUntil(inputEndB, nextB, placesEndB, placeB),
    );
    if (rounds == 0) break;
    for (; rounds != 0; rounds--) {
      bitsA = refill(bitsA, nextA, placeA);
      nextA += whole(placeA);
      placeA = filled(placeA);
      bitsB = refill(bitsB, nextB, placeB);
      nextB += whole(placeB);
      placeB = filled(placeB);
      slotA = slotOf(bitsA);
      stepA = load<u8>(slotA, A + STEP);
      slotB = slotOf(bitsB);
      stepB = load<u8>(slotB, B + STEP);
      write(A, slotA, placeA);
      bitsA >>= stepA;
      placeA += stepA;
      write(B, slotB, placeB);
      bitsB >>= stepB;
      placeB += stepB;
      slotA = slotOf(bitsA);
      stepA = load<u8>(slotA, A + STEP);
      slotB = slotOf(bitsB);
      stepB = load<u8>(slotB, B + STEP);
      write(A, slotA, placeA);
      bitsA >>= stepA;
      placeA += stepA;
      write(B, slotB, placeB);
      bitsB >>= stepB;
      placeB += stepB;
      slotA = slotOf(bitsA);
      stepA = load<u8>(slotA, A + STEP);
      slotB = slotOf(bitsB);
      stepB = load<u8>(slotB, B + STEP);
      write(A, slotA, placeA);
      bitsA >>= stepA;
      placeA += stepA;
      write(B, slotB, placeB);
      bitsB >>= stepB;
      placeB += stepB;
      slotA = slotOf(bitsA);
      stepA = load<u8>(slotA, A + STEP);
      slotB = slotOf(bitsB);
      stepB = load<u8>(slotB, B + STEP);
      write(A, slotA, placeA);
      bitsA >>= stepA;
      placeA += stepA;
      write(B, slotB, placeB);
      bitsB >>= stepB;
      placeB += stepB;
      if (stepA == 0) {
        const what: u32 = load<u16>(A + (slotA << 1), WHAT);
        if (what & ODD) {
          isOdd = true;
          break;
        }
        bitsA = refill(bitsA, nextA, placeA);
        nextA += whole(placeA);
        placeA = filled(placeA);
        const info = lengthInfo(what);
        const rest = bitsA >> lengthBits(what, info);
        const slot = distanceSlot(A, rest);
        const distance = distanceOf(slot, rest);
        if (slot & ODD_DISTANCE || distance > ((placeA >> 6) as usize) - startA) {
          isOdd = true;
          break;
        }
        const length = lengthOf(what, info, bitsA);
        copy(placeA >> 6, length, distance);
        bitsA = rest >> distanceBits(slot);
        placeA += lengthBits(what, info) + distanceBits(slot) + ((length as u32) << 6);
      }
      if (stepB == 0) {
        const what: u32 = load<u16>(B + (slotB << 1), WHAT);
        if (what & ODD) {
          isOdd = true;
          break;
        }
        bitsB = refill(bitsB, nextB, placeB);
        nextB += whole(placeB);
        placeB = filled(placeB);
        const info = lengthInfo(what);
        const rest = bitsB >> lengthBits(what, info);
        const slot = distanceSlot(B, rest);
        const distance = distanceOf(slot, rest);
        if (slot & ODD_DISTANCE || distance > ((placeB >> 6) as usize) - startB) {
          isOdd = true;
          break;
        }
        const length = lengthOf(what, info, bitsB);
        copy(placeB >> 6, length, distance);
        bitsB = rest >> distanceBits(slot);
        placeB += lengthBits(what, info) + distanceBits(slot) + ((length as u32) << 6);
      }
    }
  }
  keep(A, bitsA, nextA, placeA);
  keep(B, bitsB, nextB, placeB);
}
