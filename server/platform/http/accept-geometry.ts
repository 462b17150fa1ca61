import {
  normalisePolygonal,
  snapDegrees,
  type LoosePolygonal,
  type RepairCode,
} from '../../../gis/geometry/normalise.ts';
import { repairPolygonal } from '../../../gis/geometry/repair/repair-polygonal.ts';
import { hasErrors, validatePolygonal, type ValidationLimits } from '../../../gis/geometry/validate.ts';
import type { Issue, MultiPolygon, Polygonal, Position } from '../../../gis/types.ts';
import { AppError, type ErrorDetail } from '../errors.ts';

export interface AcceptedPolygonal {
  /** As it will be stored: 1e-9 degree grid, closed, shells counter-clockwise, two-dimensional. */
  readonly geometry: MultiPolygon;
  /** What was put right silently. */
  readonly repairs: readonly RepairCode[];
  /** Issues that do not forbid storing. */
  readonly warnings: readonly Issue[];
}

export interface JudgedPolygonal {
  readonly geometry: MultiPolygon;
  readonly repairs: readonly RepairCode[];
  readonly issues: readonly Issue[];
}

/** Normalises an incoming polygon and says what is wrong with it, without refusing it. */
export function judgePolygonal(input: LoosePolygonal, limits: ValidationLimits = {}): JudgedPolygonal {
  const { geometry, repairs } = normalisePolygonal(input);
  const issues = validatePolygonal(geometry, limits);
  // Where corners of a sound outline lie closer together than the grid is wide, it touches itself once it is snapped. That
  // is our doing, so it is ours to mend; the outline moves by no more than the grid.
  if (
    hasErrors(issues) &&
    repairs.includes('snapped-coordinates') &&
    !hasErrors(validatePolygonal(input as Polygonal))
  ) {
    const mended = repairPolygonal(geometry);
    const left = mended && validatePolygonal(mended, limits);
    if (mended && left && !hasErrors(left)) return { geometry: mended, repairs, issues: left };
  }
  return { geometry, repairs, issues };
}

/**
 * Judges incoming polygons before any SQL sees them (the embedded database swallows what its geometry engine refuses).
 * @throws AppError with the code of the first fault, e.g. `ring-crosses-itself`; every fault is in `errors` with its position.
 */
export function acceptPolygonal(input: LoosePolygonal, limits: ValidationLimits = {}): AcceptedPolygonal {
  const { geometry, repairs, issues } = judgePolygonal(input, limits);
  const errors = issues.filter(issue => issue.severity === 'error');
  const [first] = errors;
  if (first) {
    throw new AppError(first.code, { ...first.params, position: first.position }, { errors: errors.map(toDetail) });
  }
  return { geometry, repairs, warnings: issues };
}

/**
 * The same for a point.
 * @throws AppError `position-not-finite`, `coordinates-in-metres`, `coordinates-swapped`, `position-out-of-world`
 */
export function acceptPoint(input: { readonly coordinates: readonly number[] }): Position {
  const [lng = Number.NaN, lat = Number.NaN] = input.coordinates;
  const fault = faultOfPoint(lng, lat);
  if (fault !== undefined) {
    const params = fault === 'coordinates-in-metres' ? { x: lng, y: lat } : { lng, lat };
    throw new AppError(fault, params, { errors: [{ code: fault, pointer: '/geometry/coordinates', params }] });
  }
  return [snapDegrees(lng), snapDegrees(lat)];
}

function faultOfPoint(lng: number, lat: number): string | undefined {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'position-not-finite';
  if (Math.abs(lng) <= 180 && Math.abs(lat) <= 90) return undefined;
  if (Math.abs(lng) > 360 || Math.abs(lat) > 360) return 'coordinates-in-metres';
  return Math.abs(lng) <= 90 && Math.abs(lat) <= 180 ? 'coordinates-swapped' : 'position-out-of-world';
}

function toDetail({ code, position, path, params }: Issue): ErrorDetail {
  const steps = path === undefined ? [] : [path.part, path.ring, path.vertex].filter(step => step !== undefined);
  return {
    code,
    pointer: ['/geometry/coordinates', ...steps].join('/'),
    ...(position === undefined ? {} : { position }),
    ...(params === undefined ? {} : { params }),
  };
}
