import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
import { SETTLED_BY_JOINING } from '../measure.ts';
import type { EditRing } from '../rings.ts';
import { combine } from '../shaping/combine.ts';
import { dropSlivers, findSlivers } from '../shaping/drop-slivers.ts';
import { fillGaps, findGaps } from '../shaping/fill-gaps.ts';
import { repair } from '../shaping/repair.ts';
import type { Shaped } from '../shaping/shaped.ts';
import type { Assessment, Surroundings } from './assess.ts';

export type FixKind = 'repair' | 'clip' | 'fill-gaps' | 'drop-slivers';

/** A remedy that is worked out before it is offered, so that it can say what it changes. */
export interface Fix {
  readonly kind: FixKind;
  readonly geometry: MultiPolygon;
  readonly areaM2: number;
  /** More or less land than now, m²; null where the drawing as it is has no area. */
  readonly changeM2: number | null;
  /** Where a fault lies that only this remedy has found. */
  readonly spots: readonly Position[];
}

/** Every remedy that would change the drawing for the better, as it is drawn now. */
export function findFixes(rings: readonly EditRing[], now: Assessment, around: Surroundings): Fix[] {
  const { geometry } = now;
  if (geometry === undefined) {
    return hasErrors(now.issues) ? fixFrom('repair', repair(rings), null, []) : [];
  }
  // Rings that cover each other or lie apart from their part: what is measured is what they come to when joined.
  const isLoose = now.issues.some(({ code }) => SETTLED_BY_JOINING.has(code));
  const isOutside = now.issues.some(({ code }) => code === 'outside-boundary');
  const clipped = isOutside && around.allowed !== null ? combine(geometry, around.allowed, 'clip') : undefined;
  const gaps = findGaps(geometry, around.cells).coordinates.map(
    coordinates => ({ type: 'Polygon', coordinates }) as const,
  );
  const spots = gaps.map(gap => pointOnSurface(gap)).filter(spot => spot !== undefined);
  const dropped = dropSlivers(geometry);
  const filled = spots.length === 0 ? undefined : fillGaps(geometry, around.cells);
  return [
    ...(isLoose ? fixFrom('repair', { ok: true, geometry }, 0, []) : []),
    ...(clipped === undefined ? [] : fixFrom('clip', clipped, -(now.outsideM2 ?? 0), [])),
    ...(filled === undefined ? [] : fixFrom('fill-gaps', filled, gainM2(geometry, filled), spots)),
    ...fixFrom(
      'drop-slivers',
      dropped,
      dropped.ok ? polygonAreaM2(dropped.geometry) - now.areaM2 : 0,
      findSlivers(geometry),
    ),
  ];
}

/**
 * Land that is gained. Not the difference of two areas: a corner more on a long side bends it by metres, as sides are
 * the shortest ways over the ellipsoid, and a gap that is filled would seem to take land away.
 */
function gainM2(before: MultiPolygon, after: Shaped): number {
  const gained = after.ok ? overlay(after.geometry, before, 'difference') : undefined;
  return gained === undefined ? 0 : polygonAreaM2(gained);
}

function fixFrom(kind: FixKind, shaped: Shaped, changeM2: number | null, spots: readonly Position[]): Fix[] {
  return shaped.ok
    ? [{ kind, geometry: shaped.geometry, areaM2: polygonAreaM2(shaped.geometry), changeM2, spots }]
    : [];
}
