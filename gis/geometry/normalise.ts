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

/**
 * By the plane area of the ring, read along its own turn over the date line; a ring without area is never wrong. Positions
 * lie on the grid, so that the sign is decided in whole numbers of it: rounding would give a ring without area, read once
 * forwards and once backwards, a sense each time.
 */
function isClockwise(open: readonly Position[]): boolean | undefined {
  const xs = [0];
  const ys = [0];
  const origin = open[0] as Position;
  for (let i = 1; i <= open.length; i++) {
    const from = open[i - 1] as Position;
    const to = open[i % open.length] as Position;
    xs.push((xs[i - 1] as number) + Math.round(longitudeDifferenceDeg(from[0], to[0]) * PER_DEGREE));
    ys.push(Math.round((to[1] - origin[1]) * PER_DEGREE));
  }
  // A ring round a pole has no inside in this plane.
  const turns = Math.abs(xs.at(-1) as number) > 180 * PER_DEGREE;
  const sign = turns ? Number.NaN : signOfTwiceArea(xs, ys);
  return sign === 0 || Number.isNaN(sign) ? undefined : sign < 0;
}

/** Exact for whole numbers; NaN where one is not finite. */
function signOfTwiceArea(xs: readonly number[], ys: readonly number[]): number {
  let sum = 0;
  let magnitude = 0;
  for (let i = 1; i < xs.length; i++) {
    const along = (xs[i - 1] as number) * (ys[i] as number);
    const across = (xs[i] as number) * (ys[i - 1] as number);
    sum += along - across;
    magnitude += Math.abs(along) + Math.abs(across);
  }
  if (!Number.isFinite(magnitude)) return Number.NaN;
  // Each product and each addition is off by half an epsilon of what it came to.
  if (Math.abs(sum) > (xs.length + 2) * Number.EPSILON * magnitude) return Math.sign(sum);
  let exact = 0n;
  for (let i = 1; i < xs.length; i++)
    exact +=
      BigInt(xs[i - 1] as number) * BigInt(ys[i] as number) - BigInt(xs[i] as number) * BigInt(ys[i - 1] as number);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}
