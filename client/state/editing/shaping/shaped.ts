import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { boxesMeet, boxOf } from '../../../../gis/geometry/position/box.ts';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { MultiPolygon, PolygonRings, Polygonal } from '../../../../gis/types.ts';

/** Why a command would not do anything sensible; worded as `edit.shape.<why>`. */
export type ShapeFault =
  | 'empty'
  | 'apart'
  | 'unchanged'
  | 'nothing-left'
  | 'unresolvable'
  | 'distance'
  | 'uncut'
  | 'too-few'
  | 'faulty'
  | 'no-boundary'
  | 'no-cells';

/** What a command makes of the drawing, or why it makes nothing of it. Degrees on the 1e-9 grid. */
export type Shaped =
  { readonly ok: true; readonly geometry: MultiPolygon } | { readonly ok: false; readonly why: ShapeFault };

/** Less land than this is rounding of crossing points to the grid, m². */
export const ROUNDING_M2 = 0.01;

export const refuse = (why: ShapeFault): Shaped => ({ ok: false, why });

/** Judges an overlay by what it left of the land: nothing, the same, or something new. */
export function shapedFrom(before: Polygonal, after: MultiPolygon | undefined): Shaped {
  if (after === undefined) return refuse('unresolvable');
  if (after.coordinates.length === 0) return refuse('nothing-left');
  const isSame = Math.abs(polygonAreaM2(after) - polygonAreaM2(before)) < ROUNDING_M2;
  return isSame ? refuse('unchanged') : { ok: true, geometry: after };
}

/** Several polygons as one operand of an overlay, which may overlap itself; only those whose box meets `near`. */
export function gather(geometries: readonly Polygonal[], near?: Polygonal): MultiPolygon {
  const box = near && boxOf(near);
  const coordinates = geometries.flatMap((geometry): readonly PolygonRings[] => {
    const own = boxOf(geometry);
    if (own === undefined || (near !== undefined && (box === undefined || !boxesMeet(box, own)))) return [];
    return partsOf(geometry);
  });
  return { type: 'MultiPolygon', coordinates };
}
