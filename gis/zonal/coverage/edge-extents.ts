import type { ZoneShape } from '../zone-shape.ts';

/** Edges whose extent is known together, so that those far from the rows wanted are passed over at once. */
export const CHUNK_EDGES = 64;

/** Least and greatest v of each chunk of a shape's edges, ring by ring. */
export function edgeExtents({ points, ringEnds }: ZoneShape): Float64Array {
  const extents: number[] = [];
  let start = 0;
  ringEnds.forEach(end => {
    for (let from = start; from < end; from += CHUNK_EDGES) {
      let min = Infinity;
      let max = -Infinity;
      for (let i = from; i <= Math.min(end, from + CHUNK_EDGES); i += 1) {
        const v = points[(i === end ? start : i) * 2 + 1] as number;
        if (v < min) min = v;
        if (v > max) max = v;
      }
      extents.push(min, max);
    }
    start = end;
  });
  return Float64Array.from(extents);
}
