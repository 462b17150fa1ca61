import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { repairPolygonal } from '../../../../gis/geometry/repair/repair-polygonal.ts';
import { asDrawn, type EditRing } from '../rings.ts';
import { refuse, type Shaped } from './shaped.ts';

/** What crossing, touching or overlapping rings can be read as; incomplete rings are left out. */
export function repair(rings: readonly EditRing[]): Shaped {
  const drawn = asDrawn(rings);
  if (drawn === undefined) return refuse('empty');
  const geometry = repairPolygonal(drawn);
  if (geometry === undefined) return refuse('unresolvable');
  return polygonAreaM2(geometry) === 0 ? refuse('nothing-left') : { ok: true, geometry };
}
