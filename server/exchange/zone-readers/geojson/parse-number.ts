/** A number read from text: its value and where it ends. One object is used again and again. */
export interface ReadNumber {
  value: number;
  end: number;
}

const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Digits that a double always holds exactly. */
const EXACT_DIGITS = 15;
const MAX_DIGITS = 19;
/** Splits a double into two halves of 26 bits (Dekker 1971). */
const SPLITTER = 2 ** 27 + 1;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;

/**
 * Reads the JSON number at `at` exactly as `JSON.parse` does; false where there is none. Coordinates are nearly all of a file of zones, and
 * making a string of each takes five times as long. Up to 15 digits one division is exact (Clinger 1990); up to 19 the quotient is corrected
 * by its remainder, and what then lies too close to the middle of two doubles, or has an exponent, is left to `Number`.
 */
export function readNumber(bytes: Buffer, at: number, to: number, out: ReadNumber): boolean {
  const isNegative = bytes[at] === MINUS;
  const start = isNegative ? at + 1 : at;
  let i = start;
  let high = 0;
  let low = 0;
  let lowDigits = 0;
  let digits = 0;
  let point = -1;
  for (; i < to; i += 1) {
    const byte = bytes[i] as number;
    if (byte >= ZERO && byte <= NINE) {
      if (digits < EXACT_DIGITS) high = high * 10 + (byte - ZERO);
      else {
        low = low * 10 + (byte - ZERO);
        lowDigits += 1;
      }
      if (digits > 0 || byte !== ZERO) digits += 1;
    } else if (byte === POINT && point < 0) point = i;
    else break;
  }
  const whole = (point < 0 ? i : point) - start;
  const decimals = point < 0 ? 0 : i - point - 1;
  if (whole === 0 || (point >= 0 && decimals === 0) || (whole > 1 && bytes[start] === ZERO)) return false;
  const hasExponent = i < to && ((bytes[i] as number) | 0x20) === 0x65;
  out.end = i;
  if (hasExponent || digits > MAX_DIGITS || decimals > 22) return readByLibrary(bytes, at, to, out);
  const value = lowDigits === 0 ? high / (POWERS[decimals] as number) : divide(high, low, lowDigits, decimals);
  if (value !== value) return readByLibrary(bytes, at, to, out);
  out.value = isNegative ? -value : value;
  return true;
}

/** (high * 10^lowDigits + low) / 10^decimals, rounded once; NaN where the remainder does not decide which way. */
function divide(high: number, low: number, lowDigits: number, decimals: number): number {
  const shift = POWERS[lowDigits] as number;
  const power = POWERS[decimals] as number;
  const top = high * shift;
  const topRest = restOfProduct(high, shift, top);
  const quotient = (top + low) / power;
  const back = quotient * power;
  const backRest = restOfProduct(quotient, power, back);
  const correction = (top - back + (topRest - backRest + low)) / power;
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

function readByLibrary(bytes: Buffer, at: number, to: number, out: ReadNumber): boolean {
  let end = at;
  while (end < to && isOfNumber(bytes[end] as number)) end += 1;
  const text = bytes.toString('latin1', at, end);
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return false;
  out.value = Number(text);
  out.end = end;
  return true;
}

const isOfNumber = (byte: number): boolean =>
  (byte >= ZERO && byte <= NINE) || byte === MINUS || byte === POINT || byte === 0x2b || (byte | 0x20) === 0x65;
