import { GisError } from '../../errors.ts';
import type { StoredValues } from '../percentiles/value-store.ts';
import { settleZone } from './settle-zone.ts';
import { joinDeviations, storeOf } from './zone-sums.ts';
import type { ZoneSums } from './zone-sums.ts';

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
 * together would need room. Throws GisError `zonal-merge` when they were asked for other statistics.
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
