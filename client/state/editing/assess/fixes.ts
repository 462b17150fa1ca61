import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
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
  const isOutside = now.issues.some(({ code }) => code === 'outside-boundary');
  const clipped = isOutside && around.allowed !== null ? combine(geometry, around.allowed, 'clip') : undefined;
  const gaps = findGaps(geometry, around.cells).coordinates.map(
    coordinates => ({ type: 'Polygon', coordinates }) as const,
  );
  const spots = gaps.map(gap => pointOnSurface(gap)).filter(spot => spot !== undefined);
  return [
    ...(clipped === undefined ? [] : fixFrom('clip', clipped, now.areaM2, [])),
    ...(spots.length === 0 ? [] : fixFrom('fill-gaps', fillGaps(geometry, around.cells), now.areaM2, spots)),
    ...fixFrom('drop-slivers', dropSlivers(geometry), now.areaM2, findSlivers(geometry)),
  ];
}

function fixFrom(kind: FixKind, shaped: Shaped, beforeM2: number | null, spots: readonly Position[]): Fix[] {
  if (!shaped.ok) return [];
  const areaM2 = polygonAreaM2(shaped.geometry);
  const changeM2 = beforeM2 === null ? null : areaM2 - beforeM2;
  return [{ kind, geometry: shaped.geometry, areaM2, changeM2, spots }];
}
