import { roundedM2 } from '../../../../gis/area-wording.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';
import type { Ground } from '../ground.ts';
import type { RowStore } from '../rows/row-store.ts';
import { fillGaps } from './fill-gaps.ts';
import { findGaps, type Gap, type GapNeighbour } from './find-gaps.ts';
import type { PointBook } from './point-book.ts';

/** Whether gaps are to be filled: then rows are not final before all of them are read. */
export const fillsGaps = (fixes: Fixes): boolean =>
  fixes.fillGaps === true || fixes.fillRecorded === true || fixes.fillBoundary === true;

/** Tells the narrow gaps between rows, to recorded land and to the border of the ground, or fills them; answers with the rows that changed, by index. */
export function settleGaps(
  store: RowStore,
  recorded: RowStore,
  ground: Ground,
  fixes: Fixes,
  points: PointBook,
  report: (finding: Finding) => void,
): ReadonlyMap<number, MultiPolygon> {
  const { gaps, isComplete } = findGaps(store, recorded, ground);
  if (!isComplete) report({ code: 'gaps-not-checked', severity: 'warning' });
  const isAsked = ({ neighbour }: Gap): boolean => fixes[WORDS[neighbour.kind].field] === true;
  const filled = fillGaps(store, gaps.filter(isAsked));
  for (const gap of gaps) report(tell(gap, filled.gaps.has(gap), store, points));
  return filled.rows;
}

interface GapWords {
  readonly code: string;
  readonly filled: string;
  readonly fix: string;
  readonly field: keyof Fixes;
}
const WORDS: Readonly<Record<GapNeighbour['kind'], GapWords>> = {
  row: { code: 'gap-between-rows', filled: 'gap-filled', fix: 'fill-gaps', field: 'fillGaps' },
  recorded: {
    code: 'gap-to-recorded',
    filled: 'gap-to-recorded-filled',
    fix: 'fill-recorded',
    field: 'fillRecorded',
  },
  border: {
    code: 'gap-to-licence',
    filled: 'gap-to-licence-filled',
    fix: 'fill-boundary',
    field: 'fillBoundary',
  },
};

/** What is said of one gap, open or filled, with the points on both sides of it. */
function tell(gap: Gap, isFilled: boolean, store: RowStore, points: PointBook): Finding {
  const { index, neighbour, areaM2, widthM, position } = gap;
  const { code, filled, fix, field } = WORDS[neighbour.kind];
  const others = neighbour.kind === 'row' ? [neighbour.index] : [];
  const sides = [index, ...others].map(side => points.edgeNear(store.row(side), position));
  const point = sides.every(side => side !== undefined) ? { point: sides.join(' × ') } : {};
  const [other] = others.map(one => store.row(one));
  const params = { areaM2: roundedM2(areaM2), widthM: roundedM(widthM), ...(other === undefined ? {} : { other }) };
  const about = { row: store.row(index), position, ...point, params };
  if (isFilled) return { code: filled, severity: 'info', ...about };
  return { code, severity: 'warning', ...about, fix: { code: fix, fixes: { [field]: true } } };
}

/** To the centimetre; what is thinner, to three digits that count. */
const roundedM = (lengthM: number): number =>
  lengthM < 0.005 ? Number(lengthM.toPrecision(3)) : Math.round(lengthM * 100) / 100;
