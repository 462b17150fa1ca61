import { geodesicDistanceM } from '../earth/geodesic.ts';
import type { Position } from '../types.ts';
import type { SensitivityCategory } from './category.ts';
import { cellOfPosition, type SensitivityCell } from './cell.ts';

/** What a record of category 2 to 4 shows instead of its place. */
export interface GeneralisedPosition {
  readonly cell: SensitivityCell;
  /** Centre to farthest corner, geodesic, rounded up; plus the bucket of a coarse own uncertainty. Says nothing of where in the cell. */
  readonly coordinateUncertaintyM: number;
}

const FINE_UNCERTAINTY_M = 30;
const UNCERTAINTY_BUCKETS_M = [100, 1000, 10_000];

/** Geodesic distance from the centre of a cell to its farthest corner, metres, rounded up: depends on the cell alone. */
export function cellUncertaintyM({ box: [west, south, east, north], centre }: SensitivityCell): number {
  const corners: readonly Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  return Math.ceil(Math.max(...corners.map(corner => geodesicDistanceM(centre, corner))));
}

/**
 * The generalised place of a record. An own uncertainty wider than the cell takes the next coarser cell; one above 30 m
 * adds the top of its bucket, never its own value.
 * @param ownUncertaintyM Radius of the observation in metres, null = unknown.
 * @throws GisError `sensitivity-no-cell` for categories 0 and 1.
 */
export function generalisePosition(
  position: Position,
  category: SensitivityCategory,
  ownUncertaintyM: number | null,
): GeneralisedPosition {
  const own = ownUncertaintyM ?? 0;
  let cell = cellOfPosition(position, category);
  for (let coarser = category - 1; coarser >= 2 && own > cellUncertaintyM(cell); coarser--) {
    cell = cellOfPosition(position, coarser as SensitivityCategory);
  }
  const bucket =
    own > FINE_UNCERTAINTY_M ? (UNCERTAINTY_BUCKETS_M.find(top => own <= top) ?? UNCERTAINTY_BUCKETS_M.at(-1)) : 0;
  return { cell, coordinateUncertaintyM: cellUncertaintyM(cell) + (bucket ?? 0) };
}
