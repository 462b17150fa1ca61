import type { PairBuffer } from './clip-ring.ts';

/** A copy of the pairs, for those who work on lists. */
export const pairsOf = ({ pairs, count }: PairBuffer): [number, number][] =>
  Array.from({ length: count }, (_, i) => [pairs[2 * i] as number, pairs[2 * i + 1] as number]);

/** Edges along the border of the clip, corners not counted apart: more than one hints at runs over each other. */
export function countBorderRuns({ pairs, count }: PairBuffer, low: number, high: number): number {
  let runs = 0;
  let wasOnBorder = false;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const x = pairs[2 * i] as number;
    const y = pairs[2 * i + 1] as number;
    const isOnBorder =
      (x === pairs[2 * j] && (x === low || x === high)) || (y === pairs[2 * j + 1] && (y === low || y === high));
    if (isOnBorder && !wasOnBorder) runs++;
    wasOnBorder = isOnBorder;
  }
  return runs;
}

/** Rounds the pairs where they stand to whole units of the tile. */
export function roundPairs({ pairs, count }: PairBuffer): void {
  for (let i = 0; i < 2 * count; i++) pairs[i] = Math.round(pairs[i] as number);
}

/** Twice the signed area in square units of the tile; y runs south, so that it is positive for a ring that is clockwise on the map. */
export function doubledArea({ pairs, count }: PairBuffer): number {
  let sum = 0;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    sum +=
      (pairs[2 * j] as number) * (pairs[2 * i + 1] as number) - (pairs[2 * i] as number) * (pairs[2 * j + 1] as number);
  }
  return sum;
}

/** Drops, in place, repeated points and those between two others on a line, spikes included; returns twice the area. */
export function tidyRing(ring: PairBuffer): number {
  const { pairs } = ring;
  let kept = 0;
  for (let i = 0; i < ring.count; i++) {
    const x = pairs[2 * i] as number;
    const y = pairs[2 * i + 1] as number;
    while (kept > 0 && isNeedless(pairs, kept, x, y)) kept--;
    pairs[2 * kept] = x;
    pairs[2 * kept + 1] = y;
    kept++;
  }
  // The ends meet too.
  while (kept > 2 && isNeedless(pairs, kept, pairs[0] as number, pairs[1] as number)) kept--;
  ring.count = kept;
  return kept < 3 ? 0 : Math.abs(doubledArea(ring));
}

/** Whether the last of `kept` points repeats `x, y` or lies on the line from the one before it to `x, y`. */
function isNeedless(pairs: Float64Array, kept: number, x: number, y: number): boolean {
  const lx = pairs[2 * kept - 2] as number;
  const ly = pairs[2 * kept - 1] as number;
  if (lx === x && ly === y) return true;
  if (kept < 2) return false;
  const px = pairs[2 * kept - 4] as number;
  const py = pairs[2 * kept - 3] as number;
  return (lx - px) * (y - ly) === (ly - py) * (x - lx);
}
