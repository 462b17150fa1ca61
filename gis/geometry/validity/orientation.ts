/** Relative error bound of the two-by-two determinant in doubles: (3 + 16ε)ε (Shewchuk 1997). */
const EPSILON = 2 ** -53;
const ERROR_BOUND = (3 + 16 * EPSILON) * EPSILON;

/**
 * On which side of the line a→b the point c lies: 1 left, −1 right, 0 exactly on it. Exact: when rounding could change
 * the sign, the determinant is taken again in integers.
 */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): -1 | 0 | 1 {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const determinant = left - right;
  const bound = ERROR_BOUND * (Math.abs(left) + Math.abs(right));
  if (determinant > bound) return 1;
  if (determinant < -bound) return -1;
  if (left === 0 && right === 0) {
    // Products may only be trusted to be zero when a factor is: differences of doubles do not vanish by rounding.
    if ((ax === cx || by === cy) && (ay === cy || bx === cx)) return 0;
  }
  return exactOrientation(ax, ay, bx, by, cx, cy);
}

function exactOrientation(...values: [number, number, number, number, number, number]): -1 | 0 | 1 {
  const parts = values.map(mantissaAndExponent);
  const lowest = Math.min(...parts.map(([, exponent]) => exponent));
  const [ax, ay, bx, by, cx, cy] = parts.map(([mantissa, exponent]) => mantissa << BigInt(exponent - lowest)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const determinant = (ax - cx) * (by - cy) - (ay - cy) * (bx - cx);
  return determinant > 0n ? 1 : determinant < 0n ? -1 : 0;
}

const bits = new DataView(new ArrayBuffer(8));

/** The double as integer · 2^exponent. */
function mantissaAndExponent(value: number): [bigint, number] {
  if (value === 0) return [0n, 0];
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return [value < 0 ? -mantissa : mantissa, (biased === 0 ? 1 : biased) - 1075];
}
