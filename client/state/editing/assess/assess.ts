import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import type { Issue, MultiPolygon, Polygonal } from '../../../../gis/types.ts';
import { measureRings, NOTHING, type Measured } from '../measure.ts';
import type { EditRing } from '../rings.ts';
import { gather, ROUNDING_M2 } from '../shaping/shaped.ts';

/** What the drawing is compared with: only what this viewer has been told by the server. */
export interface Surroundings {
  /** Outlines inside of which land belongs to the mine; null where none is known, so that everything counts as inside. */
  readonly allowed: readonly Polygonal[] | null;
  readonly habitats: readonly Polygonal[];
  readonly cells: readonly Polygonal[];
}

export interface Assessment extends Measured {
  /** Land outside every outline of the mine, m²; null where no outline is known. */
  readonly outsideM2: number | null;
  readonly outside: MultiPolygon | undefined;
  /** Land over habitats that the viewer may see, m². */
  readonly habitatM2: number;
}

export const NO_SURROUNDINGS: Surroundings = { allowed: null, habitats: [], cells: [] };
export const NOTHING_ASSESSED: Assessment = { ...NOTHING, outsideM2: null, outside: undefined, habitatM2: 0 };

/** Size, faults, and what lies where it should not, of rings as they are drawn. Pure: also runs beside the page. */
export function assess(rings: readonly EditRing[], { allowed, habitats }: Surroundings): Assessment {
  const measured = measureRings(rings);
  const { geometry } = measured;
  if (geometry === undefined) return { ...NOTHING_ASSESSED, ...measured };
  const outside = allowed === null ? undefined : overlay(geometry, gather(allowed, geometry), 'difference');
  const outsideM2 = outside === undefined ? null : polygonAreaM2(outside);
  const near = gather(habitats, geometry);
  const over = near.coordinates.length === 0 ? undefined : overlay(geometry, near, 'intersection');
  const habitatM2 = over === undefined ? 0 : polygonAreaM2(over);
  return {
    ...measured,
    issues: [
      ...measured.issues,
      ...noteOf('outside-boundary', outside, outsideM2 ?? 0),
      ...noteOf('over-habitat', over, habitatM2),
    ],
    outsideM2,
    outside,
    habitatM2,
  };
}

function noteOf(code: string, land: MultiPolygon | undefined, areaM2: number): Issue[] {
  if (land === undefined || areaM2 < ROUNDING_M2 * 100) return [];
  const position = pointOnSurface(land);
  return [{ code, severity: 'warning', params: { areaM2 }, ...(position === undefined ? {} : { position }) }];
}
