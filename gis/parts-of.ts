import type { Polygonal, PolygonRings } from './types.ts';

/** Rings as they arrive, before anybody has judged them: positions may carry more than two numbers. */
type LooseRings = readonly (readonly (readonly number[])[])[];
type LoosePolygonal =
  | { readonly type: 'Polygon'; readonly coordinates: LooseRings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly LooseRings[] };

/** The parts of a geometry, each an outer ring and its holes as they stand; a Polygon has one. */
export function partsOf(geometry: Polygonal): readonly PolygonRings[];
export function partsOf(geometry: LoosePolygonal): readonly LooseRings[];
export function partsOf(geometry: LoosePolygonal): readonly LooseRings[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}
