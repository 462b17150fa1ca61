import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import { judgePolygonal } from '../../../platform/http/accept-geometry.ts';
import type { RowStore } from '../rows/row-store.ts';
import type { Gap } from './find-gaps.ts';

/** The rows that take gaps, by index in the store, with the gaps in them; a row that would not be valid then stays as it is. */
export function fillGaps(store: RowStore, gaps: readonly Gap[]): ReadonlyMap<number, MultiPolygon> {
  const filled = new Map<number, MultiPolygon>();
  for (const { index, ground } of gaps) {
    const before = filled.get(index) ?? store.geometry(index);
    const joined = overlay(before, ground, 'union');
    if (joined === undefined) continue;
    const { geometry, issues } = judgePolygonal(joined);
    if (!hasErrors(issues)) filled.set(index, geometry);
  }
  return filled;
}
