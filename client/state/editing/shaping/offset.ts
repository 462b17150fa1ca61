import { offsetPolygonal } from '../../../../gis/geometry/overlay/offset.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import type { Polygonal } from '../../../../gis/types.ts';
import { refuse, shapedFrom, type Shaped } from './shaped.ts';

/** The whole moved outline, or only the ground between the old and the new one: a bench, a safety strip. */
export type OffsetKeep = 'all' | 'strip';

/** A mine's strips are metres to hundreds of metres wide; more is a slip of the keyboard. */
const MAX_OFFSET_M = 2000;
const MIN_OFFSET_M = 0.1;

/** Grows the drawing by metres, or shrinks it where they are negative. */
export function offset(drawing: Polygonal, distanceM: number, keep: OffsetKeep): Shaped {
  if (drawing.coordinates.length === 0) return refuse('empty');
  const sizeM = Math.abs(distanceM);
  if (!Number.isFinite(distanceM) || sizeM < MIN_OFFSET_M || sizeM > MAX_OFFSET_M) return refuse('distance');
  const moved = offsetPolygonal(drawing, distanceM);
  if (moved === undefined || keep === 'all') return shapedFrom(drawing, moved);
  if (moved.coordinates.length === 0) return refuse('nothing-left');
  return shapedFrom(
    drawing,
    distanceM > 0 ? overlay(moved, drawing, 'difference') : overlay(drawing, moved, 'difference'),
  );
}
