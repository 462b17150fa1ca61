// Values of zones that lie in several blocks, kept from one block to the next in chunks: a zone takes as many as it needs and leaves them.
import { MAX_VALUES, PART_WEIGHTS, VALUES } from '../percentiles/layout';
import { TOTALS } from './layout';

const CHUNK_BYTES: usize = 2048;
/** The address of the next chunk and how many numbers are in this one (u32). */
const HEAD_BYTES: usize = 16;
const CHUNK_NUMBERS: u32 = 254;
/** So many chunks of a list are brought back at a time: what is in them has room. */
const MOST_BROUGHT: u32 = 256;

/** A zone's first chunk of values of cells wholly inside, of others, and of their weights; how many there are of either; and whether more are elsewhere. */
export const RECORD_WORDS: u32 = 6;

let records: usize = 0;
let freeChunks: u32 = 0;
/** Those that were left, and where those begin that were never taken. */
let firstLeft: usize = 0;
let fresh: usize = 0;

/** Room for the records of zones, all nought, and for so many bytes of chunks. */
export function openValues(ofRecords: usize, ofChunks: usize, bytes: usize): void {
  records = ofRecords;
  fresh = ofChunks;
  firstLeft = 0;
  freeChunks = (bytes / CHUNK_BYTES) as u32;
}

/** How many values of a zone are held. */
export function heldCount(zone: usize): u32 {
  const record = recordOf(zone);
  return load<u32>(record, 12) + load<u32>(record, 16);
}

/** Whether somebody else has values of the zone as well. */
export function isElsewhere(zone: usize): bool {
  return load<u32>(recordOf(zone), 20) != 0;
}

/** Holds the values that `keepPairs` has written last; false where somebody else has to, for there is no room, or they are too many to be looked through. */
export function holdValues(zone: usize): bool {
  const record = recordOf(zone);
  const whole = load<f64>(TOTALS, 72) as u32;
  const parts = load<f64>(TOTALS, 80) as u32;
  const isTooMany = heldCount(zone) + whole + parts > MAX_VALUES;
  if (isTooMany || chunksFor(whole) + 2 * chunksFor(parts) > freeChunks) {
    store<u32>(record, 1, 20);
    return false;
  }
  push(record, VALUES, whole);
  push(record + 4, VALUES + ((whole as usize) << 3), parts);
  push(record + 8, PART_WEIGHTS, parts);
  store<u32>(record, load<u32>(record, 12) + whole, 12);
  store<u32>(record, load<u32>(record, 16) + parts, 16);
  return true;
}

/** Brings all that is held of a zone to those that `keepPairs` has written last: there is room for them. */
export function joinValues(zone: usize): void {
  const record = recordOf(zone);
  const whole = load<f64>(TOTALS, 72) as u32;
  const parts = load<f64>(TOTALS, 80) as u32;
  const heldWhole = load<u32>(record, 12);
  const heldParts = load<u32>(record, 16);
  const wholeEnd = VALUES + ((whole as usize) << 3);
  const partsEnd = wholeEnd + (((heldWhole + parts) as usize) << 3);
  memory.copy(wholeEnd + ((heldWhole as usize) << 3), wholeEnd, (parts as usize) << 3);
  pull(record, wholeEnd, -1);
  pull(record + 4, partsEnd, -1);
  pull(record + 8, PART_WEIGHTS + ((parts as usize) << 3), -1);
  told(record, heldWhole, heldParts, whole + heldWhole, parts + heldParts);
}

/** Brings some of what is held of a zone to where `keepPairs` writes, over what is there. */
export function bringValues(zone: usize): void {
  const record = recordOf(zone);
  const whole = pull(record, VALUES, MOST_BROUGHT);
  const parts = pull(record + 4, VALUES + ((whole as usize) << 3), MOST_BROUGHT);
  pull(record + 8, PART_WEIGHTS, MOST_BROUGHT);
  told(record, whole, parts, whole, parts);
}

function told(record: usize, takenWhole: u32, takenParts: u32, whole: u32, parts: u32): void {
  store<u32>(record, load<u32>(record, 12) - takenWhole, 12);
  store<u32>(record, load<u32>(record, 16) - takenParts, 16);
  store<f64>(TOTALS, whole as f64, 72);
  store<f64>(TOTALS, parts as f64, 80);
}

@inline
function recordOf(zone: usize): usize {
  return records + zone * RECORD_WORDS * 4;
}

@inline
function chunksFor(numbers: u32): u32 {
  return (numbers + CHUNK_NUMBERS - 1) / CHUNK_NUMBERS;
}

/** Puts numbers before those of a list. */
function push(list: usize, from: usize, count: u32): void {
  for (let left = count; left > 0; ) {
    const numbers = min(left, CHUNK_NUMBERS);
    let chunk = firstLeft;
    if (chunk == 0) {
      chunk = fresh;
      fresh += CHUNK_BYTES;
    } else firstLeft = load<u32>(chunk);
    freeChunks--;
    store<u32>(chunk, load<u32>(list));
    store<u32>(chunk, numbers, 4);
    memory.copy(chunk + HEAD_BYTES, from, (numbers as usize) << 3);
    store<u32>(list, chunk as u32);
    from += (numbers as usize) << 3;
    left -= numbers;
  }
}

/** Takes so many chunks of numbers from a list, and answers how many numbers that were. */
function pull(list: usize, to: usize, most: u32): u32 {
  let count: u32 = 0;
  let chunk: usize = load<u32>(list);
  for (let left = most; chunk != 0 && left > 0; left--) {
    const next: usize = load<u32>(chunk);
    const numbers = load<u32>(chunk, 4);
    memory.copy(to, chunk + HEAD_BYTES, (numbers as usize) << 3);
    to += (numbers as usize) << 3;
    count += numbers;
    store<u32>(chunk, firstLeft as u32);
    firstLeft = chunk;
    freeChunks++;
    chunk = next;
  }
  store<u32>(list, chunk as u32);
  return count;
}
