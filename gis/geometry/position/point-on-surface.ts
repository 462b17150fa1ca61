import { partsOf } from '../../parts-of.ts';
import type { Polygonal, Position } from '../../types.ts';
import { boxOf } from './box.ts';

/**
 * A point inside of the geometry, for labels and for finding neighbours: the middle of the longest stretch inside along
 * one of a few lines of latitude. Undefined for a geometry without area.
 */
export function pointOnSurface(geometry: Polygonal): Position | undefined {
  const box = boxOf(geometry);
  if (box === undefined) return undefined;
  const rings = partsOf(geometry).flat();
  let best: Position | undefined;
  let longest = 0;
  // Uneven shares: a line through the exact middle is where symmetric shapes have their vertices.
  for (const share of [0.4987, 0.3719, 0.6241, 0.2203, 0.7811, 0.0917, 0.9091, 0.0131, 0.9877]) {
    const y = box[1] + share * (box[3] - box[1]);
    const crossings: number[] = [];
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [x1, y1] = ring[i - 1] as Position;
        const [x2, y2] = ring[i] as Position;
        if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let i = 1; i < crossings.length; i += 2) {
      const from = crossings[i - 1] as number;
      const to = crossings[i] as number;
      if (to - from > longest) [longest, best] = [to - from, [(from + to) / 2, y]];
    }
    if (share === 0.4987 && best !== undefined && longest > 0.25 * (box[2] - box[0])) break;
  }
  return best;
}
