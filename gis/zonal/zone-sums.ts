import { GisError } from '../errors.ts';
import type { CoverageRows } from './coverage/coverage-rows.ts';
import type { KeptCells } from './percentiles/kept-cells.ts';
import { NumberRooms } from './percentiles/number-rooms.ts';
import { ownPercentileSelection } from './percentiles/percentile-selection.ts';
import { ValueStore } from './percentiles/value-store.ts';
import type { StoredValues } from './percentiles/value-store.ts';
import type { Stat, StatNeeds } from './statistics.ts';
import type { PartSums } from './summing/part-sums.ts';

/** More kinds of values than this in one zone are not classes. */
const MAX_CLASSES = 65_536;

/**
 * Running sums of many zones, as columns. Sums of several parts of the raster can be merged in any order; everything is plain data, so that
 * a part computed in a worker thread can be sent over.
 */
export interface ZoneSums {
  readonly needs: StatNeeds;
  /** Σ coverage of all cells on the raster, valid or not. */
  readonly covered: Float64Array;
  /** Σ w, Σ w², Σ w x, and the squared deviations from the mean, of valid cells. */
  readonly count: Float64Array;
  readonly weight2: Float64Array;
  readonly sum: Float64Array;
  readonly deviation: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Area (m²) in each of the ranges asked for: zone by zone. */
  readonly areas: Float64Array;
  /** Values of zones that are not done yet. */
  readonly stores: Map<number, ValueStore>;
  readonly rooms: NumberRooms;
  readonly classes: Map<number, Map<number, number>>;
  /** Of zones that are done, zone by zone: percentiles in the order of `needs.fractions`, then majority and variety. NaN before. */
  readonly settled: Float64Array;
  /** Blocks that each zone has been summed over: when they are all that its box meets it can be settled. */
  readonly blocksDone: Uint32Array;
}

/** Sums that are added to by turns may share the rooms for values. */
export function createZoneSums(zoneCount: number, needs: StatNeeds, rooms = new NumberRooms()): ZoneSums {
  const column = (wanted: boolean, fill = 0): Float64Array => new Float64Array(wanted ? zoneCount : 0).fill(fill);
  return {
    needs,
    covered: column(true),
    count: column(true),
    weight2: column(true),
    sum: column(true),
    deviation: column(needs.variance),
    min: column(needs.extremes, Infinity),
    max: column(needs.extremes, -Infinity),
    areas: new Float64Array(zoneCount * needs.ranges.length),
    stores: new Map(),
    rooms,
    classes: new Map(),
    settled: new Float64Array(zoneCount * settledOf(needs)).fill(NaN),
    blocksDone: new Uint32Array(zoneCount),
  };
}

/** How many figures of a zone have to wait until all its cells are summed. */
const settledOf = (needs: StatNeeds): number => needs.fractions.length + (needs.classes ? 2 : 0);

/** Joins what was summed of a zone over one block to the sums of the zone. */
export function addPart(sums: ZoneSums, zone: number, part: PartSums): void {
  sums.covered[zone] = (sums.covered[zone] as number) + part.covered;
  if (part.count === 0) return;
  const count = sums.count[zone] as number;
  const sum = sums.sum[zone] as number;
  if (sums.needs.variance) {
    const deviation = joinDeviations(count, sum, part.count, part.sum);
    sums.deviation[zone] = (sums.deviation[zone] as number) + part.deviation + deviation;
  }
  if (sums.needs.extremes) {
    if (part.min < (sums.min[zone] as number)) sums.min[zone] = part.min;
    if (part.max > (sums.max[zone] as number)) sums.max[zone] = part.max;
  }
  sums.count[zone] = count + part.count;
  sums.weight2[zone] = (sums.weight2[zone] as number) + part.weight2;
  sums.sum[zone] = sum + part.sum;
}

/** What two parts' squared deviations, each from its own mean, lack to those from the common mean (Chan, Golub and LeVeque 1979). */
function joinDeviations(countA: number, sumA: number, countB: number, sumB: number): number {
  if (!(countA > 0 && countB > 0)) return 0;
  const difference = sumA / countA - sumB / countB;
  return difference ** 2 * ((countA * countB) / (countA + countB));
}

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

/** Where the values of a zone are kept that is not done yet. */
export function storeOf(sums: ZoneSums, zone: number): ValueStore {
  const known = sums.stores.get(zone);
  if (known !== undefined) return known;
  const store = new ValueStore(sums.rooms);
  sums.stores.set(zone, store);
  return store;
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

/** Plain data of some sums, to be posted from a worker thread. */
export interface ZoneSumsMessage extends Omit<ZoneSums, 'stores' | 'rooms' | 'blocksDone'> {
  readonly values: readonly (readonly [zone: number, values: StoredValues])[];
}

export function toMessage({ stores, rooms: _, blocksDone: __, ...sums }: ZoneSums): ZoneSumsMessage {
  const values = [...stores].map(([zone, store]) => {
    const { contents } = store;
    store.release();
    return [zone, contents] as const;
  });
  return { ...sums, values };
}

/**
 * Adds the sums of another part of the raster. Where it is the last part each zone of which it has values is settled as they come: all of them
 * together would need room. Throws GisError `zonal-merge` when
 * they were asked for other statistics.
 */
export function mergeZoneSums(into: ZoneSums, part: ZoneSumsMessage, isLast: boolean): void {
  if (JSON.stringify(into.needs) !== JSON.stringify(part.needs) || into.count.length !== part.count.length) {
    throw new GisError('zonal-merge', {});
  }
  const add = (target: Float64Array, source: Float64Array, zone: number): void => {
    target[zone] = (target[zone] as number) + (source[zone] as number);
  };
  for (let zone = 0; zone < into.count.length; zone += 1) {
    if (into.needs.variance) {
      const [a, b] = [into, part];
      const between = joinDeviations(
        a.count[zone] as number,
        a.sum[zone] as number,
        b.count[zone] as number,
        b.sum[zone] as number,
      );
      into.deviation[zone] = (into.deviation[zone] as number) + (part.deviation[zone] as number) + between;
    }
    add(into.covered, part.covered, zone);
    add(into.count, part.count, zone);
    add(into.weight2, part.weight2, zone);
    add(into.sum, part.sum, zone);
    if (into.needs.extremes) {
      into.min[zone] = Math.min(into.min[zone] as number, part.min[zone] as number);
      into.max[zone] = Math.max(into.max[zone] as number, part.max[zone] as number);
    }
  }
  for (let i = 0; i < into.areas.length; i += 1) add(into.areas, part.areas, i);
  // A zone that one part has settled has no cell in another.
  part.settled.forEach((figure, i) => {
    if (figure === figure) into.settled[i] = figure;
  });
  for (const [zone, counts] of part.classes) {
    const own = into.classes.get(zone) ?? new Map<number, number>();
    into.classes.set(zone, own);
    for (const [value, weight] of counts) own.set(value, (own.get(value) ?? 0) + weight);
  }
  for (const [zone, values] of part.values) {
    storeOf(into, zone).merge(values);
    if (isLast) settleZone(into, zone);
  }
}

/** The statistic of one zone whose values are settled, or null where it has no valid cell. */
export function readStat(sums: ZoneSums, zone: number, stat: Stat): number | null {
  const count = sums.count[zone] as number;
  if (!(count > 0)) return null;
  switch (stat.kind) {
    case 'count':
      return count;
    case 'valid_fraction':
      return Math.min(1, count / (sums.covered[zone] as number));
    case 'sum':
      return sums.sum[zone] as number;
    case 'mean':
      return (sums.sum[zone] as number) / count;
    case 'stdev':
      return Math.sqrt((sums.deviation[zone] as number) / count);
    case 'min':
      return sums.min[zone] as number;
    case 'max':
      return sums.max[zone] as number;
    case 'n_eff':
      return count ** 2 / (sums.weight2[zone] as number);
    case 'percentile':
      return settledAt(sums, zone, sums.needs.fractions.indexOf(stat.fraction));
    case 'area': {
      const { ranges } = sums.needs;
      const index = ranges.findIndex(range => range.from === stat.from && range.below === stat.below);
      return sums.areas[zone * ranges.length + index] as number;
    }
    case 'variety':
      return settledAt(sums, zone, sums.needs.fractions.length + 1);
    case 'majority':
      return settledAt(sums, zone, sums.needs.fractions.length);
  }
}

function settledAt({ needs, settled }: ZoneSums, zone: number, at: number): number | null {
  const figure = settled[zone * settledOf(needs) + at] as number;
  return figure === figure ? figure : null;
}

/** The value with the greatest weight; the smaller one of equals, so that the answer does not depend on the order of cells. */
function majorityOf(weights: ReadonlyMap<number, number>): number {
  let best = NaN;
  let bestWeight = -1;
  for (const [value, weight] of weights) {
    if (weight > bestWeight || (weight === bestWeight && value < best)) {
      best = value;
      bestWeight = weight;
    }
  }
  return best;
}

/** Whether values or classes of a zone are still kept. */
export const isUnsettled = ({ stores, classes }: ZoneSums, zone: number): boolean =>
  stores.has(zone) || classes.has(zone);

/**
 * Turns the values and classes of a zone, all of whose cells are summed, into figures, and lets go of them; some of the values may lie in the
 * module's memory still.
 */
export function settleZone(sums: ZoneSums, zone: number, kept?: KeptCells): void {
  const { needs, settled, stores, classes } = sums;
  const at = zone * settledOf(needs);
  // Most zones lie in one block: their values never leave the module's memory.
  const isInModule =
    kept !== undefined && !stores.has(zone) && ownPercentileSelection().writeKept(needs.fractions, settled, at);
  const store = kept === undefined || isInModule ? stores.get(zone) : storeOf(sums, zone);
  if (store !== undefined) {
    settled.set(store.percentiles(needs.fractions, kept), at);
    store.release();
    stores.delete(zone);
  }
  const weights = classes.get(zone);
  if (weights !== undefined) {
    settled[at + needs.fractions.length] = majorityOf(weights);
    settled[at + needs.fractions.length + 1] = weights.size;
    classes.delete(zone);
  }
}
