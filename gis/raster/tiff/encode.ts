import { FIELD, FIELD_BYTES } from './tags.ts';

/** One tag to be written. Text is written as ASCII with its closing zero. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: (typeof FIELD)[keyof typeof FIELD];
  readonly values: readonly number[] | string;
}

const utf8 = (text: string): number[] => {
  const bytes: number[] = [];
  for (const char of encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^%]/g)) {
    bytes.push(char[1] === undefined ? char[0].charCodeAt(0) : Number.parseInt(char[1], 16));
  }
  return bytes;
};

/** Header of a little-endian file whose first directory lies at `firstDirectory`. */
export function encodeTiffHeader(bigTiff: boolean, firstDirectory: number): Uint8Array {
  const bytes = new Uint8Array(bigTiff ? 16 : 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, bigTiff ? 43 : 42, true);
  if (bigTiff) {
    view.setUint16(4, 8, true);
    view.setBigUint64(8, BigInt(firstDirectory), true);
  } else view.setUint32(4, firstDirectory, true);
  return bytes;
}

/** Bytes of one directory that will lie at `offset`, its long values behind it; `next` = offset of the following one, given the length of this one. */
export function encodeTiffDirectory(
  entries: readonly TiffEntry[],
  offset: number,
  bigTiff: boolean,
  isLast: boolean,
): Uint8Array {
  const sorted = [...entries].sort((a, b) => a.tag - b.tag);
  const entryBytes = bigTiff ? 20 : 12;
  const countBytes = bigTiff ? 8 : 2;
  const pointerBytes = bigTiff ? 8 : 4;
  const fixedBytes = countBytes + sorted.length * entryBytes + pointerBytes;
  const payloads = sorted.map(entry => encodeValues(entry));
  const heapBytes = payloads.reduce(
    (sum, payload) => sum + (payload.length > pointerBytes ? even(payload.length) : 0),
    0,
  );
  const bytes = new Uint8Array(even(fixedBytes) + heapBytes);
  const view = new DataView(bytes.buffer);
  const setPointer = (at: number, value: number): void =>
    bigTiff ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  if (bigTiff) view.setBigUint64(0, BigInt(sorted.length), true);
  else view.setUint16(0, sorted.length, true);
  let heap = even(fixedBytes);
  sorted.forEach((entry, index) => {
    const at = countBytes + index * entryBytes;
    const payload = payloads[index] as Uint8Array;
    view.setUint16(at, entry.tag, true);
    view.setUint16(at + 2, entry.type, true);
    setPointer(at + 4, payload.length / (FIELD_BYTES[entry.type] as number));
    const valueAt = at + 4 + pointerBytes;
    if (payload.length <= pointerBytes) bytes.set(payload, valueAt);
    else {
      setPointer(valueAt, offset + heap);
      bytes.set(payload, heap);
      heap += even(payload.length);
    }
  });
  setPointer(countBytes + sorted.length * entryBytes, isLast ? 0 : offset + bytes.length);
  return bytes;
}

const even = (length: number): number => length + (length & 1);

function encodeValues(entry: TiffEntry): Uint8Array {
  const values = typeof entry.values === 'string' ? [...utf8(entry.values), 0] : entry.values;
  const size = FIELD_BYTES[entry.type] as number;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    const at = index * size;
    if (entry.type === FIELD.double) view.setFloat64(at, value, true);
    else if (entry.type === FIELD.long8) view.setBigUint64(at, BigInt(value), true);
    else if (entry.type === FIELD.long) view.setUint32(at, value, true);
    else if (entry.type === FIELD.short) view.setUint16(at, value, true);
    else view.setUint8(at, value);
  });
  return bytes;
}
