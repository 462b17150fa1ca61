import { polygonAreaM2, ringPerimeterM } from '../../../../gis/earth/polygon-area.ts';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { MultiPolygon, PolygonRings, Polygonal, Position, Ring } from '../../../../gis/types.ts';
import { refuse, shapedFrom, type Shaped } from './shaped.ts';

export interface SliverLimits {
  readonly areaM2: number;
  readonly widthM: number;
}

/** Below what a survey on the ground tells apart. */
export const SLIVER: SliverLimits = { areaM2: 10, widthM: 0.5 };

/** One corner of each part and each hole that is a sliver. */
export function findSlivers(drawing: Polygonal, limits: SliverLimits = SLIVER): Position[] {
  return partsOf(drawing).flatMap(rings => {
    const [shell, ...holes] = rings;
    const small =
      shell !== undefined && isSliver([shell], limits) ? [shell] : holes.filter(hole => isSliver([hole], limits));
    return small.map(ring => ring[0] as Position);
  });
}

/** Without parts and holes that are small, or so thin that they are a slip of the hand. */
export function dropSlivers(drawing: Polygonal, limits: SliverLimits = SLIVER): Shaped {
  if (drawing.coordinates.length === 0) return refuse('empty');
  if (findSlivers(drawing, limits).length === 0) return refuse('unchanged');
  const coordinates = partsOf(drawing)
    .filter(([shell]) => shell !== undefined && !isSliver([shell], limits))
    .map(([shell, ...holes]): PolygonRings => [shell as Ring, ...holes.filter(hole => !isSliver([hole], limits))]);
  const kept: MultiPolygon = { type: 'MultiPolygon', coordinates };
  const shaped = shapedFrom(drawing, kept);
  // A sliver of less than the rounding is gone all the same.
  return !shaped.ok && shaped.why === 'unchanged' ? { ok: true, geometry: kept } : shaped;
}

/** The width of a strip is its area over half of its outline: exact for a long one, generous for a round one. */
export function isSliver(rings: PolygonRings, { areaM2, widthM }: SliverLimits): boolean {
  const ownM2 = polygonAreaM2({ type: 'Polygon', coordinates: rings });
  const outlineM = rings.reduce((sum, ring) => sum + ringPerimeterM(ring), 0);
  return ownM2 < areaM2 || (2 * ownM2) / outlineM < widthM;
}
