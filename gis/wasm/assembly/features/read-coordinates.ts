// Coordinates of polygons from text to numbers. Whoever calls has put a nought behind the text, which is part of nothing.
import { OUTERS, PART_ENDS, POSITIONS, RING_ENDS } from './layout';
import { number, readNumber } from './read-number';

const OPEN: u8 = 0x5b;
const CLOSE: u8 = 0x5d;
const COMMA: u8 = 0x2c;

/** How many numbers, rings and parts there are of all features so far. */
export let numbers: u32 = 0;
export let rings: u32 = 0;
export let parts: u32 = 0;
/** Of the feature in hand: those of the features before it, and how deep its coordinates are. */
let firstNumber: u32 = 0;
let firstRing: u32 = 0;
let firstPart: u32 = 0;
export let depth: u8 = 0;

export function beginCoordinates(): void {
  numbers = 0;
  rings = 0;
  parts = 0;
}

/** Goes back to where the feature in hand began. */
export function dropCoordinates(): void {
  numbers = firstNumber;
  rings = firstRing;
  parts = firstPart;
  depth = 0;
}

/** What comes is of a new feature. */
export function keepCoordinates(): void {
  firstNumber = numbers;
  firstRing = rings;
  firstPart = parts;
  depth = 0;
}

/** The array at `at`. Answers where it ends; 0 where it holds anything else than rings of positions, or numbers that are left to others. */
export function readCoordinates(at: usize): usize {
  let inner = at;
  let brackets: u8 = 0;
  for (; load<u8>(inner) == OPEN; inner = afterBlanks(inner + 1)) brackets++;
  depth = brackets;
  if (brackets == 3) return readPart(at);
  if (brackets != 4) return 0;
  do {
    at = readPart(afterBlanks(at + 1));
    if (at == 0) return 0;
    at = afterBlanks(at);
  } while (load<u8>(at) == COMMA);
  return load<u8>(at) == CLOSE ? at + 1 : 0;
}

function readPart(at: usize): usize {
  if (load<u8>(at) != OPEN) return 0;
  store<u8>(OUTERS + (rings as usize), 1);
  do {
    at = readRing(afterBlanks(at + 1));
    if (at == 0) return 0;
    at = afterBlanks(at);
    store<u32>(RING_ENDS + ((rings as usize) << 2), (numbers - firstNumber) >> 1);
    rings++;
    store<u8>(OUTERS + (rings as usize), 0);
  } while (load<u8>(at) == COMMA);
  store<u32>(PART_ENDS + ((parts as usize) << 2), rings - firstRing);
  parts++;
  return load<u8>(at) == CLOSE ? at + 1 : 0;
}

/** Positions have two numbers, and perhaps more that are passed over. */
function readRing(at: usize): usize {
  if (load<u8>(at) != OPEN) return 0;
  let to = POSITIONS + ((numbers as usize) << 3);
  do {
    at = afterBlanks(at + 1);
    if (load<u8>(at) != OPEN) return 0;
    at = readNumber(afterBlanks(at + 1));
    if (at == 0) return 0;
    store<f64>(to, number);
    at = afterBlanks(at);
    if (load<u8>(at) != COMMA) return 0;
    at = readNumber(afterBlanks(at + 1));
    if (at == 0) return 0;
    store<f64>(to, number, 8);
    for (at = afterBlanks(at); load<u8>(at) == COMMA; at = afterBlanks(at)) {
      at = readNumber(afterBlanks(at + 1));
      if (at == 0) return 0;
    }
    if (load<u8>(at) != CLOSE) return 0;
    to += 16;
    at = afterBlanks(at + 1);
  } while (load<u8>(at) == COMMA);
  numbers = ((to - POSITIONS) >> 3) as u32;
  return load<u8>(at) == CLOSE ? at + 1 : 0;
}

@inline
export function afterBlanks(at: usize): usize {
  while (isBlank(load<u8>(at))) at++;
  return at;
}

@inline
function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}
