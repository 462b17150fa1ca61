// Inflates zlib streams, one or two at a time, between addresses that the caller chooses. Input has to be
// followed by 8 bytes of the caller's, output by 32: words may be read and written across the ends there.
import { readBlockHead, readStreamHead, checkSum } from './frame';
import {
  A, B, BITS, BIT_COUNT, BROKEN, CUT, DONE, END_IN, END_OUT, HEADER, IS_LAST, NEXT_IN, NEXT_OUT, ODD, PHASE, START,
  START_OUT, STEP, SYMBOLS, TRAILER, WANTED, WHAT, LITERAL_MASK,
} from './layout';
import { hasRoom } from './round';
import { runBoth } from './run-both';
import { runOne } from './run-one';
import { takeSymbol } from './symbol';
import { fillConstants } from './tables';

export { A, B };

fillConstants();

/**
 * Gives stream `s` its input and the room for its output. Once `wantedBytes` have been written the rest is left alone, its checksum
 * unread: fewer than the stream holds mean that only what was passed on the way is known to be sound.
 */
export function open(s: usize, input: u32, inputBytes: u32, output: u32, outputBytes: u32, wantedBytes: u32): void {
  store<u32>(s, input, NEXT_IN);
  store<u32>(s, input + inputBytes, END_IN);
  store<u32>(s, output, NEXT_OUT);
  store<u32>(s, output + outputBytes, END_OUT);
  store<u32>(s, output, START_OUT);
  store<u32>(s, output + wantedBytes, WANTED);
  store<u64>(s, 0, BITS);
  store<u32>(s, 0, BIT_COUNT);
  store<u32>(s, 0, IS_LAST);
  store<u32>(s, START, PHASE);
}

/** Bytes written: all of them, or those before the input's end, or a few more than were wanted. -1 for a stream that is corrupt or does not fit its room. */
export function written(s: usize): i32 {
  return phaseOf(s) == BROKEN ? -1 : load<u32>(s, NEXT_OUT) - load<u32>(s, START_OUT);
}

@inline
function phaseOf(s: usize): u32 {
  return load<u32>(s, PHASE);
}

function takeStep(s: usize): void {
  const phase = phaseOf(s);
  const after =
    phase == SYMBOLS ? takeSymbol(s) : phase == HEADER ? readBlockHead(s) : phase == START ? readStreamHead(s) : checkSum(s);
  const isEnough = after < TRAILER && load<u32>(s, NEXT_OUT) >= load<u32>(s, WANTED);
  store<u32>(s, isEnough ? CUT : after, PHASE);
}

export function inflateOne(s: usize): void {
  while (phaseOf(s) < DONE) {
    if (phaseOf(s) == SYMBOLS && hasRoom(s)) runOne(s);
    takeStep(s);
  }
}

/** Steps to the next symbols; false where the stream ends before, or has too little room for the fast loops. */
function reachSymbols(s: usize): bool {
  while (phaseOf(s) < DONE && phaseOf(s) != SYMBOLS) takeStep(s);
  return phaseOf(s) == SYMBOLS && hasRoom(s);
}

/** Whether the fast loops cannot take the next symbol. */
function isOdd(s: usize): bool {
  const slot = (load<u64>(s, BITS) as u32) & LITERAL_MASK;
  return load<u8>(s + slot, STEP) == 0 && (load<u16>(s + (slot << 1), WHAT) & ODD) != 0;
}

export function inflateBoth(): void {
  while (reachSymbols(A) && reachSymbols(B)) {
    runBoth();
    const isOddA = isOdd(A);
    const isOddB = isOdd(B);
    if (isOddA || !isOddB) takeStep(A);
    if (isOddB || !isOddA) takeStep(B);
  }
  inflateOne(A);
  inflateOne(B);
}
