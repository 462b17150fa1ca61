import type { ZonalPlan } from '../../../gis/zonal/zonal-plan.ts';

type Shapes = ZonalPlan['shapes'];

/** Shapes of zones in memory that threads share: nothing is copied that lies there already, whatever their number. */
export interface SharedShapes {
  /** Points of the zones, one zone after the other. */
  readonly rooms: readonly Float64Array[];
  /** The room of each zone, and the numbers `[start, end)` of it that are its points. */
  readonly roomOf: Uint32Array;
  readonly pointStarts: Uint32Array;
  readonly pointEnds: Uint32Array;
  /** Points of one ring end where those of the next begin: counted within the zone. */
  readonly ringEnds: Uint32Array;
  readonly ringSigns: Int8Array;
  /** Rings of zones that come before: one more than there are zones. */
  readonly ringStarts: Uint32Array;
  /** minU, maxU, minV, maxV, areaCells of each zone; NaN for those without a shape. */
  readonly extents: Float64Array;
}

const VALUES_OF_EXTENT = 5;
const words = (count: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(count * 4));

export function shareShapes(shapes: Shapes): SharedShapes {
  const [roomOf, pointStarts, pointEnds] = [words(shapes.length), words(shapes.length), words(shapes.length)];
  const ringStarts = words(shapes.length + 1);
  for (const [zone, shape] of shapes.entries()) {
    ringStarts[zone + 1] = (ringStarts[zone] as number) + (typeof shape === 'string' ? 0 : shape.ringEnds.length);
  }
  const ringEnds = words(ringStarts[shapes.length] as number);
  const ringSigns = new Int8Array(new SharedArrayBuffer(ringEnds.length));
  const extents = new Float64Array(new SharedArrayBuffer(shapes.length * VALUES_OF_EXTENT * 8)).fill(NaN);
  const rooms = new Map<ArrayBufferLike, { readonly index: number; readonly numbers: Float64Array }>();
  for (const [zone, shape] of shapes.entries()) {
    if (typeof shape === 'string') continue;
    const points = shared(shape.points);
    const known = rooms.get(points.buffer);
    const room = known ?? { index: rooms.size, numbers: new Float64Array(points.buffer) };
    if (known === undefined) rooms.set(points.buffer, room);
    roomOf[zone] = room.index;
    pointStarts[zone] = points.byteOffset / 8;
    pointEnds[zone] = points.byteOffset / 8 + points.length;
    ringEnds.set(shape.ringEnds, ringStarts[zone]);
    ringSigns.set(shape.ringSigns, ringStarts[zone]);
    extents.set([shape.minU, shape.maxU, shape.minV, shape.maxV, shape.areaCells], zone * VALUES_OF_EXTENT);
  }
  const numbers = [...rooms.values()].map(room => room.numbers);
  return { rooms: numbers, roomOf, pointStarts, pointEnds, ringEnds, ringSigns, ringStarts, extents };
}

function shared(points: Float64Array): Float64Array {
  if (points.buffer instanceof SharedArrayBuffer) return points;
  const copy = new Float64Array(new SharedArrayBuffer(points.length * 8));
  copy.set(points);
  return copy;
}

/** The shapes again, as views. Why a zone has none is not told. */
export function openShapes(from: SharedShapes): Shapes {
  const { rooms, roomOf, pointStarts, pointEnds, ringEnds, ringSigns, ringStarts, extents } = from;
  return Array.from(roomOf, (room, zone): Shapes[number] => {
    const at = zone * VALUES_OF_EXTENT;
    const areaCells = extents[at + 4] as number;
    if (Number.isNaN(areaCells)) return 'empty-geometry';
    const [firstRing, endRing] = [ringStarts[zone], ringStarts[zone + 1]];
    return {
      points: (rooms[room] as Float64Array).subarray(pointStarts[zone], pointEnds[zone]),
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
