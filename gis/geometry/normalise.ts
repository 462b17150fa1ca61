import { longitudeDifferenceDeg } from '../earth/geodesic.ts';
import { partsOf } from '../parts-of.ts';
import type { MultiPolygon, Position, Ring } from '../types.ts';

/** What was put right without asking, because nothing that the author meant is lost by it. */
export type RepairCode =
  'dropped-z' | 'closed-ring' | 'removed-repeated-points' | 'rewound-ring' | 'snapped-coordinates';

/** GeoJSON polygons as they arrive: positions may carry Z or M. */
export interface LoosePolygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly (readonly number[])[])[];
}
export interface LooseMultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
}
export type LoosePolygonal = LoosePolygon | LooseMultiPolygon;

export interface Normalised {
  readonly geometry: MultiPolygon;
  /** Each code once, in the order of the type. */
  readonly repairs: readonly RepairCode[];
}

/** 1e-9 degrees is 0.1 mm: finer than any survey, and coarse enough for exact comparisons downstream. */
export const SNAP_DEG = 1e-9;
const PER_DEGREE = 1e9;

const ORDER: readonly RepairCode[] = [
  'dropped-z',
  'closed-ring',
  'removed-repeated-points',
  'rewound-ring',
  'snapped-coordinates',
];

/** A coordinate on the grid of 1e-9 degrees that stored geometry lies on. */
export const snapDegrees = (degrees: number): number => {
  const snapped = Math.round(degrees * PER_DEGREE) / PER_DEGREE;
  return snapped === 0 ? 0 : snapped;
};

/**
 * The stored form of polygons: a MultiPolygon of two-dimensional positions on the 1e-9 degree grid, rings closed,
 * without repeated points, shells counter-clockwise and holes clockwise (RFC 7946). Does not judge: run
 * `validatePolygonal` on the result.
 */
export function normalisePolygonal(input: LoosePolygonal): Normalised {
  const found = new Set<RepairCode>();
  const coordinates = partsOf(input)
    .filter(part => part.length > 0)
    .map(part => part.map((ring, index) => normaliseRing(ring, index === 0, found)));
  return { geometry: { type: 'MultiPolygon', coordinates }, repairs: ORDER.filter(code => found.has(code)) };
}

function normaliseRing(ring: readonly (readonly number[])[], isShell: boolean, found: Set<RepairCode>): Ring {
  const positions: Position[] = [];
  for (const raw of ring) {
    const [lng = Number.NaN, lat = Number.NaN] = raw;
    if (raw.length > 2) found.add('dropped-z');
    const position: Position = [snapDegrees(lng), snapDegrees(lat)];
    // Only digits that somebody may have meant are worth a word; the tail of a double is not.
    if (Math.abs(position[0] - lng) > 1e-12 || Math.abs(position[1] - lat) > 1e-12) found.add('snapped-coordinates');
    const last = positions.at(-1);
    if (last !== undefined && last[0] === position[0] && last[1] === position[1]) found.add('removed-repeated-points');
    else positions.push(position);
  }
  const first = positions[0];
  const last = positions.at(-1);
  if (first === undefined || last === undefined || positions.length < 2) return positions;
  if (first[0] === last[0] && first[1] === last[1]) positions.pop();
  else found.add('closed-ring');
  if (isClockwise(positions) === isShell && positions.length > 2) {
    positions.reverse();
    // Keep the point that the author began with.
    positions.unshift(positions.pop() as Position);
    found.add('rewound-ring');
  }
  positions.push(positions[0] as Position);
  return positions;
}

/** By the plane area of the ring, read along its own turn over the date line; a ring without area is never wrong. */
function isClockwise(open: readonly Position[]): boolean | undefined {
  const origin = open[0] as Position;
  let sum = 0;
  let x1 = 0;
  let y1 = 0;
  for (let i = 1; i <= open.length; i++) {
    const from = open[i - 1] as Position;
    const to = open[i % open.length] as Position;
    const x2 = x1 + longitudeDifferenceDeg(from[0], to[0]);
    const y2 = to[1] - origin[1];
    sum += x1 * y2 - x2 * y1;
    x1 = x2;
    y1 = y2;
  }
  // A ring round a pole has no inside in this plane.
  const turns = Math.abs(x1) > 180;
  return turns || sum === 0 || Number.isNaN(sum) ? undefined : sum < 0;
}
