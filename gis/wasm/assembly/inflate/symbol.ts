// One literal, match or end of a block, taken with care: near the ends of input and output, and for what is rare.
import { bitCount, dropBits, fillBits } from './bits';
import { afterBlock } from './frame';
import {
  BAD, BITS, BROKEN, CUT, DISTANCE, DISTANCE_COUNTS, DISTANCE_MASK, DISTANCE_SORTED, END, END_OUT, LENGTHS,
  LITERAL_COUNTS, LITERAL_MASK, LITERAL_SORTED, NEXT_OUT, ODD, ODD_DISTANCE, START_OUT, STEP, SYMBOLS, WHAT, WRONG,
} from './layout';
import { decodeLong, distanceOf, whatOf } from './tables';

export function takeSymbol(s: usize): u32 {
  fillBits(s);
  const bits = load<u64>(s, BITS);
  const available = bitCount(s);
  const slot = (bits as u32) & LITERAL_MASK;
  const step: u32 = load<u8>(s + slot, STEP);
  let what: u32 = load<u16>(s + (slot << 1), WHAT);
  let length = step == 0 ? (what >> 5) & 15 : step & 63;
  let isLiteral = step != 0;
  if (step >= 0x80 || (!isLiteral && (what & (ODD | END | BAD)) == ODD)) {
    // The first of two literals, or a code longer than the table.
    const code = decodeLong(bits as u32, available, s + LITERAL_COUNTS, s + LITERAL_SORTED);
    if (code < 0) return CUT;
    length = (code as u32) >> 16;
    what = whatOf(code & 0xffff, length);
    isLiteral = (code & 0xffff) < 256;
  }
  if (length > available) return CUT;
  if (isLiteral) return putLiteral(s, what, length);
  if (what & BAD) return BROKEN;
  if (what & END) {
    dropBits(s, length);
    return afterBlock(s);
  }
  return takeMatch(s, bits, available, length, load<u32>(LENGTHS + ((what & 31) << 2)));
}

function putLiteral(s: usize, literal: u32, length: u32): u32 {
  const out: usize = load<u32>(s, NEXT_OUT);
  if (out >= (load<u32>(s, END_OUT) as usize)) return BROKEN;
  store<u8>(out, literal);
  store<u32>(s, (out + 1) as u32, NEXT_OUT);
  dropBits(s, length);
  return SYMBOLS;
}

/** `info` tells the match's length, after a code of `codeBits`: its further bits and the distance follow. */
function takeMatch(s: usize, bits: u64, available: u32, codeBits: u32, info: u32): u32 {
  const lengthBits = codeBits + (info & 255);
  if (lengthBits > available) return CUT;
  const length: usize = (info >> 8) + (((bits >> codeBits) as u32) & ((1 << (info & 255)) - 1));
  const rest = bits >> lengthBits;
  let slot = load<u32>(s + (((rest as u32) & DISTANCE_MASK) << 2), DISTANCE);
  if (slot & ODD_DISTANCE) {
    if (slot & WRONG) return lengthBits + (slot & 15) > available ? CUT : BROKEN;
    const code = decodeLong(rest as u32, available - lengthBits, s + DISTANCE_COUNTS, s + DISTANCE_SORTED);
    if (code < 0) return CUT;
    slot = distanceOf(code & 0xffff, (code as u32) >> 16);
    if (slot & WRONG) return BROKEN;
  }
  const distanceBits = slot & 63;
  if (lengthBits + distanceBits > available) return CUT;
  const distance: usize = (slot >> 16) + (((rest as u32) & ((1 << distanceBits) - 1)) >> ((slot >> 8) & 15));
  let out: usize = load<u32>(s, NEXT_OUT);
  if (distance > out - (load<u32>(s, START_OUT) as usize)) return BROKEN;
  if (length > (load<u32>(s, END_OUT) as usize) - out) return BROKEN;
  for (const end = out + length; out < end; out++) store<u8>(out, load<u8>(out - distance));
  store<u32>(s, out as u32, NEXT_OUT);
  dropBits(s, lengthBits + distanceBits);
  return SYMBOLS;
}
