import type { Position } from '../../../../../gis/types.ts';
import type { BoundaryKind, Stage } from '../../../../api/shapes/codes.ts';

/** Whose outline it is that a corner falls on: what the reader calls it by. */
export type SnapOwner =
  | { readonly kind: 'own' }
  | { readonly kind: 'cell'; readonly stage: Stage }
  | { readonly kind: 'boundary'; readonly boundary: BoundaryKind }
  | {
      readonly kind: 'facility';
      readonly type: string;
      readonly nameZh: string | null;
      readonly nameEn: string | null;
    };

/** A ring as something to catch on: open or closed, with its corners in one flat row for speed. */
export interface SnapTarget {
  readonly positions: readonly Position[];
  readonly flat: Float64Array;
  readonly owner: SnapOwner;
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
}

export interface Snap {
  readonly position: Position;
  readonly target: SnapTarget;
  /** Which corner was caught; undefined on an edge. */
  readonly corner?: number | undefined;
}

/** A corner of a ring: neighbours that share a border share its corners. */
export interface RingCorner {
  readonly ring: readonly Position[];
  readonly corner: number;
}

/** Every ring that has a corner exactly here. */
export function cornersAt([lng, lat]: Position, targets: readonly SnapTarget[]): RingCorner[] {
  return targets.flatMap(({ positions, box }): RingCorner[] => {
    if (lng < box[0] || lng > box[2] || lat < box[1] || lat > box[3]) return [];
    const corner = positions.findIndex(position => position[0] === lng && position[1] === lat);
    return corner < 0 ? [] : [{ ring: positions, corner }];
  });
}

/** How far a pointer reaches, in degrees either way: the same number of pixels. */
export interface Reach {
  readonly lng: number;
  readonly lat: number;
}

export function snapTarget(positions: readonly Position[], owner: SnapOwner = { kind: 'own' }): SnapTarget {
  const flat = new Float64Array(2 * positions.length);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  positions.forEach(([lng, lat], i) => {
    flat[2 * i] = lng;
    flat[2 * i + 1] = lat;
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  });
  return { positions, flat, owner, box: [west, south, east, north] };
}

/**
 * Where a corner that is set near other land falls: on the nearest of its corners within reach, else on the nearest
 * edge, so that neighbours share their border and no sliver stays between. Undefined where nothing is in reach.
 */
export function snapTo([lng, lat]: Position, reach: Reach, targets: readonly SnapTarget[]): Snap | undefined {
  let corner: Snap | undefined;
  let edge: Snap | undefined;
  let [cornerBest, edgeBest] = [1, 1];
  for (const target of targets) {
    const { box, flat, positions } = target;
    if (lng < box[0] - reach.lng || lng > box[2] + reach.lng || lat < box[1] - reach.lat || lat > box[3] + reach.lat)
      continue;
    const count = positions.length;
    let bx = ((flat[2 * count - 2] ?? 0) - lng) / reach.lng;
    let by = ((flat[2 * count - 1] ?? 0) - lat) / reach.lat;
    for (let i = 0; i < count; i++) {
      const [ax, ay] = [bx, by];
      bx = ((flat[2 * i] as number) - lng) / reach.lng;
      by = ((flat[2 * i + 1] as number) - lat) / reach.lat;
      const away = bx * bx + by * by;
      if (away < cornerBest) {
        cornerBest = away;
        corner = { position: positions[i] as Position, target, corner: i };
      }
      if ((ax > 1 && bx > 1) || (ax < -1 && bx < -1) || (ay > 1 && by > 1) || (ay < -1 && by < -1)) continue;
      const [dx, dy] = [bx - ax, by - ay];
      const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      const [px, py] = [ax + share * dx, ay + share * dy];
      if (px * px + py * py < edgeBest) {
        edgeBest = px * px + py * py;
        edge = { position: [lng + px * reach.lng, lat + py * reach.lat], target };
      }
    }
  }
  return corner ?? edge;
}
