import type { CoordinateReader, ReadCoordinates } from './read-coordinates.ts';
import { isSpace, skipString, skipValue } from './skip-value.ts';

/** A parsed value, and the coordinates that were packed on the way. */
export interface ParsedElement {
  readonly value: unknown;
  /** Coordinates by what stands in the array's place in `value`. */
  readonly packed: ReadonlyMap<unknown, ReadCoordinates>;
}

const COORDINATES = Buffer.from('"coordinates"');
/** Of a text in an array's place: no coordinates begin like that. */
const MARK = '\\u0000';
const PROPERTIES = Buffer.from('"properties"');
/**
 * The JSON value of `bytes[from, to)`, as `JSON.parse` makes it, but with the coordinates of polygons packed instead of in half a million
 * small arrays. Coordinates that are no rings of numbers stay as they are. Throws SyntaxError.
 */
export function parseElement(bytes: Buffer, from: number, to: number, reader: CoordinateReader): ParsedElement {
  const packed = new Map<unknown, ReadCoordinates>();
  let text = '';
  let copied = from;
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === 0x7b) depth += 1;
    else if (byte === 0x7d) depth -= 1;
    else if (byte === 0x22) {
      const end = skipString(bytes, at, to);
      if (end < 0) break;
      const valueAt = valueOf(bytes, end, to);
      if (valueAt >= 0 && depth === 1 && isText(bytes, at, end, PROPERTIES)) {
        // A property of that name is nobody's geometry.
        const after = skipValue(bytes, valueAt, to);
        if (after < 0) break;
        at = after - 1;
        continue;
      }
      const coordinates =
        valueAt >= 0 && bytes[valueAt] === 0x5b && isText(bytes, at, end, COORDINATES)
          ? reader.read(bytes, valueAt, to)
          : undefined;
      if (coordinates === undefined) {
        at = end - 1;
        continue;
      }
      text += `${bytes.toString('utf8', copied, valueAt)}"${MARK}${packed.size}"`;
      packed.set(`\0${packed.size}`, coordinates);
      copied = coordinates.end;
      at = coordinates.end - 1;
    }
  }
  text += bytes.toString('utf8', copied, to);
  return { value: JSON.parse(text), packed };
}

/** Where the value after a key begins, or -1 where the string was no key. */
function valueOf(bytes: Uint8Array, at: number, to: number): number {
  let i = at;
  while (i < to && isSpace(bytes[i] as number)) i += 1;
  if (bytes[i] !== 0x3a) return -1;
  i += 1;
  while (i < to && isSpace(bytes[i] as number)) i += 1;
  return i < to ? i : -1;
}

const isText = (bytes: Buffer, from: number, to: number, text: Buffer): boolean =>
  to - from === text.length && bytes.compare(text, 0, text.length, from, to) === 0;
