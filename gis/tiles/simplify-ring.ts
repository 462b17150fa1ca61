import { pushPair, type PairBuffer } from './clip-ring.ts';

/**
 * Douglas-Peucker on an open ring, in place of its own: writes to `to` the points that lie further than `tolerance`
 * from the line between the kept ones. The ring is cut at its first point and at the one farthest from it.
 */
export function simplifyRing(ring: PairBuffer, tolerance: number, to: PairBuffer, work: SimplifyWork): void {
  const { pairs, count } = ring;
  to.count = 0;
  if (count <= 4) {
    for (let i = 0; i < count; i++) pushPair(to, pairs[2 * i] as number, pairs[2 * i + 1] as number);
    return;
  }
  if (work.keep.length < count + 1) {
    work.keep = new Uint8Array(2 * count);
    work.stack = new Uint32Array(4 * count);
  }
  const { keep, stack } = work;
  keep.fill(0, 0, count + 1);
  let far = 0;
  let farthest = -1;
  const x0 = pairs[0] as number;
  const y0 = pairs[1] as number;
  for (let i = 1; i < count; i++) {
    const d = ((pairs[2 * i] as number) - x0) ** 2 + ((pairs[2 * i + 1] as number) - y0) ** 2;
    if (d > farthest) [farthest, far] = [d, i];
  }
  keep[0] = keep[far] = 1;
  let depth = 0;
  stack[depth++] = 0;
  stack[depth++] = far;
  stack[depth++] = far;
  stack[depth++] = count;
  const tolerance2 = tolerance * tolerance;
  while (depth > 0) {
    const end = stack[--depth] as number;
    const start = stack[--depth] as number;
    const ax = pairs[2 * start] as number;
    const ay = pairs[2 * start + 1] as number;
    const bx = pairs[2 * (end % count)] as number;
    const by = pairs[2 * (end % count) + 1] as number;
    const dx = bx - ax;
    const dy = by - ay;
    const length2 = dx * dx + dy * dy;
    let most = tolerance2;
    let split = -1;
    for (let i = start + 1; i < end; i++) {
      const px = (pairs[2 * i] as number) - ax;
      const py = (pairs[2 * i + 1] as number) - ay;
      let d: number;
      if (length2 === 0) d = px * px + py * py;
      else {
        const t = (px * dx + py * dy) / length2;
        const ex = t <= 0 ? px : t >= 1 ? px - dx : px - t * dx;
        const ey = t <= 0 ? py : t >= 1 ? py - dy : py - t * dy;
        d = ex * ex + ey * ey;
      }
      if (d > most) [most, split] = [d, i];
    }
    if (split < 0) continue;
    keep[split] = 1;
    stack[depth++] = start;
    stack[depth++] = split;
    stack[depth++] = split;
    stack[depth++] = end;
  }
  for (let i = 0; i < count; i++) {
    if (keep[i] === 1) pushPair(to, pairs[2 * i] as number, pairs[2 * i + 1] as number);
  }
}

export interface SimplifyWork {
  keep: Uint8Array;
  stack: Uint32Array;
}

export const simplifyWork = (): SimplifyWork => ({ keep: new Uint8Array(256), stack: new Uint32Array(512) });
