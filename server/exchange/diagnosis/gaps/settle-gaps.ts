import type { MultiPolygon } from '../../../../gis/types.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';
import type { Ground } from '../ground.ts';
import type { RowStore } from '../rows/row-store.ts';
import { fillGaps } from './fill-gaps.ts';
import { findGaps, type Gap } from './find-gaps.ts';
import type { PointBook } from './point-book.ts';

/** Whether gaps are to be filled: then rows are not final before all of them are read. */
export const fillsGaps = (fixes: Fixes): boolean => fixes.fillGaps === true || fixes.fillBoundary === true;

/** Tells the narrow gaps between rows and to the border of the ground, or fills them; answers with the rows that changed, by index. */
export function settleGaps(
  store: RowStore,
  ground: Ground,
  fixes: Fixes,
  points: PointBook,
  report: (finding: Finding) => void,
): ReadonlyMap<number, MultiPolygon> {
  const { gaps, isComplete } = findGaps(store, ground);
  if (!isComplete) report({ code: 'gaps-not-checked', severity: 'warning' });
  const isFilled = (gap: Gap): boolean => (gap.other === undefined ? fixes.fillBoundary : fixes.fillGaps) === true;
  const filled = fillGaps(store, gaps.filter(isFilled));
  const filledM2 = new Map<number, number>();
  for (const gap of gaps) {
    if (isFilled(gap) && filled.has(gap.index)) filledM2.set(gap.index, (filledM2.get(gap.index) ?? 0) + gap.areaM2);
    else report(tell(gap, store, points));
  }
  for (const [index, areaM2] of filledM2)
    report({ code: 'gap-filled', severity: 'info', row: store.row(index), params: { areaM2: rounded(areaM2) } });
  return filled;
}

function tell({ index, other, areaM2, widthM, position }: Gap, store: RowStore, points: PointBook): Finding {
  const row = store.row(index);
  const own = points.edgeNear(row, position);
  const at = { severity: 'warning', row, position } as const;
  const params = { areaM2: rounded(areaM2), widthM: rounded(widthM) };
  if (other === undefined) {
    const fix = { code: 'fill-boundary', fixes: { fillBoundary: true } };
    return { code: 'gap-to-licence', ...at, ...(own === undefined ? {} : { point: own }), params, fix };
  }
  const theirs = points.edgeNear(store.row(other), position);
  const point = own === undefined || theirs === undefined ? undefined : `${own} × ${theirs}`;
  const fix = { code: 'fill-gaps', fixes: { fillGaps: true } };
  return {
    code: 'gap-between-rows',
    ...at,
    ...(point === undefined ? {} : { point }),
    params: { ...params, other: store.row(other) },
    fix,
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
