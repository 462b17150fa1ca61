import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import { judgePolygonal } from '../../../platform/http/accept-geometry.ts';
import type { RowStore } from '../rows/row-store.ts';
import type { Gap } from './find-gaps.ts';

export interface FilledGaps {
  /** The rows that took gaps, by index in the store, with the gaps in them. */
  readonly rows: ReadonlyMap<number, MultiPolygon>;
  /** The gaps that were taken: one that would leave its row invalid stays open. */
  readonly gaps: ReadonlySet<Gap>;
}

/** Joins gaps to the rows that are to take them, one after the other. */
export function fillGaps(store: RowStore, gaps: readonly Gap[]): FilledGaps {
  const rows = new Map<number, MultiPolygon>();
  const taken = new Set<Gap>();
  for (const gap of gaps) {
    const before = rows.get(gap.index) ?? store.geometry(gap.index);
    const joined = overlay(before, gap.ground, 'union');
    if (joined === undefined) continue;
    const { geometry, issues } = judgePolygonal(joined);
    if (hasErrors(issues)) continue;
    rows.set(gap.index, geometry);
    taken.add(gap);
  }
  return { rows, gaps: taken };
}
