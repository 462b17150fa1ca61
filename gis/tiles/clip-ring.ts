/** A growing list of `x, y` pairs, reused from ring to ring. */
export interface PairBuffer {
  pairs: Float64Array;
  /** Number of pairs. */
  count: number;
}

/** An empty buffer with room for 256 pairs. */
export const pairBuffer = (): PairBuffer => ({ pairs: new Float64Array(512), count: 0 });

/** Adds a pair; the buffer's array may be another one afterwards. */
export function pushPair(buffer: PairBuffer, x: number, y: number): void {
  const at = 2 * buffer.count;
  if (at + 2 > buffer.pairs.length) {
    const grown = new Float64Array(2 * buffer.pairs.length);
    grown.set(buffer.pairs);
    buffer.pairs = grown;
  }
  buffer.pairs[at] = x;
  buffer.pairs[at + 1] = y;
  buffer.count++;
}

/**
 * Sutherland-Hodgman against the square [low, high]²: `ring` (open) is clipped into one of the two scratch buffers, which
 * is returned. A ring that leaves and returns keeps its runs along the border, outside of what is drawn.
 */
export function clipRing(ring: PairBuffer, low: number, high: number, scratch: [PairBuffer, PairBuffer]): PairBuffer {
  let from = ring;
  for (let side = 0; side < 4 && from.count > 0; side++) {
    const to = scratch[side % 2] as PairBuffer;
    clipSide(from, to, side < 2 ? 0 : 1, side % 2 === 0 ? low : high, side % 2 === 0 ? 1 : -1);
    from = to;
  }
  return from;
}

/** Keeps what lies where `sign · (coordinate − border) ≥ 0`. */
function clipSide(from: PairBuffer, to: PairBuffer, axis: 0 | 1, border: number, sign: 1 | -1): void {
  to.count = 0;
  const { pairs, count } = from;
  let px = pairs[2 * count - 2] as number;
  let py = pairs[2 * count - 1] as number;
  let previous = sign * ((axis === 0 ? px : py) - border);
  for (let i = 0; i < count; i++) {
    const x = pairs[2 * i] as number;
    const y = pairs[2 * i + 1] as number;
    const current = sign * ((axis === 0 ? x : y) - border);
    if (current >= 0 !== previous >= 0) {
      const share = previous / (previous - current);
      if (axis === 0) pushPair(to, border, py + share * (y - py));
      else pushPair(to, px + share * (x - px), border);
    }
    if (current >= 0) pushPair(to, x, y);
    px = x;
    py = y;
    previous = current;
  }
}
