const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

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
export function skipValue(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at] as number;
  if (first === QUOTE) return skipString(bytes, at, to);
  if (first !== 0x7b && first !== 0x5b) {
    for (let i = at; i < to; i += 1) {
      const byte = bytes[i] as number;
      if (byte === 0x2c || byte === 0x5d || byte === 0x7d || isSpace(byte)) return i;
    }
    return -1;
  }
  let depth = 0;
  for (let i = at; i < to; i += 1) {
    const byte = bytes[i] as number;
    // Digits, points, commas and blanks: most of a file of zones.
    if (byte < 0x5b && byte !== QUOTE) continue;
    if (byte === QUOTE) {
      i = skipString(bytes, i, to) - 1;
      if (i < 0) return -1;
    } else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}
