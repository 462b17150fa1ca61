import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { metresPerDegree } from '../../../../gis/earth/local-scale.ts';
import { offsetPolygonal } from '../../../../gis/geometry/overlay/offset.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { boxOf } from '../../../../gis/geometry/position/box.ts';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { Box, MultiPolygon, PolygonRings, Polygonal } from '../../../../gis/types.ts';
import { isSliver, SLIVER } from './drop-slivers.ts';
import { gather, refuse, shapedFrom, type Shaped } from './shaped.ts';

/** Gaps up to this width are taken for slips between two outlines, m. */
const GAP_M = 2;
/** A cell that is covered by more than this part of the drawing is ground under it, not a neighbour. */
const NEIGHBOUR_SHARE = 0.02;

/**
 * Narrow ground between the drawing and its neighbours (or between two arms of the drawing round a hole) that would
 * stay behind as slivers. Neighbours are cells that the drawing does not cover. What adjoins the drawing only.
 */
export function findGaps(drawing: Polygonal, cells: readonly Polygonal[], widthM = GAP_M): MultiPolygon {
  const none: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };
  const neighbours = neighboursOf(drawing, cells, widthM);
  if (neighbours.coordinates.length === 0) return none;
  const together = overlay(drawing, neighbours, 'union');
  const grown = together && offsetPolygonal(together, widthM / 2);
  const closed = grown && offsetPolygonal(grown, -widthM / 2);
  const gaps = closed && overlay(closed, together, 'difference');
  // Rounded corners leave crumbs along an outline: ground that a thumb would not cover is no gap.
  const real = (gaps ?? none).coordinates.filter(rings => !isSliver(rings, { areaM2: 1, widthM: widthM / 50 }));
  return {
    type: 'MultiPolygon',
    coordinates: real.filter(gap => joins(gap, drawing) && joins(gap, neighbours)),
  };
}

/** The drawing with narrow gaps to its neighbours filled, and without holes of the size of slivers. */
export function fillGaps(drawing: Polygonal, cells: readonly Polygonal[], widthM = GAP_M): Shaped {
  if (drawing.coordinates.length === 0) return refuse('empty');
  const gaps = findGaps(drawing, cells, widthM);
  const holes = partsOf(drawing).flatMap(([, ...inner]) => inner.filter(hole => isSliver([hole], SLIVER)));
  const filling = [...gaps.coordinates, ...holes.map((hole): PolygonRings => [[...hole].reverse()])];
  if (filling.length === 0) return refuse('unchanged');
  return shapedFrom(drawing, overlay(drawing, { type: 'MultiPolygon', coordinates: filling }, 'union'));
}

function neighboursOf(drawing: Polygonal, cells: readonly Polygonal[], widthM: number): MultiPolygon {
  const areaM2 = polygonAreaM2(drawing);
  const box = boxOf(drawing);
  if (box === undefined) return { type: 'MultiPolygon', coordinates: [] };
  const near = gather(cells, boxPolygon(widen(box, widthM)));
  const coordinates = near.coordinates.filter(rings => {
    const both = overlay(drawing, { type: 'Polygon', coordinates: rings }, 'intersection');
    return both !== undefined && polygonAreaM2(both) <= areaM2 * NEIGHBOUR_SHARE;
  });
  return { type: 'MultiPolygon', coordinates };
}

/** Whether two polygons share a stretch of border: together they have fewer parts than apart. */
function joins(part: PolygonRings, land: Polygonal): boolean {
  const all = overlay({ type: 'Polygon', coordinates: part }, land, 'union');
  const alone = overlay(land, land, 'union');
  return all !== undefined && alone !== undefined && all.coordinates.length <= alone.coordinates.length;
}

function widen([west, south, east, north]: Box, byM: number): Box {
  const scale = metresPerDegree((south + north) / 2);
  return [west - byM / scale.lng, south - byM / scale.lat, east + byM / scale.lng, north + byM / scale.lat];
}

function boxPolygon([west, south, east, north]: Box): Polygonal {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
