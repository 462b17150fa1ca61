import type { MultiPolygon, Polygonal } from '../../types.ts';
import { normalisePolygonal } from '../normalise.ts';
import { hasErrors, validatePolygonal } from '../validate.ts';
import { coveredPolygons } from './polygons-of-edges.ts';
import { splitAtDateLine } from './date-line.ts';

/** Faults of units, order and size, which another drawing of the same lines does not cure. */
const UNREPAIRABLE: ReadonlySet<string> = new Set([
  'position-not-finite',
  'position-out-of-world',
  'coordinates-in-metres',
  'coordinates-swapped',
  'too-many-vertices',
  'geometry-too-complex',
]);

/**
 * Proposes a valid geometry in place of an invalid one: crossing rings are cut apart and each polygon read even-odd,
 * overlapping and adjoining parts are joined, a polygon over the date line is cut there. The author must agree, as the
 * area may change. Undefined when nothing with an area is left, or when the fault is one of units or order.
 */
export function repairPolygonal(geometry: Polygonal): MultiPolygon | undefined {
  const faults = validatePolygonal(geometry);
  if (faults.some(({ code }) => UNREPAIRABLE.has(code))) return undefined;
  const crossesDateLine = faults.some(({ code }) => code === 'crosses-date-line');
  let current = crossesDateLine ? splitAtDateLine(geometry) : normalisePolygonal(geometry).geometry;
  for (let round = 0; round < 3; round++) {
    if (current === undefined || current.coordinates.length === 0) return undefined;
    if (!hasErrors(validatePolygonal(current))) return current;
    const covered = coveredPolygons(current.coordinates);
    current = covered && normalisePolygonal(covered).geometry;
  }
  return undefined;
}
