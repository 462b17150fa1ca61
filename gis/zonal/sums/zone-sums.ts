import { NumberRooms } from '../percentiles/number-rooms.ts';
import { ValueStore } from '../percentiles/value-store.ts';
import type { StatNeeds } from '../statistics.ts';
import type { PartSums } from '../summing/part-sums.ts';

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
export const settledOf = (needs: StatNeeds): number => needs.fractions.length + (needs.classes ? 2 : 0);

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
export function joinDeviations(countA: number, sumA: number, countB: number, sumB: number): number {
  if (!(countA > 0 && countB > 0)) return 0;
  const difference = sumA / countA - sumB / countB;
  return difference ** 2 * ((countA * countB) / (countA + countB));
}

/** Where the values of a zone are kept that is not done yet. */
export function storeOf(sums: ZoneSums, zone: number): ValueStore {
  const known = sums.stores.get(zone);
  if (known !== undefined) return known;
  const store = new ValueStore(sums.rooms);
  sums.stores.set(zone, store);
  return store;
}
