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
  const isAsked = (gap: Gap): boolean => (gap.other === undefined ? fixes.fillBoundary : fixes.fillGaps) === true;
  const filled = fillGaps(store, gaps.filter(isAsked));
  for (const gap of gaps) report(tell(gap, filled.gaps.has(gap), store, points));
  return filled.rows;
}

const TO_BORDER = {
  code: 'gap-to-licence',
  filled: 'gap-to-licence-filled',
  fix: { code: 'fill-boundary', fixes: { fillBoundary: true } },
};
const TO_ROW = {
  code: 'gap-between-rows',
  filled: 'gap-filled',
  fix: { code: 'fill-gaps', fixes: { fillGaps: true } },
};

/** What is said of one gap, open or filled, with the points on both sides of it. */
function tell(gap: Gap, isFilled: boolean, store: RowStore, points: PointBook): Finding {
  const { index, other, areaM2, widthM, position } = gap;
  const { code, filled, fix } = other === undefined ? TO_BORDER : TO_ROW;
  const row = store.row(index);
  const sides = [index, ...(other === undefined ? [] : [other])].map(side =>
    points.edgeNear(store.row(side), position),
  );
  const point = sides.every(side => side !== undefined) ? { point: sides.join(' × ') } : {};
  const params = {
    areaM2: rounded(areaM2),
    widthM: rounded(widthM),
    ...(other === undefined ? {} : { other: store.row(other) }),
  };
  const about = { row, position, ...point, params };
  return isFilled ? { code: filled, severity: 'info', ...about } : { code, severity: 'warning', ...about, fix };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
