const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Digits after the point that are gathered as one whole number; those beyond are gathered as a second one. */
const GROUP = 8;
/** With a group of digits behind it a whole part up to this is still an exact double. */
const MAX_WHOLE = 90_000_000;
/** Splits a double into two halves of 26 bits (Dekker 1971). */
const SPLITTER = 2 ** 27 + 1;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;

/** A text and the same bytes to be read by words. */
export interface NumberText {
  readonly bytes: Buffer;
  readonly words: DataView;
}

export const numberText = (bytes: Buffer): NumberText => ({
  bytes,
  words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/**
 * Writes the JSON number at `at` to `out[index]`, exactly as `JSON.parse` makes it, and answers where it ends; -1 where there is none.
 * Coordinates are nearly all of a file of zones, and making a string of each takes ten times as long. Digits are taken four at a time. Digits
 * that make a whole number below 2^53 take one division, which is exact (Clinger 1990); of more digits, up to sixteen decimals, the quotient is
 * corrected by its remainder. What then lies too close to the middle of two doubles, has an exponent or more decimals is left to `Number`.
 */
export function readNumber(text: NumberText, at: number, to: number, out: Float64Array, index: number): number {
  const { bytes, words } = text;
  const isNegative = bytes[at] === MINUS;
  const start = isNegative ? at + 1 : at;
  let i = start;
  let whole = 0;
  const first = i + 4 <= to ? fourDigits(words.getInt32(i, true)) : -1;
  if (first >= 0) {
    whole = first;
    i += 4;
  }
  for (; i < to && whole <= MAX_WHOLE; i += 1) {
    const byte = bytes[i] as number;
    if (byte < ZERO || byte > NINE) break;
    whole = whole * 10 + (byte - ZERO);
  }
  if (i === start || whole > MAX_WHOLE || (bytes[start] === ZERO && i > start + 1))
    return readByLibrary(text, at, to, out, index);
  if (i >= to || bytes[i] !== POINT) return finish(text, at, i, to, isNegative ? -whole : whole, out, index);
  const fraction = i + 1;
  i = fraction;
  let high = 0;
  let low = 0;
  for (let groupEnd = fraction + GROUP; ; groupEnd += GROUP) {
    let group = 0;
    while (i + 4 <= groupEnd && i + 4 <= to) {
      const four = fourDigits(words.getInt32(i, true));
      if (four < 0) break;
      group = group * 10_000 + four;
      i += 4;
    }
    for (; i < groupEnd && i < to; i += 1) {
      const byte = bytes[i] as number;
      if (byte < ZERO || byte > NINE) break;
      group = group * 10 + (byte - ZERO);
    }
    if (groupEnd === fraction + GROUP) high = group;
    else low = group;
    if (i < groupEnd || groupEnd === fraction + 2 * GROUP) break;
  }
  const decimals = i - fraction;
  if (decimals === 0) return -1;
  const value =
    decimals <= GROUP
      ? (whole * (POWERS[decimals] as number) + high) / (POWERS[decimals] as number)
      : divide(whole * (POWERS[GROUP] as number) + high, low, decimals - GROUP, decimals);
  return finish(text, at, i, to, isNegative ? -value : value, out, index);
}

/** The number that four digits make, the first in the lowest byte; -1 where one is none. */
function fourDigits(word: number): number {
  if (((word & 0xf0f0f0f0) | 0) !== 0x30303030 || (((word + 0x06060606) & 0xf0f0f0f0) | 0) !== 0x30303030) return -1;
  const pairs = Math.imul(word & 0x000f000f, 10) + ((word >>> 8) & 0x000f000f);
  return Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
}

/** Takes a value whose text ended at `end`, unless there is more to it or it is not decided. */
function finish(
  text: NumberText,
  at: number,
  end: number,
  to: number,
  value: number,
  out: Float64Array,
  index: number,
): number {
  const next = end < to ? (text.bytes[end] as number) : 0;
  const hasMore = (next >= ZERO && next <= NINE) || (next | 0x20) === 0x65;
  if (hasMore || value !== value) return readByLibrary(text, at, to, out, index);
  out[index] = value;
  return end;
}

/** (high * 10^lowDigits + low) / 10^decimals, rounded once; NaN where the remainder does not decide which way. */
function divide(high: number, low: number, lowDigits: number, decimals: number): number {
  const shift = POWERS[lowDigits] as number;
  const power = POWERS[decimals] as number;
  const top = high * shift;
  if (top + low < 2 ** 53) return (top + low) / power;
  const topRest = restOfProduct(high, shift, top);
  const quotient = (top + low) / power;
  const back = quotient * power;
  const backRest = restOfProduct(quotient, power, back);
  // What is large and nearly the same cancels first, and without a rounding.
  const correction = (top - back + low + (topRest - backRest)) / power;
  const value = quotient + correction;
  const error = correction - (value - quotient);
  return value + error * (1 + 1e-9) === value ? value : NaN;
}

/** What the rounded product of two doubles lacks (Dekker 1971). */
function restOfProduct(a: number, b: number, product: number): number {
  const aSplit = SPLITTER * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = SPLITTER * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function readByLibrary({ bytes }: NumberText, at: number, to: number, out: Float64Array, index: number): number {
  let end = at;
  while (end < to && isOfNumber(bytes[end] as number)) end += 1;
  const text = bytes.toString('latin1', at, end);
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return -1;
  out[index] = Number(text);
  return end;
}

const isOfNumber = (byte: number): boolean =>
  (byte >= ZERO && byte <= NINE) || byte === MINUS || byte === POINT || byte === 0x2b || (byte | 0x20) === 0x65;
