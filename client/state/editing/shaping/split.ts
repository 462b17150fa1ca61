import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { splitByLine } from '../../../../gis/geometry/overlay/split-by-line.ts';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { MultiPolygon, Polygonal, Position } from '../../../../gis/types.ts';
import type { ShapeFault } from './shaped.ts';

export type Split =
  { readonly ok: true; readonly pieces: readonly MultiPolygon[] } | { readonly ok: false; readonly why: ShapeFault };

/** Pieces on either side of a line, the largest first. Refused where the line runs past or ends inside. */
export function split(drawing: Polygonal, line: readonly Position[]): Split {
  if (drawing.coordinates.length === 0) return { ok: false, why: 'empty' };
  const found = splitByLine(drawing, line);
  if (found === undefined) return { ok: false, why: 'unresolvable' };
  if (found.length <= partsOf(drawing).length) return { ok: false, why: 'uncut' };
  return { ok: true, pieces: largestFirst(found) };
}

/** Every part of a drawing as a piece of its own. */
export function apart(drawing: Polygonal): Split {
  const parts = partsOf(drawing);
  if (parts.length < 2) return { ok: false, why: 'too-few' };
  return { ok: true, pieces: largestFirst(parts.map(coordinates => ({ type: 'Polygon', coordinates }))) };
}

const largestFirst = (pieces: readonly Polygonal[]): MultiPolygon[] =>
  pieces
    .map(piece => ({ piece, areaM2: polygonAreaM2(piece) }))
    .sort((a, b) => b.areaM2 - a.areaM2)
    .map(({ piece }) => ({ type: 'MultiPolygon', coordinates: partsOf(piece) }));
