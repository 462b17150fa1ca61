// Where everything lies that the inflate needs: below 64 kB of the module's memory. Nothing is ever allocated: addresses are constants, and a load from
// a constant address plus an index is one instruction.

/** Bits of a code that one look into the table of literals decodes; longer codes are decoded bit by bit. */
export const LITERAL_BITS: u32 = 12;
export const DISTANCE_BITS: u32 = 9;
export const PRECODE_BITS: u32 = 7;

export const LITERAL_SLOTS: usize = 1 << LITERAL_BITS;
export const LITERAL_MASK: u32 = (1 << LITERAL_BITS) - 1;
export const DISTANCE_MASK: u32 = (1 << DISTANCE_BITS) - 1;

/** What lengths and distances begin at, and how many further bits they have: `bits | base << 8` by symbol. */
export const LENGTHS: usize = 256;
export const DISTANCES: usize = 384;
/** Code lengths of a deflate block as they are read. */
export const CODE_LENGTHS: usize = 512;
export const NEXT_PLACE: usize = 896;
export const PRECODE: usize = 1024;
/** Literals by length of their codes, `code | literal << 16`, and where each length begins. */
export const PACKED: usize = 1536;
export const PACKED_START: usize = 2752;

/** Which of sixteen bytes to repeat from, by distance up to 16. */
export const PATTERNS: usize = 2960;

/** Two streams at most are inflated at a time. Each has a room of its own, with these in it: */
export const A: usize = 4096;
export const B: usize = A + 15232;
/** First address behind all that. */
export const END_OF_INFLATE: usize = 65536;

export const NEXT_IN: usize = 0;
export const END_IN: usize = 4;
export const NEXT_OUT: usize = 8;
export const END_OUT: usize = 12;
/** Bits that were read and not yet used, the next one lowest; and how many they are. */
export const BITS: usize = 16;
export const BIT_COUNT: usize = 24;
export const IS_LAST: usize = 28;
export const START_OUT: usize = 32;
export const PHASE: usize = 36;
/** Where enough has been written: the rest of the stream is left alone. */
export const WANTED: usize = 40;

/** How far to step: bits of the code(s) in 0-5, how many literals in 6-7; 0 = not a literal. One byte for each slot. */
export const STEP: usize = 64;
/** What to write: one or two literals, or what else it is (below). Two bytes for each slot. */
export const WHAT: usize = STEP + LITERAL_SLOTS;
export const DISTANCE: usize = WHAT + 2 * LITERAL_SLOTS;
export const LITERAL_COUNTS: usize = DISTANCE + (4 << DISTANCE_BITS);
export const LITERAL_SORTED: usize = LITERAL_COUNTS + 32;
export const DISTANCE_COUNTS: usize = LITERAL_SORTED + 576;
export const DISTANCE_SORTED: usize = DISTANCE_COUNTS + 32;

// What a slot is that steps over no literal: the length symbol in 0-4 and the bits of its code in 5-8, or one of these.
/** Set for all that is no match; alone: a code longer than the table. */
export const ODD: u32 = 0x8000;
export const BAD: u32 = 0x4000;
export const END: u32 = 0x2000;

// Slots of distances: all bits in 0-5, bits of the code in 8-11, base in 16-30.
/** Not a distance: a code longer than the table, or with WRONG none at all. */
export const ODD_DISTANCE: u32 = 0x80;
export const WRONG: u32 = 0x40;

// Phases of a stream; those from DONE on are its end.
export const START: u32 = 0;
export const HEADER: u32 = 1;
export const SYMBOLS: u32 = 2;
export const TRAILER: u32 = 3;
export const DONE: u32 = 4;
/** The input ended before the stream did, or enough of it has been inflated. */
export const CUT: u32 = 5;
export const BROKEN: u32 = 6;
