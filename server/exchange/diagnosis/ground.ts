import { boxesMeet, boxOf, boxUnion } from '../../../gis/geometry/position/box.ts';
import { PolygonLocator } from '../../../gis/geometry/position/locate.ts';
import { overlay } from '../../../gis/geometry/overlay/overlay.ts';
import { pointOnSurface } from '../../../gis/geometry/position/point-on-surface.ts';
import { BoxTree } from '../../../gis/geometry/validity/box-tree.ts';
import { polygonAreaM2, polygonPerimeterM } from '../../../gis/earth/polygon-area.ts';
import { isSliver } from '../../../gis/ledger/moves.ts';
import type { Box, MultiPolygon, Position } from '../../../gis/types.ts';

/** The land that a mine may disturb: what rows are laid against. */
export interface Ground {
  readonly isKnown: boolean;
  readonly box: Box | undefined;
  isInside(position: Position): boolean;
  /** The part of an outline beyond the ground, slivers left out; undefined where there is none. */
  beyond(geometry: MultiPolygon): { readonly areaM2: number; readonly position: Position } | undefined;
  /** Lines of its outlines that meet a box: flat rings of two corners and more. */
  borderIn(box: Box): Float64Array[];
  /** The part of an outline that lies on the ground; undefined where that would take too long. */
  within(geometry: MultiPolygon): MultiPolygon | undefined;
}

const MAX_CLIPPED_VERTICES = 20_000;

/** `outlines`: licence, surface right and responsibility range as they are valid today. */
export function groundOf(outlines: readonly MultiPolygon[]): Ground {
  const locators = outlines.map(outline => new PolygonLocator(outline));
  const boxes = outlines.map(boxOf);
  const box = boxes.reduce<Box | undefined>((all, one) => boxUnion(all, one), undefined);
  const corners = outlines.flatMap(outline => outline.coordinates.flat(2));
  const isInside = (position: Position): boolean => locators.some(locator => locator.locate(position) !== 'outside');
  const border = new Border(outlines);
  return {
    isKnown: outlines.length > 0,
    box,
    isInside,
    beyond(geometry) {
      const own = boxOf(geometry);
      if (own === undefined || outlines.length === 0) return undefined;
      const noCornerWithin = !corners.some(
        ([lng, lat]) => lng > own[0] && lng < own[2] && lat > own[1] && lat < own[3],
      );
      if (noCornerWithin && geometry.coordinates.every(rings => rings.every(ring => ring.every(isInside))))
        return undefined;
      const positions = geometry.coordinates.flat(2);
      const isApart = !boxes.some(one => one !== undefined && boxesMeet(one, own));
      if (isApart || positions.length + corners.length > MAX_CLIPPED_VERTICES) {
        const outside = positions.filter(position => !isInside(position));
        const position = pointOnSurface(geometry) ?? outside[0];
        return position && { areaM2: isApart ? polygonAreaM2(geometry) : Number.NaN, position };
      }
      return rest(geometry, outlines);
    },
    borderIn: box => border.edgesIn(box),
    within(geometry) {
      if (corners.length > MAX_CLIPPED_VERTICES) return undefined;
      return overlay(
        geometry,
        { type: 'MultiPolygon', coordinates: outlines.flatMap(one => one.coordinates) },
        'intersection',
      );
    },
  };
}

/** The edges of outlines, found by place. */
class Border {
  private readonly edges: Float64Array;
  private readonly tree: BoxTree;

  constructor(outlines: readonly MultiPolygon[]) {
    const edges: number[] = [];
    for (const ring of outlines.flatMap(one => one.coordinates.flat())) {
      for (let i = 1; i < ring.length; i++) edges.push(...(ring[i - 1] as Position), ...(ring[i] as Position));
    }
    this.edges = Float64Array.from(edges);
    const boxes = new Float64Array(edges.length);
    for (let at = 0; at < edges.length; at += 4) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = edges.slice(at, at + 4);
      boxes.set([Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)], at);
    }
    this.tree = new BoxTree(boxes);
  }

  edgesIn([west, south, east, north]: Box): Float64Array[] {
    const found: Float64Array[] = [];
    this.tree.search(west, south, east, north, item => void found.push(this.edges.subarray(4 * item, 4 * item + 4)));
    return found;
  }
}

function rest(
  geometry: MultiPolygon,
  outlines: readonly MultiPolygon[],
): { readonly areaM2: number; readonly position: Position } | undefined {
  let left: MultiPolygon | undefined = geometry;
  for (const outline of outlines) left &&= overlay(left, outline, 'difference');
  const wide = (left?.coordinates ?? [])
    .map((part): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [part] }))
    .map(part => ({ part, areaM2: polygonAreaM2(part), perimeterM: polygonPerimeterM(part) }))
    .filter(({ areaM2, perimeterM }) => !isSliver(areaM2, perimeterM))
    .toSorted((a, b) => b.areaM2 - a.areaM2);
  const [largest] = wide;
  const position = largest && pointOnSurface(largest.part);
  return position && { areaM2: wide.reduce((sum, { areaM2 }) => sum + areaM2, 0), position };
}
