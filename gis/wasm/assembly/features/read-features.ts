// Features of GeoJSON one after the other, as many as are whole: the coordinates of each are read, all else is written down for whoever reads JSON.
import { DEPTHS, FROMS, MAX_FEATURES, NUMBERS, PARTS, REST, RINGS, TEXT, TOS } from './layout';
import { afterBlanks, beginCoordinates, depth, dropCoordinates, keepCoordinates, numbers, parts, readCoordinates, rings } from './read-coordinates';
import { fillPowers } from './read-number';

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const OPEN: u8 = 0x7b;
const CLOSE: u8 = 0x7d;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const BRACKET: u8 = 0x5b;

let end: usize = 0;
let rest: usize = 0;

/** Bytes of the text up to the end of the last feature read. */
export function readBytes(): u32 {
  return (read - TEXT) as u32;
}
let read: usize = TEXT;

/** Bytes of what was written down. */
export function restBytes(): u32 {
  return (rest - REST) as u32;
}

/**
 * Reads the features, with commas between them, that lie in so many bytes of text; answers how many are whole. They are written down as one array,
 * `"\u0000"` in the place of coordinates that were read. A feature has coordinates once, and those of its geometry: of all others the
 * depth is 0, and a nought is written down.
 */
export function readFeatures(bytes: u32): u32 {
  end = TEXT + (bytes as usize);
  store<u64>(end, 0);
  store<u64>(end, 0, 8);
  fillPowers();
  rest = REST;
  write(BRACKET);
  read = TEXT;
  beginCoordinates();
  let count: usize = 0;
  for (let at = afterBlanks(TEXT); count < MAX_FEATURES && load<u8>(at) == OPEN; ) {
    const wasRest = rest;
    if (count > 0) write(COMMA);
    keepCoordinates();
    const after = readFeature(at);
    if (after == 0) {
      dropCoordinates();
      rest = wasRest;
      break;
    }
    store<u32>(FROMS + (count << 2), (at - TEXT) as u32);
    store<u32>(TOS + (count << 2), (after - TEXT) as u32);
    store<u32>(NUMBERS + (count << 2), numbers);
    store<u32>(RINGS + (count << 2), rings);
    store<u32>(PARTS + (count << 2), parts);
    store<u8>(DEPTHS + count, depth);
    count++;
    read = after;
    at = afterBlanks(after);
    if (load<u8>(at) != COMMA) break;
    at = afterBlanks(at + 1);
  }
  write(0x5d);
  return count as u32;
}

/** Where the feature ends; 0 where the text does before. */
function readFeature(from: usize): usize {
  const wasRest = rest;
  let braces = 0;
  let found = 0;
  let isInGeometry = false;
  let copied = from;
  for (let at = from; at < end; ) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      const after = afterString(at);
      if (after == 0) return 0;
      const colon = braces == 1 || isInGeometry ? afterBlanks(after) : after;
      if (load<u8>(colon) == COLON) {
        if (braces == 1) isInGeometry = isGeometry(at, after);
        else if (braces == 2 && isInGeometry && isCoordinates(at, after)) {
          const value = afterBlanks(colon + 1);
          const close = found == 0 ? readCoordinates(value) : 0;
          found += close == 0 ? 2 : 1;
          if (close != 0) {
            copy(copied, value);
            // "\u0000"
            store<u64>(rest, 0x2230303030755c22);
            rest += 8;
            copied = close;
            at = close;
            continue;
          }
        }
      }
      at = after;
      continue;
    }
    at++;
    if (byte == OPEN) braces++;
    else if (byte == CLOSE) {
      braces--;
      if (braces > 0) continue;
      if (found == 1) copy(copied, at);
      else {
        dropCoordinates();
        rest = wasRest;
        write(0x30);
      }
      return at;
    }
  }
  return 0;
}

@inline
function write(byte: u8): void {
  store<u8>(rest++, byte);
}

@inline
function copy(from: usize, to: usize): void {
  memory.copy(rest, from, to - from);
  rest += to - from;
}

/** Where a string ends; 0 where the text does before. */
function afterString(from: usize): usize {
  for (let at = from + 1; at < end; at++) {
    const byte = load<u8>(at);
    if (byte == BACKSLASH) at++;
    else if (byte == QUOTE) return at + 1;
  }
  return 0;
}

/** "geometry" */
@inline
function isGeometry(at: usize, to: usize): bool {
  return to - at == 10 && load<u64>(at, 1) == 0x797274656d6f6567;
}

/** "coordinates" */
@inline
function isCoordinates(at: usize, to: usize): bool {
  return to - at == 13 && load<u64>(at, 1) == 0x616e6964726f6f63 && load<u32>(at, 9) == 0x22736574;
}
