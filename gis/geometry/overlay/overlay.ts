import type { MultiPolygon, Polygonal } from '../../types.ts';
import { normalisePolygonal } from '../normalise.ts';
import type { DirectedEdge } from '../repair/cover-edges.ts';
import { nodeEdges, type GridEdge } from '../repair/node-edges.ts';
import { assembleEdges, gridEdges, toGridPoints, toMultiPolygon } from '../repair/polygons-of-edges.ts';
import { turned, WindingIndex, woundEdges } from './winding-edges.ts';

export type OverlayOperation = 'union' | 'intersection' | 'difference';

const IS_COVERED: Readonly<Record<OverlayOperation, (first: boolean, second: boolean) => boolean>> = {
  union: (first, second) => first || second,
  intersection: (first, second) => first && second,
  difference: (first, second) => first && !second,
};

/**
 * What two valid polygons cover together, both, or the first alone, in degrees on the 1e-9 degree grid. Decisions are
 * exact; only crossing points are rounded to the grid, by less than 0.1 mm. Parts of one operand may overlap.
 * An empty MultiPolygon where nothing is left; undefined when the crossings cannot be resolved on the grid.
 */
export function overlay(a: Polygonal, b: Polygonal, operation: OverlayOperation): MultiPolygon | undefined {
  const edges = [...polygonEdges(a, 0), ...polygonEdges(b, 1)];
  return overlayEdges(edges, (first, second) => IS_COVERED[operation](first > 0, second > 0));
}

/** As `overlay`, from the edges of two operands and a rule over their winding numbers. */
export function overlayEdges(
  given: readonly GridEdge[],
  isCovered: (first: number, second: number) => boolean,
): MultiPolygon | undefined {
  const noded = nodeEdges(given);
  if (noded === undefined) return undefined;
  const edges = woundEdges(noded);
  const index = new WindingIndex(edges);
  const boundary: DirectedEdge[] = [];
  for (const edge of edges) {
    if (edge.steps[0] === 0 && edge.steps[1] === 0) continue;
    const { left, right } = index.sidesOf(edge);
    const isLeft = isCovered(...left);
    if (isLeft !== isCovered(...right)) boundary.push(isLeft ? edge : turned(edge));
  }
  return normalisePolygonal(toMultiPolygon(assembleEdges(boundary))).geometry;
}

/** Edges with the polygon on their left, whatever way its rings were wound. */
export function polygonEdges(geometry: Polygonal, part: number): GridEdge[] {
  return normalisePolygonal(geometry).geometry.coordinates.flatMap(rings =>
    rings.flatMap(ring => gridEdges(toGridPoints(ring), part)),
  );
}
