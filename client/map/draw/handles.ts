import type { Box, Position } from '../../../gis/types.ts';
import type { Reach } from '../../state/editing/tools/snapping/snap-to.ts';

/** A point that a hand can take: corner `index`, or the middle of the side that follows it. */
export interface Handle {
  readonly position: Position;
  readonly index: number;
  readonly isMiddle: boolean;
}

/** With more corners than this in view, only those near the pointer are shown: more would hide the land. */
const MAX_SHOWN = 250;

const middleOf = (a: Position, b: Position): Position => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** The handle that a press at a position means: the nearest corner in reach, else the nearest middle. */
export function handlesNear(
  positions: readonly Position[],
  at: Position,
  reach: Reach,
  withMiddles: boolean,
): Handle | undefined {
  const find = (isMiddle: boolean): Handle | undefined => {
    let found = -1;
    let bestAway = 1;
    for (let index = 0; index < positions.length; index++) {
      const corner = positions[index] as Position;
      const next = isMiddle ? (positions[index + 1 === positions.length ? 0 : index + 1] as Position) : corner;
      const east = ((corner[0] + next[0]) / 2 - at[0]) / reach.lng;
      const north = ((corner[1] + next[1]) / 2 - at[1]) / reach.lat;
      const away = east * east + north * north;
      if (away < bestAway) [bestAway, found] = [away, index];
    }
    const corner = positions[found];
    if (corner === undefined) return undefined;
    const position = isMiddle ? middleOf(corner, positions[(found + 1) % positions.length] as Position) : corner;
    return { position, index: found, isMiddle };
  };
  return find(false) ?? (withMiddles ? find(true) : undefined);
}

/**
 * Handles worth showing in a view: all of a ring of few corners, those near the pointer of a ring of many. A side shorter
 * than `apart` has no middle: on a round corner of many short sides they would lie over the corners.
 */
export function visibleHandles(
  positions: readonly Position[],
  view: Box,
  near: { readonly at: Position; readonly reach: Reach } | undefined,
  apart: Reach = { lng: 0, lat: 0 },
): Handle[] {
  const middle: [number, number] = [0, 0];
  const isInView = ([lng, lat]: Position): boolean =>
    lng >= view[0] && lng <= view[2] && lat >= view[1] && lat <= view[3];
  const isNear = ([lng, lat]: Position): boolean =>
    near !== undefined && Math.abs(lng - near.at[0]) < near.reach.lng && Math.abs(lat - near.at[1]) < near.reach.lat;
  let inView = 0;
  for (const position of positions) if (isInView(position)) inView++;
  const isShown = inView <= MAX_SHOWN ? isInView : isNear;
  const handles: Handle[] = [];
  // One loop over numbers: this runs in every frame of a moving hand, over every corner.
  for (let index = 0; index < positions.length; index++) {
    const corner = positions[index] as Position;
    const next = positions[index + 1 === positions.length ? 0 : index + 1] as Position;
    middle[0] = (corner[0] + next[0]) / 2;
    middle[1] = (corner[1] + next[1]) / 2;
    const isShort = Math.abs(next[0] - corner[0]) < apart.lng && Math.abs(next[1] - corner[1]) < apart.lat;
    if (!isShort && isShown(middle)) handles.push({ position: [middle[0], middle[1]], index, isMiddle: true });
    if (isShown(corner)) handles.push({ position: corner, index, isMiddle: false });
  }
  // Corners lie over middles.
  return handles.sort((a, b) => Number(b.isMiddle) - Number(a.isMiddle)).slice(-2 * MAX_SHOWN);
}
