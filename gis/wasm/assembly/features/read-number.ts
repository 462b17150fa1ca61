// The commonest of JSON's numbers, exactly as `Number` makes them; what is rarer is left to it.
import { POWERS } from './layout';

const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const ZEROS: u64 = 0x3030303030303030;
/** With eight digits behind it a whole part up to this is still an exact double. */
const MAX_WHOLE: u64 = 90_000_000;
/** Splits a double into two halves of 26 bits (Dekker 1971). */
const SPLITTER: f64 = 134_217_729;

/** To be called before numbers are read: the room of the powers is others' as well. */
export function fillPowers(): void {
  let power: f64 = 1;
  for (let i: usize = 0; i <= 16; i++, power *= 10) store<f64>(POWERS + (i << 3), power);
}

export let number: f64 = 0;

/**
 * Reads the number at `at` into `number`. Answers where it ends; 0 where there is none, or where it has an exponent, more than sixteen decimals or
 * a whole part over 90 million, or lies so close to the middle of two doubles that it is not decided. Digits that make a whole number below 2^53
 * take one division, which is exact (Clinger 1990); of more digits the quotient is corrected by its remainder. Eight digits are taken at a time.
 */
export function readNumber(at: usize): usize {
  const isNegative = load<u8>(at) == MINUS;
  if (isNegative) at++;
  const eight = load<u64>(at) ^ ZEROS;
  const digits = digitsOf(eight);
  if (digits == 0 || (digits > 1 && (eight & 0xff) == 0)) return 0;
  const whole = valueOf(eight, digits);
  if (whole > MAX_WHOLE) return 0;
  at += digits;
  let value = whole as f64;
  if (load<u8>(at) == POINT) {
    const first = load<u64>(at, 1) ^ ZEROS;
    const decimals = digitsOf(first);
    if (decimals == 0) return 0;
    at += 1 + decimals;
    value = value * powerOf(decimals) + (valueOf(first, decimals) as f64);
    const second = decimals == 8 ? load<u64>(at) ^ ZEROS : 0xff;
    const more = digitsOf(second);
    if (more == 0) value /= powerOf(decimals);
    else {
      value = divide(value, valueOf(second, more) as f64, powerOf(more), powerOf(8 + more));
      if (value != value) return 0;
      at += more;
    }
  }
  const next = load<u8>(at);
  if (next - 0x30 <= 9 || (next | 0x20) == 0x65) return 0;
  number = isNegative ? -value : value;
  return at;
}

/** How many of eight bytes, from the first one on, are digits: they are below ten. */
@inline
function digitsOf(eight: u64): usize {
  const others = ((eight + 0x7676767676767676) | eight) & 0x8080808080808080;
  return others == 0 ? 8 : (ctz(others) as usize) >> 3;
}

/** The number that the first `count` digits make, of which there is one at least. */
@inline
function valueOf(eight: u64, count: usize): u64 {
  let digits = eight << ((64 - (count << 3)) as u64);
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  return (digits * 10_000 + (digits >> 32)) & 0xffffffff;
}

@inline
function powerOf(exponent: usize): f64 {
  return load<f64>(POWERS + (exponent << 3));
}

/** (high * shift + low) / power, rounded once; NaN where the remainder does not decide which way. */
@inline
function divide(high: f64, low: f64, shift: f64, power: f64): f64 {
  const top = high * shift;
  if (top + low < 9007199254740992) return (top + low) / power;
  const topRest = restOfProduct(high, shift, top);
  const quotient = (top + low) / power;
  const back = quotient * power;
  const backRest = restOfProduct(quotient, power, back);
  // What is large and nearly the same cancels first, and without a rounding.
  const correction = (top - back + low + (topRest - backRest)) / power;
  const value = quotient + correction;
  const error = correction - (value - quotient);
  return value + error * (1 + 1e-9) == value ? value : NaN;
}

/** What the rounded product of two doubles lacks (Dekker 1971). */
@inline
function restOfProduct(a: f64, b: f64, product: f64): f64 {
  const aSplit = SPLITTER * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = SPLITTER * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
