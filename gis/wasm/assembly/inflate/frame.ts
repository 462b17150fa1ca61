// What frames the symbols: the zlib stream's head and checksum (RFC 1950), heads of deflate blocks and stored blocks
// (RFC 1951). Every function takes one step of a stream and answers its next phase.
import { adler32 } from './adler32';
import { alignToByte, bitCount, dropBits, fillBits, peekBits } from './bits';
import {
  BROKEN, CODE_LENGTHS, CUT, DISTANCE_COUNTS, DISTANCE_SORTED, DONE, END_IN, END_OUT, HEADER, IS_LAST, LITERAL_COUNTS,
  LITERAL_SORTED, NEXT_IN, NEXT_OUT, PRECODE, START_OUT, SYMBOLS, TRAILER,
} from './layout';
import { buildDistances, buildLiterals, buildPrecode, isSingle, sortSymbols } from './tables';

export function readStreamHead(s: usize): u32 {
  const next: usize = load<u32>(s, NEXT_IN);
  if (next + 2 > load<u32>(s, END_IN)) return CUT;
  const method: u32 = load<u8>(next);
  const flags: u32 = load<u8>(next, 1);
  const isDeflate = ((method << 8) | flags) % 31 == 0 && (method & 15) == 8 && method >> 4 < 8;
  // A preset dictionary would have to be known beforehand.
  if (!isDeflate || (flags & 32) != 0) return BROKEN;
  store<u32>(s, (next + 2) as u32, NEXT_IN);
  return HEADER;
}

export function readBlockHead(s: usize): u32 {
  fillBits(s);
  if (bitCount(s) < 3) return CUT;
  const head = peekBits(s);
  dropBits(s, 3);
  store<u32>(s, head & 1, IS_LAST);
  const kind = (head >> 1) & 3;
  return kind == 0 ? copyStored(s) : kind == 1 ? useFixedCodes(s) : kind == 2 ? readCodes(s) : BROKEN;
}

@inline
export function afterBlock(s: usize): u32 {
  return load<u32>(s, IS_LAST) ? TRAILER : HEADER;
}

function copyStored(s: usize): u32 {
  const next = alignToByte(s);
  const end: usize = load<u32>(s, END_IN);
  if (next + 4 > end) return CUT;
  const length: usize = load<u16>(next);
  if ((length ^ (load<u16>(next, 2) as usize)) != 0xffff) return BROKEN;
  const out: usize = load<u32>(s, NEXT_OUT);
  const present = min<usize>(length, end - next - 4);
  if (present > (load<u32>(s, END_OUT) as usize) - out) return BROKEN;
  memory.copy(out, next + 4, present);
  store<u32>(s, (next + 4 + present) as u32, NEXT_IN);
  store<u32>(s, (out + present) as u32, NEXT_OUT);
  return present < length ? CUT : afterBlock(s);
}

function useFixedCodes(s: usize): u32 {
  memory.fill(CODE_LENGTHS, 8, 144);
  memory.fill(CODE_LENGTHS + 144, 9, 112);
  memory.fill(CODE_LENGTHS + 256, 7, 24);
  memory.fill(CODE_LENGTHS + 280, 8, 8);
  memory.fill(CODE_LENGTHS + 288, 5, 32);
  return useCodes(s, 288, 32);
}

function readCodes(s: usize): u32 {
  if (bitCount(s) < 14) return CUT;
  const head = peekBits(s);
  dropBits(s, 14);
  const literals = (head & 31) + 257;
  const distances = ((head >> 5) & 31) + 1;
  if (literals > 286 || distances > 30) return BROKEN;
  const phase = readPrecode(s, ((head >> 10) & 15) + 4);
  if (phase != HEADER) return phase;
  const end = readCodeLengths(s, literals + distances);
  if (end != HEADER) return end;
  // A block without an end.
  if (load<u8>(CODE_LENGTHS, 256) == 0) return BROKEN;
  return useCodes(s, literals, distances);
}

function useCodes(s: usize, literals: u32, distances: u32): u32 {
  const left = sortSymbols(CODE_LENGTHS, literals, s + LITERAL_COUNTS, s + LITERAL_SORTED);
  if (left != 0 && (left < 0 || !isSingle(s + LITERAL_COUNTS, literals))) return BROKEN;
  buildLiterals(s, left > 0);
  const rest = sortSymbols(CODE_LENGTHS + literals, distances, s + DISTANCE_COUNTS, s + DISTANCE_SORTED);
  if (rest != 0 && (rest < 0 || !isSingle(s + DISTANCE_COUNTS, distances))) return BROKEN;
  buildDistances(s, rest > 0);
  return SYMBOLS;
}

/** Three bits for each length of the code for code lengths, in the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15. */
function readPrecode(s: usize, given: u32): u32 {
  memory.fill(CODE_LENGTHS, 0, 19);
  for (let i: u32 = 0; i < given; i++) {
    if (bitCount(s) < 3) fillBits(s);
    if (bitCount(s) < 3) return CUT;
    const symbol: u32 = i < 3 ? 16 + i : i == 3 ? 0 : i & 1 ? 7 - ((i - 5) >> 1) : 8 + ((i - 4) >> 1);
    store<u8>(CODE_LENGTHS + symbol, peekBits(s) & 7);
    dropBits(s, 3);
  }
  const left = sortSymbols(CODE_LENGTHS, 19, s + LITERAL_COUNTS, s + LITERAL_SORTED);
  // With no code at all every length is nought, which is found out later.
  if (left != 0 && load<u16>(s, LITERAL_COUNTS) != 19) return BROKEN;
  buildPrecode(s);
  return HEADER;
}

function readCodeLengths(s: usize, wanted: u32): u32 {
  let at: u32 = 0;
  while (at < wanted) {
    if (bitCount(s) < 14) fillBits(s);
    const available = bitCount(s);
    const bits = peekBits(s);
    const slot = load<u32>(PRECODE + ((bits & 127) << 2));
    const length = slot & 15;
    const symbol = slot >> 16;
    if (length > available) return CUT;
    if (symbol < 16) {
      dropBits(s, length);
      store<u8>(CODE_LENGTHS + at, symbol);
      at++;
      continue;
    }
    const extra: u32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    if (length + extra > available) return CUT;
    if (symbol == 16 && at == 0) return BROKEN;
    const value: u8 = symbol == 16 ? load<u8>(CODE_LENGTHS + at - 1) : 0;
    const times = (symbol == 18 ? 11 : 3) + ((bits >> length) & ((1 << extra) - 1));
    if (at + times > wanted) return BROKEN;
    dropBits(s, length + extra);
    for (const end = at + times; at < end; at++) store<u8>(CODE_LENGTHS + at, value);
  }
  return HEADER;
}

export function checkSum(s: usize): u32 {
  const next = alignToByte(s);
  if (next + 4 > load<u32>(s, END_IN)) return CUT;
  const start: usize = load<u32>(s, START_OUT);
  return bswap<u32>(load<u32>(next)) == adler32(start, (load<u32>(s, NEXT_OUT) as usize) - start) ? DONE : BROKEN;
}
