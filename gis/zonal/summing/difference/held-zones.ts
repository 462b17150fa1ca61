import { BESIDE_BYTES, ownInflater } from '../../../raster/tiff/inflate/inflater.ts';
import type { WasmInstance } from '../../../wasm/wasm-instance.ts';
import type { BlockWindow } from '../../block-inputs.ts';
import type { ShapeColumns } from '../../zonal-plan.ts';
import { addPart } from '../../sums/zone-sums.ts';
import type { ZoneSums } from '../../sums/zone-sums.ts';
import { PartSums } from '../part-sums.ts';
import { countBlocksAt } from '../plan-blocks.ts';
import type { BlockGrid } from '../plan-blocks.ts';

/** Those who take values that the module cannot hold or make percentiles of. */
export interface ValueTaker {
  /** Some values of a zone are where the module keeps them, until this returns. */
  readonly take: (zone: number) => void;
  /** No others will come. */
  readonly settle: (zone: number) => void;
}

/** For values of zones that lie in several blocks, at most; what does not fit is taken. */
const CHUNK_BYTES = 4 << 20;
/** covered, count, weight2 and sum; where spread is wanted squared deviations from the mean, the least and the greatest are behind them. */
const SUMS = 4;
/** Words of the module's record of a zone: how many values it holds of cells wholly inside and of others, and whether others have some too. */
const WHOLE = 3;
const PARTS = 4;
const ELSEWHERE = 5;

/** Where in the module's memory what is known of zones lies. */
interface Rooms {
  /** Zones of the block in hand. */
  readonly list: Uint32Array;
  readonly sums: Float64Array;
  /** At the fractions, zone by zone; NaN where the module has not found them. */
  readonly percentiles: Float64Array;
  /** In how many blocks each is still to come, and what the module holds of it; both are empty where no percentiles are wanted. */
  readonly blocksLeft: Uint32Array;
  readonly records: Uint32Array;
}

/**
 * Zones that lie in the module's memory from block to block, with their sums: a block is one call instead of several for each zone, in loops that
 * every thread would have compiled for ten thousand zones. A copy of their corners, which is why there is a limit to it.
 */
export class HeldZones {
  readonly #wasm: WasmInstance;
  readonly #fractions: readonly number[];
  readonly #rooms: Rooms;

  private constructor(wasm: WasmInstance, fractions: readonly number[], rooms: Rooms) {
    this.#wasm = wasm;
    this.#fractions = fractions;
    this.#rooms = rooms;
  }

  /** Undefined where there is no room: it is taken, or they are too many. `release` gives it back. */
  static hold(
    wasm: WasmInstance,
    columns: ShapeColumns,
    { needs, blocksDone }: Pick<ZoneSums, 'needs' | 'blocksDone'>,
    image: BlockGrid,
  ): HeldZones | undefined {
    const { rooms, roomOf, pointStarts, pointEnds, ringTotals, ringEnds, ringSigns, extents } = columns;
    const { fractions } = needs;
    const zones = roomOf.length;
    const numbers = rooms.reduce((sum, { length }) => sum + length, 0);
    const isSpread = needs.extremes || needs.variance || fractions.length > 0;
    const each = isSpread ? wasm.SPREAD_NUMBERS.value : SUMS;
    const recordWords = wasm.RECORD_WORDS.value;
    const valued = fractions.length > 0 ? zones : 0;
    const ownBytes =
      8 * (numbers + extents.length + (each + fractions.length) * zones) +
      4 * (4 * zones + (1 + recordWords) * valued + ringEnds.length) +
      ringSigns.length;
    const freeBytes = Math.max(0, (BESIDE_BYTES - ownBytes) & ~7);
    const chunkBytes = valued > 0 ? Math.min(CHUNK_BYTES, freeBytes) : 0;
    const taken = ownInflater()?.takeBeside(ownBytes + chunkBytes);
    if (taken === undefined) return undefined;
    const { buffer, byteOffset } = taken;
    let at = byteOffset;
    const doubles = (length: number): Float64Array => new Float64Array(buffer, (at += 8 * length) - 8 * length, length);
    const words = (length: number): Uint32Array => new Uint32Array(buffer, (at += 4 * length) - 4 * length, length);
    const starts = rooms.map(room => {
      const own = doubles(room.length);
      own.set(room);
      return own.byteOffset;
    });
    const ownExtents = doubles(extents.length);
    ownExtents.set(extents);
    const sums = doubles(each * zones).fill(0);
    const percentiles = doubles(fractions.length * zones).fill(NaN);
    const chunks = doubles(chunkBytes / 8);
    const records = words(recordWords * valued).fill(0);
    const blocksLeft = words(valued);
    for (let zone = 0; zone < valued; zone += 1) {
      const done = blocksDone[zone] as number;
      blocksLeft[zone] = countBlocksAt(extents, zone, image) - done;
      if (done > 0) records[recordWords * zone + ELSEWHERE] = 1;
    }
    const corners = words(zones);
    const cornerEnds = words(zones);
    for (let zone = 0; zone < zones; zone += 1) {
      const start = starts[roomOf[zone] as number] as number;
      corners[zone] = start + 8 * (pointStarts[zone] as number);
      cornerEnds[zone] = start + 8 * (pointEnds[zone] as number);
    }
    const totals = words(zones);
    totals.set(ringTotals);
    const list = words(zones);
    const ends = words(ringEnds.length);
    ends.set(ringEnds);
    const signs = new Int8Array(buffer, at, ringSigns.length);
    signs.set(ringSigns);
    wasm.holdZones(
      ownExtents.byteOffset,
      corners.byteOffset,
      cornerEnds.byteOffset,
      totals.byteOffset,
      ends.byteOffset,
      signs.byteOffset,
    );
    if (isSpread) wasm.openSpreads(sums.byteOffset, percentiles.byteOffset, fractions.length, blocksLeft.byteOffset);
    wasm.openValues(records.byteOffset, chunks.byteOffset, chunkBytes);
    return new HeldZones(wasm, fractions, { list, sums, percentiles, blocksLeft, records });
  }

  /** Sums zones over the block in hand, which lies in `window`; answers those of so many edges that they are summed better one by one. */
  add(zones: Uint32Array, { row, col, width, height }: BlockWindow, sign: number): Uint32Array {
    const { list, sums } = this.#rooms;
    list.set(zones);
    const end = { row: row + height, col: col + width };
    const left = this.#wasm.sumZones(list.byteOffset, zones.length, row, end.row, col, end.col, sign, sums.byteOffset);
    return list.slice(0, left);
  }

  /**
   * The same with their spread. Where percentiles are wanted values are held until all of a zone's blocks are summed; the few that cannot be, or crowd
   * too much, are the taker's.
   */
  keep(
    zones: Uint32Array,
    { row, col, width, height }: BlockWindow,
    sign: number,
    taker: ValueTaker,
  ): readonly number[] {
    const wasm = this.#wasm;
    const { list, blocksLeft } = this.#rooms;
    list.set(zones);
    const count = zones.length;
    const end = { row: row + height, col: col + width };
    const { buffer } = wasm.memory;
    const totals = new Float64Array(buffer, wasm.TOTALS.value, 1);
    // The module finds no more percentiles than that.
    const fractions = this.#fractions.slice(0, wasm.MAX_FRACTIONS.value);
    new Float64Array(buffer, wasm.FRACTIONS.value, fractions.length).set(fractions);
    const left: number[] = [];
    for (let next = 0; ; next += 1) {
      next = wasm.keepZones(list.byteOffset, next, count, row, end.row, col, end.col, sign);
      if (next >= count) return left;
      const zone = zones[next] as number;
      if ((totals[0] as number) < 0) {
        left.push(zone);
        continue;
      }
      taker.take(zone);
      if ((blocksLeft[zone] as number) > 0) continue;
      this.bring(zone, taker.take);
      taker.settle(zone);
    }
  }

  /** A block of a zone was summed by others. Whether it was the last; undefined where that is not counted here. */
  pass(zone: number): boolean | undefined {
    const { blocksLeft, records } = this.#rooms;
    if (zone >= blocksLeft.length) return undefined;
    records[this.#wasm.RECORD_WORDS.value * zone + ELSEWHERE] = 1;
    blocksLeft[zone] = (blocksLeft[zone] as number) - 1;
    return blocksLeft[zone] === 0;
  }

  /** Whether values of a zone are held. */
  has(zone: number): boolean {
    const { records } = this.#rooms;
    const at = this.#wasm.RECORD_WORDS.value * zone;
    return (records[at + WHOLE] ?? 0) + (records[at + PARTS] ?? 0) > 0;
  }

  /** Has them taken. */
  bring(zone: number, take: ValueTaker['take']): void {
    while (this.#wasm.bringKept(zone) === 1) take(zone);
  }

  /** Adds all that was summed, has the values taken of zones some of whose blocks never came, and lets go of the zones. */
  release(sums: ZoneSums, take: ValueTaker['take']): void {
    const { sums: own, percentiles, blocksLeft } = this.#rooms;
    for (let zone = 0; zone < blocksLeft.length; zone += 1) this.bring(zone, take);
    const each = own.length / sums.count.length;
    const part = new PartSums();
    for (let zone = 0, at = 0; zone < sums.count.length; zone += 1, at += each) {
      part.covered = own[at] as number;
      part.count = own[at + 1] as number;
      part.weight2 = own[at + 2] as number;
      part.sum = own[at + 3] as number;
      if (each > SUMS) {
        part.second = own[at + 4] as number;
        part.min = own[at + 5] as number;
        part.max = own[at + 6] as number;
      }
      addPart(sums, zone, part);
    }
    // Nothing else of a zone is settled where zones are held.
    percentiles.forEach((percentile, i) => {
      if (percentile === percentile) sums.settled[i] = percentile;
    });
    ownInflater()?.leaveBeside();
  }
}
