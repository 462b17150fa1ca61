import type { ShapeColumns, ZoneShapes } from '../../../../gis/zonal/zonal-plan.ts';
import type { NumberRoom, ZoneFault, ZoneShape } from '../../../../gis/zonal/zone-shape.ts';
import type { FeatureTable } from '../../../../gis/wasm/feature-table.ts';
import { Column, doubles, signs, words } from './column.ts';

/** Shapes of zones as plain columns in memory that threads share: sixty bytes a zone beside its points, and nothing is copied. */
export interface SharedShapes extends ShapeColumns {
  /** 0 = the zone has a shape, else one more than the place of its fault in `FAULTS`. */
  readonly faults: Int8Array;
}

const FAULTS: readonly ZoneFault[] = ['empty-geometry', 'not-finite', 'outside-crs'];
const EXTENT = ['minU', 'maxU', 'minV', 'maxV', 'areaCells'] as const;
const ROOM_NUMBERS = 1 << 19;
const LARGE_NUMBERS = 512;

/** Takes shapes one by one, as a file of zones is read. */
export class ShapeStore {
  private readonly rooms: Float64Array[] = [];
  /** The room that is being filled, how far it is, and the one that was given last. */
  private filling = -1;
  private used = 0;
  private given = -1;
  private readonly roomOf = new Column(words);
  private readonly pointStarts = new Column(words);
  private readonly pointEnds = new Column(words);
  private readonly ringEnds = new Column(words);
  private readonly ringSigns = new Column(signs);
  private readonly ringTotals = new Column(words);
  private readonly extents = new Column(doubles);
  private readonly faults = new Column(signs);

  /** Where the points of the next shape go: a stretch of a few large rooms. */
  readonly roomFor: NumberRoom = length => {
    if (length > ROOM_NUMBERS / 8) {
      this.given = this.rooms.push(doubles(length)) - 1;
      return this.rooms[this.given] as Float64Array;
    }
    if (this.filling < 0 || this.used + length > ROOM_NUMBERS) {
      this.filling = this.rooms.push(doubles(ROOM_NUMBERS)) - 1;
      this.used = 0;
    }
    this.given = this.filling;
    this.used += length;
    return (this.rooms[this.filling] as Float64Array).subarray(this.used - length, this.used);
  };

  /** The points of a shape lie in what `roomFor` gave last, or are copied there. */
  add(shape: ZoneShape | ZoneFault): void {
    const isFault = typeof shape === 'string';
    this.faults.push(isFault ? FAULTS.indexOf(shape) + 1 : 0);
    const points = isFault ? undefined : this.ownPoints(shape.points);
    const start = (points?.byteOffset ?? 0) / 8;
    this.roomOf.push(Math.max(0, this.given));
    this.pointStarts.push(start);
    this.pointEnds.push(start + (points?.length ?? 0));
    if (!isFault) {
      for (const end of shape.ringEnds) this.ringEnds.push(end);
      for (const sign of shape.ringSigns) this.ringSigns.push(sign);
    }
    this.ringTotals.push(this.ringEnds.length);
    for (const key of EXTENT) this.extents.push(isFault ? NaN : shape[key]);
  }

  /** Features `[from, to)` of a table, all of which were placed. */
  addPlaced(features: FeatureTable, from: number, to: number): void {
    const corners = features.positionsOf(from, to);
    const points = this.roomFor(corners.length);
    points.set(corners);
    const pointsBase = points.byteOffset / 8 - features.numbersBefore(from);
    const ringsBase = this.ringEnds.length - features.ringsBefore(from);
    const count = to - from;
    const starts = this.pointStarts.extend(count);
    const ends = this.pointEnds.extend(count);
    const totals = this.ringTotals.extend(count);
    for (let i = 0; i < count; i += 1) {
      starts[i] = pointsBase + features.numbersBefore(from + i);
      ends[i] = pointsBase + features.numbersBefore(from + i + 1);
      totals[i] = ringsBase + features.ringsBefore(from + i + 1);
    }
    this.roomOf.extend(count).fill(this.given);
    this.faults.extend(count).fill(0);
    this.extents.extend(count * EXTENT.length).set(features.extentsOf(from, to));
    const ringEnds = features.ringEndsOf(from, to);
    this.ringEnds.extend(ringEnds.length).set(ringEnds);
    this.ringSigns.extend(ringEnds.length).set(features.ringSignsOf(from, to));
  }

  private ownPoints(points: Float64Array): Float64Array {
    if (points.buffer === this.rooms[this.given]?.buffer) return points;
    const own = this.roomFor(points.length);
    own.set(points);
    return own;
  }

  /** What another thread needs to open the same shapes. */
  share(): SharedShapes {
    return {
      rooms: this.rooms.map((room, i) => (i === this.filling ? room.subarray(0, this.used) : room)),
      roomOf: this.roomOf.numbers(),
      pointStarts: this.pointStarts.numbers(),
      pointEnds: this.pointEnds.numbers(),
      ringEnds: this.ringEnds.numbers(),
      ringSigns: this.ringSigns.numbers(),
      ringTotals: this.ringTotals.numbers(),
      extents: this.extents.numbers(),
      faults: this.faults.numbers(),
    };
  }
}

/** The shapes again. Those of many edges stay the same object, so that what is known of one is found again. */
export function openShapes(from: SharedShapes): ZoneShapes {
  const large = new Map<number, ZoneShape>();
  return {
    length: from.roomOf.length,
    columns: from,
    at(zone) {
      const fault = from.faults[zone];
      if (fault === undefined) return undefined;
      if (fault > 0) return FAULTS[fault - 1];
      const known = large.get(zone);
      if (known !== undefined) return known;
      const shape = new StoredShape(from, zone);
      const numbers = (from.pointEnds[zone] as number) - (from.pointStarts[zone] as number);
      if (numbers >= LARGE_NUMBERS) large.set(zone, shape);
      return shape;
    },
  };
}

/** Most of the time only the box is asked for: no view is made before its numbers are. */
class StoredShape implements ZoneShape {
  readonly minU: number;
  readonly maxU: number;
  readonly minV: number;
  readonly maxV: number;
  readonly areaCells: number;
  private readonly from: SharedShapes;
  private readonly zone: number;

  constructor(from: SharedShapes, zone: number) {
    this.from = from;
    this.zone = zone;
    const { extents } = from;
    const at = zone * EXTENT.length;
    this.minU = extents[at] as number;
    this.maxU = extents[at + 1] as number;
    this.minV = extents[at + 2] as number;
    this.maxV = extents[at + 3] as number;
    this.areaCells = extents[at + 4] as number;
  }

  get points(): Float64Array {
    const { rooms, roomOf, pointStarts, pointEnds } = this.from;
    const room = rooms[roomOf[this.zone] as number] as Float64Array;
    return room.subarray(pointStarts[this.zone], pointEnds[this.zone]);
  }

  get ringEnds(): Uint32Array {
    return this.from.ringEnds.subarray(...this.rings);
  }

  get ringSigns(): Int8Array {
    return this.from.ringSigns.subarray(...this.rings);
  }

  private get rings(): [first: number, end: number] {
    const { ringTotals } = this.from;
    return [this.zone === 0 ? 0 : (ringTotals[this.zone - 1] as number), ringTotals[this.zone] as number];
  }
}
