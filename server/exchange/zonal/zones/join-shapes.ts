import { doubles, signs, words } from './column.ts';
import type { SharedShapes } from './shape-store.ts';

/** Zones `[from, to)` of one of several stores. */
export interface ShapeRun {
  readonly store: number;
  readonly from: number;
  readonly to: number;
}

const EXTENT_NUMBERS = 5;

/** Runs of zones of several stores as one store, one run after the other. The points stay where they are. */
export function joinShapes(stores: readonly SharedShapes[], runs: readonly ShapeRun[]): SharedShapes {
  const storeOf = ({ store }: ShapeRun): SharedShapes => stores[store] as SharedShapes;
  const ringsOf = (run: ShapeRun): [first: number, end: number] => [
    ringsBefore(storeOf(run), run.from),
    ringsBefore(storeOf(run), run.to),
  ];
  const zones = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  const rings = runs.reduce((sum, run) => sum + ringsOf(run)[1] - ringsOf(run)[0], 0);
  const joined: SharedShapes = {
    rooms: stores.flatMap(store => store.rooms),
    roomOf: words(zones),
    pointStarts: words(zones),
    pointEnds: words(zones),
    ringEnds: words(rings),
    ringSigns: signs(rings),
    ringTotals: words(zones),
    extents: doubles(zones * EXTENT_NUMBERS),
    faults: signs(zones),
  };
  const roomsBefore = stores.map((_, index) =>
    stores.slice(0, index).reduce((sum, { rooms }) => sum + rooms.length, 0),
  );
  let zone = 0;
  let ring = 0;
  for (const run of runs) {
    const { from, to } = run;
    const store = storeOf(run);
    const [firstRing, endRing] = ringsOf(run);
    const firstRoom = roomsBefore[run.store] as number;
    joined.pointStarts.set(store.pointStarts.subarray(from, to), zone);
    joined.pointEnds.set(store.pointEnds.subarray(from, to), zone);
    joined.faults.set(store.faults.subarray(from, to), zone);
    joined.extents.set(store.extents.subarray(from * EXTENT_NUMBERS, to * EXTENT_NUMBERS), zone * EXTENT_NUMBERS);
    joined.ringEnds.set(store.ringEnds.subarray(firstRing, endRing), ring);
    joined.ringSigns.set(store.ringSigns.subarray(firstRing, endRing), ring);
    for (let i = from; i < to; i += 1) {
      joined.roomOf[zone + i - from] = (store.roomOf[i] as number) + firstRoom;
      joined.ringTotals[zone + i - from] = (store.ringTotals[i] as number) - firstRing + ring;
    }
    zone += to - from;
    ring += endRing - firstRing;
  }
  return joined;
}

const ringsBefore = ({ ringTotals }: SharedShapes, zone: number): number =>
  zone === 0 ? 0 : (ringTotals[zone - 1] as number);
