// The fast loop for one stream: a block without a mate, or what is left of the longer one of two. As `run-both.ts`.
import {
  BITS, NEXT_IN, ODD, ODD_DISTANCE, START_OUT, STEP, WHAT,
} from './layout';
import {
  copy, distanceBits, distanceOf, distanceSlot, endOfInput, endOfPlaces, filled, keep, lengthBits, lengthInfo, lengthOf, placeOf, refill,
  slotOf, whole, write,
} from './round';

/** Literals and matches of one stream, until something else comes or an end is near. */
export function runOne(s: usize): void {
  const inputEnd = endOfInput(s);
  const placesEnd = endOfPlaces(s);
  const start: usize = load<u32>(s, START_OUT);
  let bits = load<u64>(s, BITS);
  let next: usize = load<u32>(s, NEXT_IN);
  let place = placeOf(s);
  let slot: u32 = 0;
  let step: u32 = 0;
  while (((next < inputEnd) as i32) & ((place < placesEnd) as i32)) {
    bits = refill(bits, next, place);
    next += whole(place);
    place = filled(place);
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
      const what: u32 = load<u16>(s + (slot << 1), WHAT);
      if (what & ODD) break;
      bits = refill(bits, next, place);
      next += whole(place);
      place = filled(place);
      const info = lengthInfo(what);
      const rest = bits >> lengthBits(what, info);
      const from = distanceSlot(s, rest);
      const distance = distanceOf(from, rest);
      if (from & ODD_DISTANCE || distance > ((place >> 6) as usize) - start) break;
      const length = lengthOf(what, info, bits);
      copy(place >> 6, length, distance);
      bits = rest >> distanceBits(from);
      place += lengthBits(what, info) + distanceBits(from) + ((length as u32) << 6);
    }
  }
  keep(s, bits, next, place);
}
