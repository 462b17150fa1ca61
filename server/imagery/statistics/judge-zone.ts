// Whether a zonal statistic may be used. A number that may not is still shown, with the reason beside it.
import type { ZonalStatus } from '../vegetation/vegetation.contract.ts';

export const MIN_VALID_FRACTION = 0.8;
export const MIN_EFFECTIVE_PIXELS = 20;
/** 0.25 ha at 10 m. On a coarser grid as many cells are asked for, so the area grows with the cell. */
export const MIN_CELLS = 25;

/** Stored with every row; goes up when the same pixels would give other numbers. */
export const ALGORITHM_VERSION = 4;

/** Values of an index of plants at and above this count as vegetated. */
export const VEGETATED_FROM = 0.4;

export interface ZoneEvidence {
  /** Ellipsoidal area of the target. */
  readonly areaM2: number;
  /** Side of the coarsest raster cell that was read. */
  readonly cellSizeM: number;
  /** Of the whole target, also of what lies beyond the raster. */
  readonly validFraction: number;
  /** (sum of weights)^2 / sum of squared weights, in cells of that size. */
  readonly effectivePixels: number;
}

export type StoredStatus = Exclude<ZonalStatus, 'not-computed' | 'bands-missing'>;

/** Of a target with at least one valid cell; without one it is `outside` or `no-valid-pixels`. */
export function judgeZone(evidence: ZoneEvidence): StoredStatus {
  if (evidence.areaM2 < MIN_CELLS * evidence.cellSizeM ** 2) return 'too-small';
  if (evidence.validFraction < MIN_VALID_FRACTION) return 'low-coverage';
  return evidence.effectivePixels < MIN_EFFECTIVE_PIXELS ? 'too-small' : 'ok';
}
