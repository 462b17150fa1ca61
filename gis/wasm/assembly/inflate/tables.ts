// Decoding tables from code lengths (RFC 1951, 3.2.2): counted, sorted, and filled by doubling. Codes are kept with their
// first bit lowest, as they come from the stream.
import {
  BAD, DISTANCE, DISTANCES, DISTANCE_BITS, DISTANCE_COUNTS, DISTANCE_SORTED, END, LENGTHS, LITERAL_BITS, LITERAL_COUNTS,
  LITERAL_SLOTS, LITERAL_SORTED, NEXT_PLACE, ODD, ODD_DISTANCE, PACKED, PACKED_START, PATTERNS, PRECODE, PRECODE_BITS, STEP, WHAT,
  WRONG,
} from './layout';

/** RFC 1951, 3.2.5: lengths 3 to 258 and distances 1 to 32768; and how bytes repeat. To be called once. */
export function fillConstants(): void {
  let base: u32 = 3;
  for (let i: u32 = 0; i < 28; i++) {
    const extra: u32 = i < 8 ? 0 : (i >> 2) - 1;
    store<u32>(LENGTHS + (i << 2), extra | (base << 8));
    base += 1 << extra;
  }
  store<u32>(LENGTHS + (28 << 2), 258 << 8);
  for (let distance: u32 = 1; distance <= 16; distance++) {
    for (let i: u32 = 0; i < 16; i++) store<u8>(PATTERNS + (distance << 4) + i, i % distance);
  }
  base = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 4 ? 0 : (i >> 1) - 1;
    store<u32>(DISTANCES + (i << 2), extra | (base << 8));
    base += 1 << extra;
  }
}

/** Sorts the symbols by length of code. Answers how much of the code space is left over: 0 = complete, -1 = too many codes. */
export function sortSymbols(lengths: usize, symbols: u32, counts: usize, sorted: usize): i32 {
  memory.fill(counts, 0, 32);
  for (let i: u32 = 0; i < symbols; i++) {
    const count = counts + ((load<u8>(lengths + i) as usize) << 1);
    store<u16>(count, load<u16>(count) + 1);
  }
  let place: u32 = 0;
  let left: i32 = 1;
  for (let length: u32 = 1; length < 16; length++) {
    const count: u32 = load<u16>(counts + (length << 1));
    left = (left << 1) - count;
    if (left < 0) return -1;
    store<u32>(NEXT_PLACE + (length << 2), place);
    place += count;
  }
  for (let i: u32 = 0; i < symbols; i++) {
    const length = load<u8>(lengths + i) as usize;
    if (length == 0) continue;
    const next = NEXT_PLACE + (length << 2);
    const at = load<u32>(next);
    store<u16>(sorted + (at << 1), i);
    store<u32>(next, at + 1);
  }
  return left;
}

/** An incomplete code is allowed where it is a single one of one bit. */
export function isSingle(counts: usize, symbols: u32): bool {
  return (load<u16>(counts) as u32) + (load<u16>(counts + 2) as u32) == symbols;
}

/** The code after `code` among those of `length` bits, or the first of the next length. */
@inline
function nextCode(code: u32, length: u32): u32 {
  const zeros = code ^ ((1 << length) - 1);
  if (zeros == 0) return 0;
  const bit: u32 = 0x80000000 >> clz<u32>(zeros);
  return (code & (bit - 1)) | bit;
}

@inline
function doubleTable(table: usize, bytes: usize): void {
  const end = table + bytes;
  if (bytes < 16) for (let at = table; at < end; at++) store<u8>(at + bytes, load<u8>(at));
  else for (let at = table; at < end; at += 16) v128.store(at + bytes, v128.load(at));
}

@inline
export function whatOf(symbol: u32, length: u32): u32 {
  if (symbol < 256) return symbol;
  if (symbol == 256) return ODD | END | (length << 5);
  return symbol > 285 ? ODD | BAD | (length << 5) : (symbol - 257) | (length << 5);
}

@inline
export function distanceOf(symbol: u32, length: u32): u32 {
  if (symbol > 29) return ODD_DISTANCE | WRONG | length;
  const info = load<u32>(DISTANCES + (symbol << 2));
  return (length + (info & 255)) | (length << 8) | ((info >> 8) << 16);
}

/**
 * The table of a stream's literals and lengths. A slot holds two literals wherever the codes of both fit: in 16-bit samples of little spread
 * a steady high byte and a noisy low byte are looked up, and written, as one.
 */
export function buildLiterals(s: usize, isIncomplete: bool): void {
  const alone = isIncomplete ? ODD | BAD | (1 << 5) : ODD;
  store<u8>(s, 0, STEP);
  store<u16>(s, alone, WHAT);
  let code: u32 = 0;
  let at: u32 = 0;
  let literals: u32 = 0;
  let shortest: u32 = 0;
  for (let length: u32 = 1; length <= LITERAL_BITS; length++) {
    doubleTable(s + STEP, 1 << (length - 1));
    doubleTable(s + WHAT, 1 << length);
    store<u32>(PACKED_START + (length << 2), PACKED + (literals << 2));
    for (const end = at + load<u16>(s + (length << 1), LITERAL_COUNTS); at < end; at++) {
      const symbol: u32 = load<u16>(s + (at << 1), LITERAL_SORTED);
      store<u8>(s + code, symbol < 256 ? length | 0x40 : 0, STEP);
      store<u16>(s + (code << 1), whatOf(symbol, length), WHAT);
      if (symbol < 256) store<u32>(PACKED + (literals++ << 2), code | (symbol << 16));
      code = nextCode(code, length);
    }
    store<u32>(PACKED_START + ((length + 1) << 2), PACKED + (literals << 2));
    if (literals == 0) continue;
    if (shortest == 0) shortest = length;
    for (let first = shortest; first + shortest <= length; first++) addPairs(s, first, length - first);
  }
}

/** All pairs of a literal whose code has `first` bits and one whose code has `second`. */
@inline
function addPairs(s: usize, first: u32, second: u32): void {
  const from = load<u32>(PACKED_START + (second << 2));
  const to = load<u32>(PACKED_START + ((second + 1) << 2));
  const end = load<u32>(PACKED_START + ((first + 1) << 2));
  const step = (first + second) | 0x80;
  for (let p = load<u32>(PACKED_START + (first << 2)); p < end; p += 4) {
    const one = load<u32>(p);
    for (let q = from; q < to; q += 4) {
      const two = load<u32>(q);
      const code = (one & 0xffff) | ((two & 0xffff) << first);
      store<u8>(s + code, step, STEP);
      store<u16>(s + (code << 1), (one >> 16) | ((two >> 8) & 0xff00), WHAT);
    }
  }
}

export function buildDistances(s: usize, isIncomplete: bool): void {
  const table = s + DISTANCE;
  store<u32>(table, isIncomplete ? ODD_DISTANCE | WRONG | 1 : ODD_DISTANCE);
  let code: u32 = 0;
  let at: u32 = 0;
  for (let length: u32 = 1; length <= DISTANCE_BITS; length++) {
    doubleTable(table, 2 << length);
    for (const end = at + load<u16>(s + (length << 1), DISTANCE_COUNTS); at < end; at++) {
      store<u32>(table + (code << 2), distanceOf(load<u16>(s + (at << 1), DISTANCE_SORTED), length));
      code = nextCode(code, length);
    }
  }
}

/** The table of the code for code lengths, `length | symbol << 16`; sorted into the room of the literals. */
export function buildPrecode(s: usize): void {
  store<u32>(PRECODE, 1);
  let code: u32 = 0;
  let at: u32 = 0;
  for (let length: u32 = 1; length <= PRECODE_BITS; length++) {
    doubleTable(PRECODE, 2 << length);
    for (const end = at + load<u16>(s + (length << 1), LITERAL_COUNTS); at < end; at++) {
      store<u32>(PRECODE + (code << 2), length | ((load<u16>(s + (at << 1), LITERAL_SORTED) as u32) << 16));
      code = nextCode(code, length);
    }
  }
}

/** A code bit by bit: `symbol | length << 16`, or -1 where there are not bits enough. */
export function decodeLong(bits: u32, available: u32, counts: usize, sorted: usize): i32 {
  let code: u32 = 0;
  let first: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length < 16 && length <= available; length++) {
    code |= bits & 1;
    bits >>= 1;
    const count: u32 = load<u16>(counts + (length << 1));
    if (code < first + count) return load<u16>(sorted + ((index + code - first) << 1)) | (length << 16);
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}
