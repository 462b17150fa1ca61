const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const RECORD_SEPARATOR = 0x1e;

/** What stands between the values of an array or of a sequence. */
export const isBetweenValues = (byte: number): boolean => byte === COMMA || byte === RECORD_SEPARATOR || isSpace(byte);

/** Index after the string that begins at `at`; -1 where `to` comes first. */
export function skipString(bytes: Uint8Array, at: number, to: number): number {
  for (let i = at + 1; i < to; i += 1) {
    const byte = bytes[i] as number;
    if (byte === BACKSLASH) i += 1;
    else if (byte === QUOTE) return i + 1;
  }
  return -1;
}

/** Index after the JSON value that begins at `at`, by its brackets alone; -1 where `to` comes first. Nothing is checked. */
export function skipValue(bytes: Buffer, at: number, to: number): number {
  const first = bytes[at] as number;
  if (first === QUOTE) return skipString(bytes, at, to);
  if (first === OPEN_BRACE) return skipNested(bytes, at, to, OPEN_BRACE, CLOSE_BRACE);
  if (first === OPEN_BRACKET) return skipNested(bytes, at, to, OPEN_BRACKET, CLOSE_BRACKET);
  for (let i = at; i < to; i += 1) {
    const byte = bytes[i] as number;
    if (byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE || isSpace(byte)) return i;
  }
  return -1;
}

/** Counts brackets of one kind: those of the other close in between, or it is no JSON and its reader says so. */
function skipNested(bytes: Buffer, at: number, to: number, open: number, close: number): number {
  const numbers = new NumberSkipper(bytes);
  let depth = 0;
  for (let i = at; i < to; i += 1) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) {
      i = skipString(bytes, i, to) - 1;
      if (i < 0) return -1;
    } else if (byte === open) depth += 1;
    else if (byte === close) {
      depth -= 1;
      if (depth === 0) return i + 1;
    } else if (byte === OPEN_BRACKET) i = numbers.endOf(i) - 1;
  }
  return -1;
}

/** Coordinates are most of a file of zones: the machine looks for their end. What it has found is kept, so that nothing is looked at twice. */
class NumberSkipper {
  private readonly bytes: Buffer;
  private quote = -1;
  private open = -1;
  private close = -1;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Where a string or an object begins or ends after a bracket. */
  endOf(from: number): number {
    this.quote = this.next(QUOTE, this.quote, from);
    this.open = this.next(OPEN_BRACE, this.open, from);
    this.close = this.next(CLOSE_BRACE, this.close, from);
    return Math.min(this.quote, this.open, this.close);
  }

  private next(byte: number, known: number, from: number): number {
    if (known > from) return known;
    const found = this.bytes.indexOf(byte, from);
    return found < 0 ? this.bytes.length : found;
  }
}
