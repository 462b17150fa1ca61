import type { ZonalPlan } from '../../../gis/zonal/zonal-plan.ts';

type Shapes = ZonalPlan['shapes'];

/** Shapes of zones in memory that threads share: nothing is copied, whatever their number. */
export interface SharedShapes {
  readonly points: Float64Array;
  /** Points of one ring end where those of the next begin: counted within the zone. */
  readonly ringEnds: Uint32Array;
  readonly ringSigns: Int8Array;
  /** Points and rings of zones that come before: one more than there are zones. */
  readonly pointStarts: Uint32Array;
  readonly ringStarts: Uint32Array;
  /** minU, maxU, minV, maxV, areaCells of each zone; NaN for those without a shape. */
  readonly extents: Float64Array;
}

const VALUES_OF_EXTENT = 5;

export function shareShapes(shapes: Shapes): SharedShapes {
  const pointStarts = new Uint32Array(new SharedArrayBuffer((shapes.length + 1) * 4));
  const ringStarts = new Uint32Array(new SharedArrayBuffer((shapes.length + 1) * 4));
  for (const [zone, shape] of shapes.entries()) {
    const [points, rings] = typeof shape === 'string' ? [0, 0] : [shape.points.length / 2, shape.ringEnds.length];
    pointStarts[zone + 1] = (pointStarts[zone] as number) + points;
    ringStarts[zone + 1] = (ringStarts[zone] as number) + rings;
  }
  const points = new Float64Array(new SharedArrayBuffer((pointStarts[shapes.length] as number) * 16));
  const ringEnds = new Uint32Array(new SharedArrayBuffer((ringStarts[shapes.length] as number) * 4));
  const ringSigns = new Int8Array(new SharedArrayBuffer(ringStarts[shapes.length] as number));
  const extents = new Float64Array(new SharedArrayBuffer(shapes.length * VALUES_OF_EXTENT * 8)).fill(NaN);
  for (const [zone, shape] of shapes.entries()) {
    if (typeof shape === 'string') continue;
    points.set(shape.points, (pointStarts[zone] as number) * 2);
    ringEnds.set(shape.ringEnds, ringStarts[zone]);
    ringSigns.set(shape.ringSigns, ringStarts[zone]);
    extents.set([shape.minU, shape.maxU, shape.minV, shape.maxV, shape.areaCells], zone * VALUES_OF_EXTENT);
  }
  return { points, ringEnds, ringSigns, pointStarts, ringStarts, extents };
}

/** The shapes again, as views. Why a zone has none is not told. */
export function openShapes({ points, ringEnds, ringSigns, pointStarts, ringStarts, extents }: SharedShapes): Shapes {
  return Array.from({ length: pointStarts.length - 1 }, (_, zone): Shapes[number] => {
    const at = zone * VALUES_OF_EXTENT;
    const areaCells = extents[at + 4] as number;
    if (Number.isNaN(areaCells)) return 'empty-geometry';
    const [firstRing, endRing] = [ringStarts[zone], ringStarts[zone + 1]];
    return {
      points: points.subarray((pointStarts[zone] as number) * 2, (pointStarts[zone + 1] as number) * 2),
      ringEnds: ringEnds.subarray(firstRing, endRing),
      ringSigns: ringSigns.subarray(firstRing, endRing),
      minU: extents[at] as number,
      maxU: extents[at + 1] as number,
      minV: extents[at + 2] as number,
      maxV: extents[at + 3] as number,
      areaCells,
    };
  });
}
