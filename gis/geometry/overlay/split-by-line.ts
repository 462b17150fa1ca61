import type { Polygon, Polygonal, Position } from '../../types.ts';
import { normalisePolygonal } from '../normalise.ts';
import type { DirectedEdge } from '../repair/cover-edges.ts';
import { nodeEdges, type GridEdge } from '../repair/node-edges.ts';
import { assembleEdges, toGridPoints, toMultiPolygon } from '../repair/polygons-of-edges.ts';
import { walkEdges } from '../repair/trace-rings.ts';
import { polygonEdges } from './overlay.ts';
import { turned, WindingIndex, woundEdges } from './winding-edges.ts';

/**
 * Cuts a valid polygon along a line, in degrees on the 1e-9 degree grid. Pieces tile the polygon and share the line's corners. Ends of
 * the line that lead nowhere are left out; a line that cuts nothing off gives the polygon's own parts. Undefined when
 * the crossings cannot be resolved on the grid.
 */
export function splitByLine(geometry: Polygonal, line: readonly Position[]): Polygon[] | undefined {
  const noded = nodeEdges([...polygonEdges(geometry, 0), ...lineEdges(line)]);
  if (noded === undefined) return undefined;
  const edges = woundEdges(noded);
  const index = new WindingIndex(edges.filter(({ steps }) => steps[0] !== 0));
  const border: DirectedEdge[] = [];
  let cuts: DirectedEdge[] = [];
  for (const edge of edges) {
    const { left, right } = index.sidesOf(edge);
    const isLeft = left[0] > 0;
    if (isLeft !== right[0] > 0) border.push(isLeft ? edge : turned(edge));
    else if (isLeft) cuts.push(edge);
  }
  // What has the same piece on both sides divides nothing: dead ends, and bridges to an island in a hole.
  for (let before = -1; before !== cuts.length;) {
    before = cuts.length;
    const walkOf = new Map<DirectedEdge, number>();
    const backs = cuts.map(turned);
    walkEdges([...border, ...cuts, ...backs]).forEach((walk, number) => {
      for (const edge of walk) walkOf.set(edge, number);
    });
    cuts = cuts.filter((cut, i) => walkOf.get(cut) !== walkOf.get(backs[i] as DirectedEdge));
  }
  const parts = normalisePolygonal(geometry).geometry.coordinates;
  const pieces =
    cuts.length === 0 ? parts : toMultiPolygon(assembleEdges([...border, ...cuts, ...cuts.map(turned)])).coordinates;
  return pieces.map(coordinates => ({ type: 'Polygon', coordinates }));
}

function lineEdges(line: readonly Position[]): GridEdge[] {
  const points = toGridPoints(line);
  return points.slice(1).map(([x2, y2], i) => {
    const [x1, y1] = points[i] as readonly [number, number];
    return { x1, y1, x2, y2, part: 1 };
  });
}
