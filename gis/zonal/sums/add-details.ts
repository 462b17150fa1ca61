import { GisError } from '../../errors.ts';
import type { CoverageRows } from '../coverage/coverage-rows.ts';
import type { StatNeeds } from '../statistics.ts';
import { storeOf } from './zone-sums.ts';
import type { ZoneSums } from './zone-sums.ts';

/** More kinds of values than this in one zone are not classes. */
const MAX_CLASSES = 65_536;

/** The areas, values and classes of row `r` of a zone's spans: column `col` of the grid is `values[col - firstCol]` (NaN = no data). */
export function addDetails(
  sums: ZoneSums,
  zone: number,
  rows: CoverageRows,
  r: number,
  values: Float64Array,
  areasM2: Float64Array | undefined,
  firstCol: number,
): void {
  const { needs } = sums;
  if (needs.fractions.length > 0) storeOf(sums, zone).addRow(rows, r, values, firstCol);
  if (areasM2 === undefined && !needs.classes) return;
  const rowEnd = rows.rowStarts[r + 1] as number;
  for (let span = rows.rowStarts[r] as number; span < rowEnd; span += 1) {
    const start = (rows.starts[span] as number) - firstCol;
    const end = (rows.ends[span] as number) - firstCol;
    const weight = rows.weights[span] as number;
    if (areasM2 !== undefined) addAreas(sums, zone, values, start, end, weight, areasM2);
    if (needs.classes) addClasses(sums, zone, values, start, end, weight);
  }
}

function addAreas(
  { needs, areas }: ZoneSums,
  zone: number,
  values: Float64Array,
  start: number,
  end: number,
  weight: number,
  areasM2: Float64Array,
): void {
  for (let index = 0; index < needs.ranges.length; index += 1) {
    const { from, below } = needs.ranges[index] as StatNeeds['ranges'][number];
    let areaM2 = 0;
    for (let i = start; i < end; i += 1) {
      const value = values[i] as number;
      if (value >= from && value < below) areaM2 += areasM2[i] as number;
    }
    const at = zone * needs.ranges.length + index;
    areas[at] = (areas[at] as number) + weight * areaM2;
  }
}

function addClasses(
  { classes }: ZoneSums,
  zone: number,
  values: Float64Array,
  start: number,
  end: number,
  weight: number,
): void {
  const own = classes.get(zone) ?? new Map<number, number>();
  if (own.size === 0) classes.set(zone, own);
  for (let i = start; i < end; i += 1) {
    const value = values[i] as number;
    if (value === value) own.set(value, (own.get(value) ?? 0) + weight);
  }
  if (own.size > MAX_CLASSES) throw new GisError('zonal-too-many-classes', { classes: own.size });
}
