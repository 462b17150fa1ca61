import { overlay, type OverlayOperation } from '../../../../gis/geometry/overlay/overlay.ts';
import type { Polygonal } from '../../../../gis/types.ts';
import { gather, refuse, shapedFrom, type Shaped } from './shaped.ts';

export type Combination = 'merge' | 'cut-out' | 'clip';

const OPERATION: Readonly<Record<Combination, OverlayOperation>> = {
  merge: 'union',
  'cut-out': 'difference',
  clip: 'intersection',
};

/**
 * The drawing joined with other land, without it, or only where both are. The others may overlap each other: a mine
 * may have several boundaries of a kind.
 */
export function combine(drawing: Polygonal, others: readonly Polygonal[], how: Combination): Shaped {
  if (drawing.coordinates.length === 0) return refuse('empty');
  const other = how === 'merge' ? gather(others) : gather(others, drawing);
  if (other.coordinates.length === 0) return refuse('apart');
  const shaped = shapedFrom(drawing, overlay(drawing, other, OPERATION[how]));
  if (shaped.ok) return shaped;
  // Land that is not touched says so in the words of the command.
  if (how === 'cut-out' && shaped.why === 'unchanged') return refuse('apart');
  if (how === 'clip' && shaped.why === 'nothing-left') return refuse('apart');
  return shaped;
}
